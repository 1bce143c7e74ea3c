public import Vernier

/// What a server's HTTP requests are measured with, under OpenTelemetry's names in Prometheus' style.
///
/// ```swift
/// let metrics = HTTPServerMetrics()
/// let exchange = metrics.start(RequestMethod("GET"))
/// exchange.end(route: "/users/{id}", status: 200, requestBytes: 0, responseBytes: 512)
/// ```
///
/// | Family | Labels |
/// |---|---|
/// | `http_server_request_duration_seconds` | `http_request_method`, `http_route`, `http_response_status_code`, `error_type` |
/// | `http_server_request_body_size_bytes` | the same |
/// | `http_server_response_body_size_bytes` | the same |
/// | `http_server_active_requests` | `http_request_method` |
///
/// The route is a pattern such as `/users/{id}`, never the path itself; a request that no route took has none, so that strangers' paths make
/// no series. Values that are not known are empty, which Prometheus takes for no label. Semantic conventions, "HTTP metrics", but for
/// `url.scheme`, which is left out.
///
/// Copies are cheap and count together; so do those that are made with the same registry.
public struct HTTPServerMetrics: Sendable {
    /// The labels of a request that has ended.
    typealias Labels = Labels4<RequestMethod, String, ResponseStatus, String>

    /// The families, which each exchange refers to.
    final class Families: Sendable {
        let durations: HistogramFamily<Labels>
        let requestSizes: HistogramFamily<Labels>?
        let responseSizes: HistogramFamily<Labels>?
        let active: UpDownCounterFamily<Labels1<RequestMethod>>
        let frequent = ServedSeriesTable()

        init(
            _ buckets: Buckets, _ native: NativeBuckets?, bodySizes: Bool, limit: Int, _ exemplars: ExemplarSampling,
            _ registry: Registry
        ) {
            let labels = Labels(
                Label("http_request_method"), Label("http_route"), Label("http_response_status_code"),
                Label("error_type"))
            func sizes(_ side: String) -> HistogramFamily<Labels>? {
                guard bodySizes else { return nil }
                return HistogramFamily(
                    "http_server_\(side)_body_size", unit: .bytes, help: "Size of the bodies of HTTP \(side)s.",
                    buckets: .bodySizes, labels: labels, limit: limit, registry: registry)
            }
            durations = HistogramFamily(
                "http_server_request_duration", unit: .seconds,
                help: "Time from an HTTP request to the end of its response.", buckets: buckets, native: native,
                labels: labels, limit: limit, exemplars: exemplars, registry: registry)
            requestSizes = sizes("request")
            responseSizes = sizes("response")
            active = UpDownCounterFamily(
                "http_server_active_requests", help: "HTTP requests under way now.",
                labels: .of(Label<RequestMethod>("http_request_method")), registry: registry)
        }

        /// Lets the series of requests that did not fail be found at one look; not those that stand for what is beyond a limit.
        @inline(never)
        func remember(_ key: ServedSeries.Key, _ method: RequestMethod, _ route: String, _ code: ResponseStatus) {
            let series = ServedSeries(
                key, route, durations: durations[method, route, code, ""],
                requestSizes: key.hasRequestSize ? requestSizes?[method, route, code, ""] : nil,
                responseSizes: key.hasResponseSize ? responseSizes?[method, route, code, ""] : nil)
            guard durations.isOwnSeries(series.durations),
                series.requestSizes.map({ requestSizes?.isOwnSeries($0) == true }) ?? true,
                series.responseSizes.map({ responseSizes?.isOwnSeries($0) == true }) ?? true
            else { return }
            frequent.keep(series)
        }
    }

    private let families: Families

    /// Declares the families.
    ///
    /// - Parameters:
    ///   - buckets: the upper bounds of the duration's buckets, in seconds.
    ///   - native: native buckets beside those, if wanted.
    ///   - bodySizes: whether the sizes of bodies are measured.
    ///   - limit: how many series each family has at most; what is beyond them shares one, whose labels say `__overflow__`.
    ///   - exemplars: where the exemplars of durations come from.
    ///   - registry: where to register them.
    public init(
        buckets: Buckets = .httpDurations, native: NativeBuckets? = nil, bodySizes: Bool = true, limit: Int = 10_000,
        exemplars: ExemplarSampling = .automatic, registry: Registry = .current
    ) {
        families = Families(buckets, native, bodySizes: bodySizes, limit: limit, exemplars, registry)
    }

    /// Records in families that were declared.
    init(families: Families) { self.families = families }

    /// Begins a request, which is active until its end is told.
    ///
    /// - Complexity: one atomic addition and a look at the clock; no allocation, no lock.
    public func start(_ method: RequestMethod) -> Exchange {
        families.active[method].increment()
        return Exchange(families: families, method: method, began: Platform.monotonicNanoseconds)
    }

    /// A request under way.
    ///
    /// Whoever began it ends it, once: a further end would count a request that never was.
    public struct Exchange: Sendable {
        let families: Families
        /// The request's method.
        public let method: RequestMethod
        /// When it began, on the clock that does.
        private let began: UInt64

        init(families: Families, method: RequestMethod, began: UInt64) {
            self.families = families
            self.method = method
            self.began = began
        }

        /// The nanoseconds since it began.
        private var nanoseconds: UInt64 { Platform.monotonicNanoseconds &- began }

        /// How long it takes so far.
        package var elapsed: Duration { .nanoseconds(Int64(clamping: nanoseconds)) }

        /// Records how the request ended.
        ///
        /// - Parameters:
        ///   - route: the pattern of the route that took it, or `nil` for none; never the path.
        ///   - status: the status of the response, or `nil` where none was sent.
        ///   - error: why it failed, if it did; `nil` with a status of 500 or more counts as that status.
        ///   - requestBytes: the size of the request's body, or `nil` if that is not known; a negative one or one above a tebibyte counts as not known.
        ///   - responseBytes: the size of the response's body as far as it was sent, or `nil` if that is not known; likewise.
        /// - Complexity: constant: a lookup and an observation in each family; no allocation and no lock once the series exist.
        public func end(
            route: String?, status: Int?, error: RequestError? = nil, requestBytes: Int?, responseBytes: Int?
        ) {
            let nanoseconds = nanoseconds
            let (requestBytes, responseBytes) = (BodySize.known(requestBytes), BodySize.known(responseBytes))
            families.active[method].decrement()
            let route = route ?? ""
            // What did not fail is found at one look, if it comes often.
            var key: ServedSeries.Key?
            if error == nil, let status, status < 500 {
                key = ServedSeries.Key(method, route, status, requestBytes, responseBytes)
            }
            if let key, families.frequent.record(key, nanoseconds, requestBytes, responseBytes) { return }
            let code = ResponseStatus(status)
            let failure = error?.text ?? Self.failure(status)
            families.durations[method, route, code, failure].observe(nanoseconds: nanoseconds)
            if let requestBytes { families.requestSizes?[method, route, code, failure].observe(requestBytes) }
            if let responseBytes { families.responseSizes?[method, route, code, failure].observe(responseBytes) }
            if let key, families.frequent.hasRoom { families.remember(key, method, route, code) }
        }

        private static func failure(_ status: Int?) -> String {
            guard let status, status >= 500 else { return "" }
            return RequestError(status: status).text
        }
    }
}

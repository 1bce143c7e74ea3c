public import Vernier

/// What the HTTP requests that a program sends are measured with, under OpenTelemetry's names in Prometheus' style.
///
/// ```swift
/// let metrics = HTTPClientMetrics()
/// let exchange = metrics.start(.get, server: ServerName(host: "api.example.com", port: 443, scheme: "https"))
/// exchange.end(status: 200, requestBytes: 0, responseBytes: 512)
/// ```
///
/// | Family | Labels |
/// |---|---|
/// | `http_client_request_duration_seconds` | `http_request_method`, `server_address`, `server_port`, `http_response_status_code`, `error_type` |
/// | `http_client_request_body_size_bytes` | the same |
/// | `http_client_response_body_size_bytes` | the same |
/// | `http_client_active_requests` | `http_request_method`, `server_address`, `server_port` |
///
/// The server is its host and port; path and query are no part of it. Values that are not known are empty, which Prometheus takes for no label.
/// Semantic conventions, "HTTP metrics", without `url.scheme`.
///
/// Copies are cheap and count together; so do those that are made with the same registry.
public struct HTTPClientMetrics: Sendable {
    /// The families, which each exchange refers to.
    final class Families: Sendable {
        let durations: HistogramFamily<HTTPClientLabels>
        let requestSizes: HistogramFamily<HTTPClientLabels>?
        let responseSizes: HistogramFamily<HTTPClientLabels>?
        let active: UpDownCounterFamily<Labels3<RequestMethod, String, ServerPort>>

        init(
            _ buckets: Buckets, _ native: NativeBuckets?, bodySizes: Bool, limit: Int, _ exemplars: ExemplarSampling,
            _ registry: Registry
        ) {
            let labels = HTTPClientLabels()
            func sizes(_ side: String) -> HistogramFamily<HTTPClientLabels>? {
                guard bodySizes else { return nil }
                return HistogramFamily(
                    "http_client_\(side)_body_size", unit: .bytes,
                    help: "Size of the bodies of HTTP \(side)s, seen by the client.", buckets: .bodySizes,
                    labels: labels, limit: limit, registry: registry)
            }
            durations = HistogramFamily(
                "http_client_request_duration", unit: .seconds,
                help: "Time from sending an HTTP request to the end of its response.", buckets: buckets,
                native: native, labels: labels, limit: limit, exemplars: exemplars, registry: registry)
            requestSizes = sizes("request")
            responseSizes = sizes("response")
            active = UpDownCounterFamily(
                "http_client_active_requests", help: "HTTP requests sent and not yet answered in full.",
                labels: .of(
                    Label<RequestMethod>("http_request_method"), Label<String>("server_address"),
                    Label<ServerPort>("server_port")), limit: limit, registry: registry)
        }
    }

    private let families: Families

    /// How many series each family has at most, unless its declaration says otherwise.
    public static let defaultLimit = 2_000

    /// Declares the families.
    ///
    /// - Parameters:
    ///   - buckets: the upper bounds of the duration's buckets, in seconds.
    ///   - native: native buckets beside those, if wanted.
    ///   - bodySizes: whether the sizes of bodies are measured.
    ///   - limit: how many series each family has at most; requests to more servers than that allows share one series, whose labels
    ///     say `__overflow__`.
    ///   - exemplars: where the exemplars of durations come from.
    ///   - registry: where to register them.
    public init(
        buckets: Buckets = .httpDurations, native: NativeBuckets? = nil, bodySizes: Bool = true,
        limit: Int = HTTPClientMetrics.defaultLimit, exemplars: ExemplarSampling = .automatic,
        registry: Registry = .current
    ) {
        families = Families(buckets, native, bodySizes: bodySizes, limit: limit, exemplars, registry)
    }

    /// Begins a request, which is active until its end is told.
    ///
    /// - Complexity: a lookup, an atomic addition and a look at the clock; no allocation and no lock once the series exists.
    public func start(_ method: RequestMethod, server: ServerName) -> Exchange {
        families.active[method, server.address, ServerPort(server.port)].increment()
        return Exchange(families: families, method: method, server: server, began: .now)
    }

    /// A request under way.
    ///
    /// Whoever began it ends it, once: a further end would count a request that never was.
    public struct Exchange: Sendable {
        let families: Families
        /// The request's method.
        public let method: RequestMethod
        /// Where it is sent.
        public let server: ServerName
        /// When it began.
        public let began: ContinuousClock.Instant

        /// Records how the request ended.
        ///
        /// - Parameters:
        ///   - status: the status of the response, or `nil` where none came.
        ///   - error: why it failed, if it did; `nil` with a status of 400 or more counts as that status.
        ///   - requestBytes: the size of the request's body, or `nil` if that is not known; a negative one or one above a tebibyte counts as not known.
        ///   - responseBytes: the size of the response's body as far as it came, or `nil` if that is not known; likewise.
        /// - Complexity: constant: a lookup and an observation in each family; no allocation and no lock once the series exist.
        public func end(status: Int?, error: RequestError? = nil, requestBytes: Int?, responseBytes: Int?) {
            let duration = ContinuousClock.now - began
            let (requestBytes, responseBytes) = (BodySize.known(requestBytes), BodySize.known(responseBytes))
            families.active[method, server.address, ServerPort(server.port)].decrement()
            let code = ResponseStatus(status)
            let failure = error?.text ?? Self.failure(status)
            families.durations[(method, server, code, failure)].observe(duration)
            if let requestBytes { families.requestSizes?[(method, server, code, failure)].observe(requestBytes) }
            if let responseBytes { families.responseSizes?[(method, server, code, failure)].observe(responseBytes) }
        }

        private static func failure(_ status: Int?) -> String {
            guard let status, status >= 400 else { return "" }
            return RequestError(status: status).text
        }
    }
}

public import Vernier

/// Answers scrapes: the metrics page, a health check and an index, without a socket in sight.
///
/// ``MetricsServer`` uses it, and so does an adapter that puts `/metrics` into a server that the host has already:
/// ```swift
/// let handler = MetricsHandler()
/// let response = handler.respond(to: HTTPRequest(path: "/metrics", headers: ["Accept": accept]))
/// ```
/// Routes, for `GET` and `HEAD`:
/// - `/metrics`, or the path of your choice: the page, in the format that `Accept` asks for (`ExpositionFormat.negotiated`), which `Vary` says. `?name[]=a&name[]=b` leaves only the
///   families of these names. `X-Prometheus-Scrape-Timeout-Seconds` bounds the time that collectors get. With the package's trait
///   `Gzip` it is compressed where `Accept-Encoding` asks for that.
/// - `/health`: `ok`, without credentials.
/// - `/`: a small page for people that links both.
///
/// Copies share one count of running scrapes.
public struct MetricsHandler: Sendable {
    /// How many scrapes run at once unless something else is asked for.
    ///
    /// Two servers that scrape as a pair, a person with a browser, and one to spare.
    public static let defaultScrapesAtOnce = 4

    /// Writes a page; the same shape as `Registry.expose`.
    typealias Page =
        @Sendable (
            _ format: ExpositionFormat, _ names: Set<String>?, _ timeout: Duration?, _ write: (RawSpan) throws -> Void
        ) throws -> Void

    private let page: Page
    private let metricsPath: String
    private let authentication: Authentication?
    private let gate: ScrapeGate
    private let createdSamples: Bool

    /// Makes a handler.
    ///
    /// - Parameters:
    ///   - registry: Whose metrics to show.
    ///   - metricsPath: Where they are shown; it goes before the other two routes.
    ///   - authentication: What a scraper must show; nil lets everybody in.
    ///   - scrapesAtOnce: How many pages may be in the making or on their way; a further scrape gets 503 with `Retry-After: 1`.
    ///   - createdSamples: Whether pages of OpenMetrics say when each counter, histogram and summary was made: one more sample
    ///     for each, which a server without that feature keeps as a series. Protobuf says it at no such price, and always does.
    public init(
        registry: Registry = .default, metricsPath: String = "/metrics", authentication: Authentication? = nil,
        scrapesAtOnce: Int = MetricsHandler.defaultScrapesAtOnce, createdSamples: Bool = false
    ) {
        self.init(
            metricsPath: metricsPath, authentication: authentication, scrapesAtOnce: scrapesAtOnce,
            createdSamples: createdSamples
        ) { format, names, timeout, write in
            try registry.expose(as: format, names: names, timeout: timeout, to: write)
        }
    }

    /// Makes the handler of a server that is set up so.
    package init(registry: Registry, configuration: MetricsServer.Configuration) {
        self.init(
            registry: registry, metricsPath: configuration.metricsPath, authentication: configuration.authentication,
            scrapesAtOnce: configuration.limits.scrapesAtOnce, createdSamples: configuration.createdSamples)
    }

    /// Makes a handler for a page of any origin.
    init(
        metricsPath: String = "/metrics", authentication: Authentication? = nil,
        scrapesAtOnce: Int = MetricsHandler.defaultScrapesAtOnce, createdSamples: Bool = false, page: @escaping Page
    ) {
        self.metricsPath = metricsPath
        self.authentication = authentication
        self.gate = ScrapeGate(places: scrapesAtOnce)
        self.createdSamples = createdSamples
        self.page = page
    }

    /// Answers a request.
    ///
    /// A response with a page holds one of the places for scrapes until its body has been written or the response is gone.
    public func respond(to request: HTTPRequest) -> HTTPResponse {
        guard request.method == "GET" || request.method == "HEAD" else {
            return .text(.methodNotAllowed, "Use GET or HEAD.\n", headers: ["Allow": "GET, HEAD"])
        }
        if request.path == "/health", metricsPath != "/health" { return .text(.ok, "ok\n") }
        if let authentication, !authentication.accepts(authorization: request.headers["Authorization"]) {
            return .text(
                .unauthorized, "Credentials are missing or wrong.\n",
                headers: ["WWW-Authenticate": authentication.challenge])
        }
        switch request.path {
        case metricsPath:
            #if Gzip
                return metrics(request).compressed(for: request)
            #else
                return metrics(request)
            #endif
        case "/":
            return HTTPResponse(
                status: .ok, headers: ["Content-Type": "text/html; charset=utf-8"],
                body: .bytes(IndexPage.html(metricsPath: metricsPath)))
        default:
            return .text(.notFound, "There is nothing here. Metrics are at \(metricsPath), health is at /health.\n")
        }
    }

    /// What of a request a page depends on, for whoever stores answers (RFC 9110, section 12.5.5).
    #if Gzip
        private static let vary = "Accept, Accept-Encoding"
    #else
        private static let vary = "Accept"
    #endif

    private func metrics(_ request: HTTPRequest) -> HTTPResponse {
        var negotiated = ExpositionFormat.negotiated(accept: request.headers["Accept"])
        negotiated.showsCreated = createdSamples
        let format = negotiated
        let headers: HTTPHeaders = ["Content-Type": format.contentType, "Vary": Self.vary]
        guard request.method == "GET" else {
            return HTTPResponse(status: .ok, headers: headers, body: .stream { _ in })
        }
        guard let permit = gate.enter() else {
            return .text(
                .serviceUnavailable, "Too many scrapes at once; try again in a second.\n", headers: ["Retry-After": "1"]
            )
        }
        let names = request.queryValues("name[]")
        let timeout = ScrapeTimeout.duration(header: request.headers[ScrapeTimeout.headerName])
        let page = page
        return HTTPResponse(
            status: .ok, headers: headers,
            body: .stream { write in
                // The place is free before the last octets leave: who has read a whole page finds a place for the next one.
                defer { permit.leave() }
                try page(format, names.isEmpty ? nil : Set(names), timeout, write)
            })
    }
}

extension MetricsHandler: HTTPHandler {
    package var refusals: Int { gate.refusals }
}

import Testing
import Vernier

@testable import VernierExporter

@Suite struct MetricsHandlerTests {
    private func answer(_ handler: MetricsHandler, _ request: HTTPRequest) -> (
        status: Int, headers: HTTPHeaders, body: String
    ) {
        let response = handler.respond(to: request)
        return (response.status.code, response.headers, text(response))
    }

    private func text(_ response: HTTPResponse) -> String {
        var octets: [UInt8] = []
        switch response.body {
        case .bytes(let bytes): octets = bytes
        case .stream(let produce): try? produce { octets.append($0) }
        }
        return String(decoding: octets, as: UTF8.self)
    }

    private func request(_ target: String, method: String = "GET", _ headers: HTTPHeaders = [:]) throws -> HTTPRequest {
        try #require(HTTPRequest(method: method, target: target, headers: headers))
    }

    @Test func `Accept decides the format and Content-Type says it`() throws {
        let handler = MetricsHandler(page: Pages.echo)
        for accept in [
            nil, "text/plain", "application/openmetrics-text;version=1.0.0", "text/plain;version=1.0.0;escaping=dots",
            "application/vnd.google.protobuf;proto=io.prometheus.client.MetricFamily;encoding=delimited",
        ] {
            let format = ExpositionFormat.negotiated(accept: accept)
            let (status, headers, body) = answer(
                handler, try request("/metrics", accept.map { ["Accept": $0] } ?? [:]))
            #expect(status == 200)
            #expect(headers["Content-Type"] == format.contentType)
            #expect(body == "\(format.syntax) all none\n")
        }
    }

    @Test func `who stores pages learns what they depend on`() throws {
        let handler = MetricsHandler(page: Pages.small)
        for method in ["GET", "HEAD"] {
            let fields = answer(handler, try request("/metrics", method: method)).headers["Vary"]?.split(
                separator: ", ")
            #expect(fields?.first == "Accept")
            #if Gzip
                #expect(fields?.dropFirst() == ["Accept-Encoding"])
            #else
                #expect(fields?.count == 1)
            #endif
        }
        for target in ["/", "/health", "/nothing"] {
            #expect(answer(handler, try request(target)).headers["Vary"] == nil)
        }
    }

    @Test func `times of making are shown where the host wants them`() throws {
        let registry = Registry()
        registry.register(CreatedCollector())
        for (handler, isShown) in [
            (MetricsHandler(registry: registry), false),
            (MetricsHandler(registry: registry, createdSamples: true), true),
        ] {
            let page = answer(handler, try request("/metrics", ["Accept": "application/openmetrics-text"])).body
            #expect(page.contains("jobs_total 3\n"))
            #expect(page.contains("\njobs_created 1.5e+09\n") == isShown)
            #expect(!answer(handler, try request("/metrics")).body.contains("_created"))
        }
    }

    @Test func `names and timeout reach the registry`() throws {
        let handler = MetricsHandler(page: Pages.echo)
        let (_, _, body) = answer(
            handler,
            try request("/metrics?name[]=b&name%5B%5D=a&other=c", ["X-Prometheus-Scrape-Timeout-Seconds": "10"]))
        #expect(body == "text a,b 9.5 seconds\n")
    }

    @Test func `a registry is shown by default`() throws {
        let (status, headers, _) = answer(MetricsHandler(registry: Registry()), try request("/metrics"))
        #expect(status == 200)
        #expect(headers["Content-Type"]?.isEmpty == false)
    }

    @Test func `the path of the metrics can be chosen`() throws {
        let handler = MetricsHandler(metricsPath: "/a b\"<&>", page: Pages.small)
        #expect(answer(handler, try request("/a%20b%22%3C&%3E")).body == "up 1\n")
        #expect(answer(handler, try request("/metrics")).status == 404)
        #expect(answer(handler, try request("/")).body.contains("<a href=\"/a b&quot;&lt;&amp;&gt;\">"))
    }

    @Test func `metrics go before the other routes`() throws {
        #expect(answer(MetricsHandler(metricsPath: "/", page: Pages.small), try request("/")).body == "up 1\n")
        #expect(
            answer(MetricsHandler(metricsPath: "/health", page: Pages.small), try request("/health")).body == "up 1\n")
    }

    @Test func `the index links metrics and health`() throws {
        let (status, headers, body) = answer(MetricsHandler(page: Pages.small), try request("/"))
        #expect(status == 200)
        #expect(headers["Content-Type"] == "text/html; charset=utf-8")
        #expect(body.contains("href=\"/metrics\""))
        #expect(body.contains("href=\"/health\""))
    }

    @Test func `health is a short text`() throws {
        let (status, headers, body) = answer(MetricsHandler(page: Pages.small), try request("/health"))
        #expect(status == 200)
        #expect(headers["Content-Type"] == "text/plain; charset=utf-8")
        #expect(body == "ok\n")
    }

    @Test(arguments: ["/metrics/", "/Metrics", "/favicon.ico", "/metricsx"])
    func `an unknown path is told where the metrics are`(path: String) throws {
        let (status, _, body) = answer(MetricsHandler(page: Pages.small), try request(path))
        #expect(status == 404)
        #expect(body.contains("/metrics"))
    }

    @Test(arguments: ["POST", "PUT", "DELETE", "OPTIONS", "TRACE", "PATCH"])
    func `other methods are told which ones are allowed`(method: String) throws {
        let (status, headers, _) = answer(MetricsHandler(page: Pages.small), try request("/metrics", method: method))
        #expect(status == 405)
        #expect(headers["Allow"] == "GET, HEAD")
    }

    @Test func `HEAD makes no page and takes no place`() throws {
        let handler = MetricsHandler(scrapesAtOnce: 1) { _, _, _, _ in Issue.record("a page was made") }
        let responses = try (0..<3).map { _ in handler.respond(to: try request("/metrics", method: "HEAD")) }
        #expect(responses.allSatisfy { $0.status == .ok && text($0).isEmpty })
        #expect(responses.first?.headers["Content-Type"] == ExpositionFormat.text.contentType)
    }

    @Test func `credentials guard everything but health`() throws {
        let handler = MetricsHandler(authentication: .bearer(token: "t"), page: Pages.small)
        for path in ["/metrics", "/", "/nothing"] {
            let (status, headers, body) = answer(handler, try request(path))
            #expect(status == 401)
            #expect(headers["WWW-Authenticate"] == "Bearer realm=\"metrics\"")
            #expect(!body.contains("up"))
        }
        #expect(answer(handler, try request("/metrics", ["Authorization": "Bearer x"])).status == 401)
        #expect(answer(handler, try request("/metrics", ["Authorization": "Bearer t"])).body == "up 1\n")
        #expect(answer(handler, try request("/health")).status == 200)
    }

    @Test func `scrapes at once are bounded until their bodies are done`() throws {
        let handler = MetricsHandler(scrapesAtOnce: 2, page: Pages.small)
        let first = handler.respond(to: try request("/metrics"))
        var second: HTTPResponse? = handler.respond(to: try request("/metrics"))
        let (status, headers, _) = answer(handler, try request("/metrics"))
        #expect(status == 503)
        #expect(headers["Retry-After"] == "1")
        #expect(answer(handler, try request("/health")).status == 200)
        #expect(handler.refusals == 1)

        #expect(text(first) == "up 1\n")
        #expect(answer(handler, try request("/metrics")).status == 200)
        #expect(second?.status == .ok)
        second = nil
        #expect(answer(handler, try request("/metrics")).status == 200)
    }
}

/// A counter that says when it was made.
private struct CreatedCollector: Collector {
    func collect() -> [MetricFamilySnapshot] {
        [
            MetricFamilySnapshot(
                "jobs", type: .counter, help: "Jobs.", metrics: [MetricSnapshot(.counter(3), created: 1_500_000_000)])
        ]
    }
}

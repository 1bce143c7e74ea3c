import Testing
import Vernier
import VernierInstrumentation
import VernierTesting

@Suite(.isolatedRegistry) struct HTTPClientMetricsTests {
    let server = ServerName(url: "https://example.com:8443/")

    func value(_ family: String, _ status: String, _ error: String = "", method: String = "GET") -> Double? {
        Registry.current.value(
            of: family,
            labels: [
                "http_request_method": method, "server_address": "example.com", "server_port": "8443",
                "http_response_status_code": status, "error_type": error,
            ])
    }

    var active: Double? {
        Registry.current.value(
            of: "http_client_active_requests",
            labels: ["http_request_method": "GET", "server_address": "example.com", "server_port": "8443"])
    }

    @Test func `a request is active until it ends, and counts with its sizes`() {
        let exchange = HTTPClientMetrics().start(.get, server: server)
        #expect(active == 1)
        exchange.end(status: 200, requestBytes: 7, responseBytes: 500)
        #expect(active == 0)
        #expect(value("http_client_request_duration_seconds_count", "200") == 1)
        #expect(value("http_client_request_body_size_bytes_sum", "200") == 7)
        #expect(value("http_client_response_body_size_bytes_sum", "200") == 500)
    }

    @Test(
        arguments: [
            (200, nil, "200", ""), (399, nil, "399", ""), (400, nil, "400", "400"), (503, nil, "503", "503"),
            (nil, RequestError.timeout, "", "timeout"), (200, .connectionClosed, "200", "connection_closed"),
            (7, nil, "_OTHER", ""), (1_000, nil, "_OTHER", "_OTHER"), (nil, nil, "", ""),
        ] as [(Int?, RequestError?, String, String)])
    func `the error is what was told, or a status from 400 on`(
        _ status: Int?, _ error: RequestError?, _ code: String, _ type: String
    ) {
        HTTPClientMetrics().start(.get, server: server)
            .end(status: status, error: error, requestBytes: nil, responseBytes: nil)
        #expect(value("http_client_request_duration_seconds_count", code, type) == 1)
        #expect(value("http_client_request_body_size_bytes_count", code, type) == nil)
    }

    @Test func `every label tells requests apart`() async {
        let metrics = HTTPClientMetrics(bodySizes: false)
        for method in RequestMethod.allCases {
            for server in ["http://a", "http://b", "https://a", "http://a:8080", "nowhere"] {
                for status in [nil, 0, 100, 200, 204, 599] {
                    for error in [nil, RequestError.timeout] {
                        metrics.start(method, server: ServerName(url: server))
                            .end(status: status, error: error, requestBytes: nil, responseBytes: nil)
                    }
                }
            }
        }
        let counts = await Registry.current.values("http_client_request_duration_seconds")
        #expect(counts.count == RequestMethod.allCases.count * 5 * 6 * 2 && counts.values.allSatisfy { $0 == 1 })
        #expect(counts["_OTHER/a/8080/599/timeout"] == 1 && counts["GET/_OTHER//_OTHER/"] == 1)
        let active = await Registry.current.values("http_client_active_requests")
        #expect(active.count == RequestMethod.allCases.count * 5 && active.values.allSatisfy { $0 == 0 })
    }

    @Test(arguments: [-1, .min, (1 << 40) + 1, .max])
    func `a size that is none is not known`(_ bytes: Int) {
        let exchange = HTTPClientMetrics().start(.get, server: server)
        exchange.end(status: 200, requestBytes: bytes, responseBytes: bytes)
        #expect(value("http_client_request_duration_seconds_count", "200") == 1)
        #expect(value("http_client_request_body_size_bytes_count", "200") == nil)
        #expect(value("http_client_response_body_size_bytes_count", "200") == nil)
    }

    @Test func `servers beyond the limit share a series`() {
        let metrics = HTTPClientMetrics(limit: 20)
        for index in 0..<1_000 {
            metrics.start(.get, server: ServerName(host: "host-\(index)"))
                .end(status: 200, requestBytes: 0, responseBytes: 0)
        }
        let lines = Registry.current.page(as: .text).split(separator: "\n")
        for family in [
            "http_client_request_duration_seconds_count", "http_client_active_requests{",
            "http_client_request_body_size_bytes_count", "http_client_response_body_size_bytes_count",
        ] {
            #expect((1...21).contains(lines.count { $0.hasPrefix(family) }))
        }
    }

    @Test func `without body sizes there are no families for them`() {
        HTTPClientMetrics(bodySizes: false).start(.get, server: server)
            .end(status: 200, requestBytes: 1, responseBytes: 1)
        #expect(!Registry.current.page(as: .text).contains("body_size"))
        #expect(value("http_client_request_duration_seconds_count", "200") == 1)
    }

    @Test func `names are ones that the linter likes`() {
        _ = HTTPClientMetrics()
        let problems = Lint.problems(in: Registry.current, leavingOut: ["vernier_*"])
        #expect(problems.isEmpty, "\(problems)")
    }
}

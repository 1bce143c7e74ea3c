import Testing
import Vernier
import VernierInstrumentation
import VernierTesting

@Suite struct HTTPServerMetricsTests {
    private func labels(
        _ method: String, _ route: String, _ status: String, _ error: String = ""
    ) -> [String: String] {
        [
            "http_request_method": method, "http_route": route, "http_response_status_code": status,
            "error_type": error,
        ]
    }

    @Test func `a request counts once in each family`() {
        Registry.isolated { registry in
            let exchange = HTTPServerMetrics().start(.post)
            exchange.end(route: "/users/{id}", status: 201, requestBytes: 300, responseBytes: 5_000)
            let labels = labels("POST", "/users/{id}", "201")
            #expect(registry.histogram(of: "http_server_request_duration_seconds", labels: labels)?.count == 1)
            #expect(registry.histogram(of: "http_server_request_body_size_bytes", labels: labels)?.sum == 300)
            #expect(registry.histogram(of: "http_server_response_body_size_bytes", labels: labels)?.sum == 5_000)
        }
    }

    @Test func `a request is active from its start to its end`() {
        Registry.isolated { registry in
            let metrics = HTTPServerMetrics()
            func active(_ method: String) -> Double? {
                registry.value(of: "http_server_active_requests", labels: ["http_request_method": method])
            }
            #expect(active("GET") == 0)
            let (first, second) = (metrics.start(.get), metrics.start(.get))
            let third = metrics.start(.put)
            #expect(active("GET") == 2)
            #expect(active("PUT") == 1)
            for exchange in [first, second, third] {
                exchange.end(route: nil, status: 200, requestBytes: nil, responseBytes: nil)
            }
            #expect(active("GET") == 0)
            #expect(active("PUT") == 0)
        }
    }

    @Test func `the duration is the time from start to end`() {
        Registry.isolated { registry in
            let before = ContinuousClock.now
            let exchange = HTTPServerMetrics().start(.get)
            let started = ContinuousClock.now
            while ContinuousClock.now - started < .milliseconds(20) {}
            exchange.end(route: "/", status: 200, requestBytes: 0, responseBytes: 0)
            let longest = ContinuousClock.now - before
            let sum = registry.value(of: "http_server_request_duration_seconds_sum", labels: labels("GET", "/", "200"))
            #expect(sum ?? 0 >= 0.02)
            #expect(sum ?? .infinity <= longest / .seconds(1))
        }
    }

    @Test func `a failure without an error is named by its status`() {
        Registry.isolated { registry in
            let metrics = HTTPServerMetrics(bodySizes: false)
            for status in [404, 499, 500, 503] {
                metrics.start(.get).end(route: "/", status: status, requestBytes: 1, responseBytes: 1)
            }
            let name = "http_server_request_duration_seconds_count"
            #expect(registry.value(of: name, labels: labels("GET", "/", "404")) == 1)
            #expect(registry.value(of: name, labels: labels("GET", "/", "499")) == 1)
            #expect(registry.value(of: name, labels: labels("GET", "/", "500", "500")) == 1)
            #expect(registry.value(of: name, labels: labels("GET", "/", "503", "503")) == 1)
        }
    }

    @Test func `an error goes before the status`() {
        Registry.isolated { registry in
            let metrics = HTTPServerMetrics()
            metrics.start(.get).end(
                route: "/", status: 500, error: .timeout, requestBytes: nil, responseBytes: nil)
            metrics.start(.get).end(
                route: "/", status: nil, error: .connectionClosed, requestBytes: nil, responseBytes: nil)
            let name = "http_server_request_duration_seconds_count"
            #expect(registry.value(of: name, labels: labels("GET", "/", "500", "timeout")) == 1)
            #expect(registry.value(of: name, labels: labels("GET", "/", "", "connection_closed")) == 1)
        }
    }

    @Test func `sizes that are not known are not counted`() {
        Registry.isolated { registry in
            HTTPServerMetrics().start(.get).end(route: "/", status: 200, requestBytes: nil, responseBytes: nil)
            #expect(
                registry.histogram(of: "http_server_request_body_size_bytes", labels: labels("GET", "/", "200")) == nil)
            #expect(
                registry.histogram(of: "http_server_response_body_size_bytes", labels: labels("GET", "/", "200")) == nil
            )
        }
    }

    @Test func `without sizes there are no families of them`() {
        Registry.isolated { registry in
            HTTPServerMetrics(bodySizes: false).start(.get).end(
                route: "/", status: 200, requestBytes: 1, responseBytes: 1)
            #expect(
                registry.gather().map(\.name).filter { $0.hasPrefix("http") } == [
                    "http_server_active_requests", "http_server_request_duration_seconds",
                ])
        }
    }

    @Test func `any status from anywhere makes at most 502 series`() {
        Registry.isolated { registry in
            let metrics = HTTPServerMetrics(bodySizes: false)
            for status in Array(-1_000..<10_000) + [.min, .max] {
                metrics.start(.get).end(
                    route: "/", status: status, error: .timeout, requestBytes: nil, responseBytes: nil)
            }
            let family = registry.gather(names: ["http_server_request_duration_seconds"]).first
            #expect(family?.metrics.count == 501)
            #expect(
                registry.histogram(
                    of: "http_server_request_duration_seconds", labels: labels("GET", "/", "_OTHER", "timeout"))?.count
                    == 10_502)
        }
    }

    @Test func `metrics of one registry count together`() {
        Registry.isolated { registry in
            for _ in 0..<3 {
                HTTPServerMetrics().start(.get).end(route: "/", status: 200, requestBytes: 0, responseBytes: 0)
            }
            #expect(
                registry.value(of: "http_server_request_duration_seconds_count", labels: labels("GET", "/", "200")) == 3
            )
        }
    }

    @Test func `a duration refers to the trace of its task`() {
        Registry.isolated { registry in
            ExemplarProvider { ["trace_id": "abc"] }.withCurrent {
                HTTPServerMetrics().start(.get).end(route: "/", status: 200, requestBytes: 0, responseBytes: 0)
            }
            let exemplars = registry.exemplars(
                of: "http_server_request_duration_seconds", labels: labels("GET", "/", "200"))
            #expect(exemplars.map(\.labels) == [[LabelPair("trace_id", "abc")]])
        }
    }

    @Test func `names are what the linter asks for`() {
        Registry.isolated { registry in
            _ = HTTPServerMetrics()
            #expect(Lint.problems(in: registry).isEmpty)
        }
    }

    @Test func `the bounds are those that the conventions advise`() {
        #expect(
            Buckets.httpDurations.bounds == [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10])
        #expect(Buckets.bodySizes.bounds.first == 256)
        #expect(Buckets.bodySizes.bounds.last == 16_777_216)
    }
}

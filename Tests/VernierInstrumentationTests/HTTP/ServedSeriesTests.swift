import Testing
import VernierTesting

@testable import Vernier
@testable import VernierInstrumentation

@Suite struct ServedSeriesTests {
    private let registry = Registry()

    private func counts() async -> [String: Double] {
        var counts: [String: Double] = [:]
        for metric in await registry.gather(names: ["http_server_request_duration_seconds"]).first?.metrics ?? [] {
            let labels = metric.labels.map(\.value).joined(separator: " ")
            counts[labels] = metric.histogram.map { Double($0.count) }
        }
        return counts
    }

    /// A string of its own each time, however often its content comes.
    private func made(_ text: String) -> String { String(text.reversed().reversed()) }

    @Test func `requests count in their series, whichever string says the route`() async {
        let metrics = HTTPServerMetrics(registry: registry)
        let long = "/a/route/of/more/than/fifteen/bytes"
        for turn in 0..<10 {
            for route in ["/short", long, made(long), nil] {
                metrics.start(.get).end(route: route, status: 200, requestBytes: nil, responseBytes: turn)
            }
            metrics.start(.get).end(route: long, status: 404, requestBytes: nil, responseBytes: nil)
            metrics.start(.put).end(route: long, status: 200, requestBytes: turn, responseBytes: nil)
            metrics.start(.get).end(route: long, status: 500, requestBytes: nil, responseBytes: nil)
            metrics.start(.get).end(
                route: long, status: 200, error: .cancelled, requestBytes: nil, responseBytes: nil)
        }
        #expect(
            await counts() == [
                "GET /short 200 ": 10, "GET \(long) 200 ": 20, "GET  200 ": 10, "GET \(long) 404 ": 10,
                "PUT \(long) 200 ": 10, "GET \(long) 500 500": 10, "GET \(long) 200 cancelled": 10,
            ])
        let sizes = await registry.gather(names: ["http_server_request_body_size_bytes"]).first?.metrics
        #expect(sizes?.map { $0.histogram?.count } == [10])
        #expect(sizes?.first?.histogram?.sum == 45)
    }

    @Test func `a series that was removed comes back from zero, and is found again`() async {
        let families = HTTPServerMetrics.Families(
            .httpDurations, nil, bodySizes: true, limit: 100, .automatic, registry)
        let metrics = HTTPServerMetrics(families: families)
        let record = { metrics.start(.get).end(route: "/a", status: 200, requestBytes: nil, responseBytes: 1) }
        for _ in 0..<3 { record() }
        families.durations.remove((.get, "/a", ResponseStatus(200), ""))
        for _ in 0..<4 { record() }
        #expect(await counts() == ["GET /a 200 ": 4])
        families.responseSizes?.removeAll()
        for _ in 0..<2 { record() }
        #expect(await counts() == ["GET /a 200 ": 6])
        let sizes = await registry.gather(names: ["http_server_response_body_size_bytes"]).first?.metrics
        #expect(sizes?.map { $0.histogram?.count } == [2])
    }

    @Test func `routes beyond those that are kept count all the same, and strings beyond count without end`() async {
        let metrics = HTTPServerMetrics(registry: registry)
        for turn in 0..<2 {
            for route in 0..<300 {
                metrics.start(.get).end(
                    route: made("/a/route/with/the/number/\(route)"), status: 200, requestBytes: nil,
                    responseBytes: turn)
            }
        }
        let counts = await counts()
        #expect(counts.count == 300)
        #expect(counts.values.allSatisfy { $0 == 2 })
    }

    @Test func `what is beyond the limit of a family is not kept`() async {
        let families = HTTPServerMetrics.Families(
            .httpDurations, nil, bodySizes: false, limit: 100, .automatic, registry)
        let histogram = families.durations[.get, "/a", ResponseStatus(200), ""]
        #expect(families.durations.isOwnSeries(histogram))
        let small = HistogramFamily("small", help: "S.", labels: .of(Label<String>("a")), limit: 1, registry: registry)
        #expect(small.isOwnSeries(small["a"]))
        #expect(!small.isOwnSeries(small["b"]))
    }

    @Test func `sizes that are none are left out, and what is beyond a limit shares a series`() async {
        let metrics = HTTPServerMetrics(limit: 2, registry: registry)
        for bytes in [-1, 1, (1 << 40) + 1, .max, .min] {
            for _ in 0..<2 {
                metrics.start(.post).end(route: "/a", status: 200, requestBytes: bytes, responseBytes: bytes)
            }
        }
        for side in ["request", "response"] {
            let sizes = await registry.gather(names: ["http_server_\(side)_body_size_bytes"]).first?.metrics
            #expect(sizes?.map { $0.histogram?.sum } == [2])
        }
        for route in ["/b", "/c", "/d"] {
            for _ in 0..<2 {
                metrics.start(.get).end(route: route, status: 200, requestBytes: nil, responseBytes: nil)
            }
        }
        let overflow = "__overflow__ __overflow__ __overflow__ __overflow__"
        #expect(await counts() == ["POST /a 200 ": 10, "GET /b 200 ": 2, overflow: 4])
    }

    @Test func `threads that meet new routes at once lose no request`() async {
        let metrics = HTTPServerMetrics(registry: registry)
        await withTaskGroup { group in
            for _ in 0..<8 {
                group.addTask {
                    for turn in 0..<2_000 {
                        metrics.start(.get).end(
                            route: "/route/\(turn % 200)", status: 200, requestBytes: nil, responseBytes: nil)
                    }
                }
            }
        }
        #expect(await counts().values.reduce(0, +) == 16_000)
        #expect(await counts().count == 200)
    }
}

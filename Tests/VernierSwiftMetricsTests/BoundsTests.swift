#if SwiftMetrics
    import CoreMetrics
    import Testing
    import Vernier
    import VernierTesting

    @testable import VernierSwiftMetrics

    @Suite struct BoundsTests {
        @Test func `a hundred thousand sets of dimensions stay bounded`() throws {
            let backend = Backend { $0.seriesLimit = 1_000 }
            for number in 0..<100_000 {
                backend.factory.makeCounter(label: "hits", dimensions: [("path", "/\(number)"), ("m", "GET")])
                    .increment(by: 1)
            }
            let family = try #require(backend.registry.gather(names: ["hits"]).first)
            #expect(family.metrics.count == 1_001)
            #expect(backend.value("hits_total", ["overflow": "__overflow__"]) == 99_000)
            #expect(backend.value("vernier_overflowed_lookups_total", ["family": "hits"]) == 99_000)
            #expect(backend.factory.figures.count == 1_000)
            // All of those share a handler.
            let beyond = ["/a", "/b"].map {
                backend.factory.makeCounter(label: "hits", dimensions: [("path", $0)])
            }
            #expect(beyond[0] === beyond[1])
            // Those that were there are found still, and count.
            backend.factory.makeCounter(label: "hits", dimensions: [("m", "GET"), ("path", "/7")]).increment(by: 1)
            #expect(backend.value("hits_total", ["path": "/7", "m": "GET"]) == 2)
            try backend.expectSoundPages()
        }

        @Test func `labels beyond the limit work and are not exposed`() throws {
            let backend = Backend { $0.nameLimit = 100 }
            for number in 0..<1_000 {
                backend.factory.makeCounter(label: "hits.\(number)", dimensions: [("a", "b")]).increment(by: 1)
                backend.factory.makeTimer(label: "hits.\(number)", dimensions: []).recordNanoseconds(1)
            }
            let families = backend.registry.gather().filter { $0.name.hasPrefix("hits") }
            #expect(families.count == 100)
            #expect(backend.value("vernier_swiftmetrics_refused_total", ["reason": "names"]) == 1_900)
            #expect(backend.factory.figures.count == 100)
            backend.factory.makeMeter(label: "m", dimensions: []).set(1.0)
            backend.factory.makeRecorder(label: "r", dimensions: [], aggregate: true).record(1.0)
            let refused = backend.factory.makeCounter(label: "hits.500", dimensions: [])
            refused.reset()
            backend.factory.destroyCounter(refused)
            refused.increment(by: 1)
            // One for all, which nobody can take away, and which nothing shows.
            #expect(backend.factory.makeCounter(label: "hits.501", dimensions: [("c", "d")]) === refused)
            #expect(backend.value("vernier_swiftmetrics_refused_total", ["reason": "names"]) == 1_904)
            #expect(backend.value("vernier_detached_metrics_total") == 0)
            #expect(backend.registry.gather().filter { !$0.name.hasPrefix("vernier") } == families)
            try backend.expectSoundPages()
        }

        @Test func `a label of any length is no harm`() throws {
            let backend = Backend()
            let long = String(repeating: "x", count: 100_000)
            backend.factory.makeCounter(label: long, dimensions: []).increment(by: 1)
            backend.factory.makeCounter(label: "hits", dimensions: [("a", long)]).increment(by: 1)
            backend.factory.makeCounter(label: "hits", dimensions: [(long, "a")]).increment(by: 1)
            backend.factory.makeCounter(label: "hits", dimensions: (0..<5_000).map { ("l\($0)", "some value") })
                .increment(by: 1)
            #expect(backend.value("vernier_swiftmetrics_refused_total", ["reason": "length"]) == 2)
            #expect(backend.value("hits_total", ["overflow": "__overflow__"]) == 3)
            try backend.expectSoundPages()
        }

        @Test func `a series that is named in ever new ways is found, and few of those ways are kept`() {
            let backend = Backend()
            for number in 0..<1_000 {
                let name =
                    "a" + String(repeating: "-", count: number % 10) + String(repeating: ".", count: 9 - number % 10)
                backend.factory.makeCounter(label: "x", dimensions: [(name, "1")]).increment(by: 1)
            }
            #expect(backend.value("x_total", ["a_________": "1"]) == 1_000)
            #expect(backend.factory.figures.count == 8)
            // The newest are: nothing is repaired again.
            let repaired = backend.value("vernier_swiftmetrics_repaired_total", ["kind": "label_name"])
            backend.factory.makeCounter(label: "x", dimensions: [("a---------", "1")]).increment(by: 1)
            backend.factory.makeCounter(label: "x", dimensions: [("a--------.", "1")]).increment(by: 1)
            #expect(backend.value("vernier_swiftmetrics_repaired_total", ["kind": "label_name"]) == repaired)
            #expect(backend.value("x_total", ["a_________": "1"]) == 1_002)
        }

        @Test func `a dimension twice with one value is found as any other, and repaired once`() {
            let backend = Backend()
            for _ in 0..<10 {
                backend.factory.makeCounter(label: "x", dimensions: [("a", "1"), ("a", "1")]).increment(by: 1)
            }
            #expect(backend.value("x_total", ["a": "1"]) == 10)
            #expect(backend.value("vernier_swiftmetrics_repaired_total", ["kind": "repeated_label"]) == 1)
            #expect(backend.factory.figures.count == 1)
            // Equal to Swift, and not as bytes: the last one counts.
            backend.factory.makeCounter(label: "y", dimensions: [("a", "\u{e9}"), ("a", "e\u{301}")]).increment(by: 1)
            backend.factory.makeCounter(label: "y", dimensions: [("a", "e\u{301}"), ("a", "\u{e9}")]).increment(by: 2)
            let lines = backend.registry.page(as: .text).split(separator: "\n").filter { $0.hasPrefix("y_total") }
            #expect(
                lines.map { Array($0.utf8) }
                    == ["e\u{301}", "\u{e9}"].enumerated().map { index, value in
                        Array("y_total{a=\"\(value)\"} \(index + 1)".utf8)
                    })
            #expect(backend.factory.figures.count == 1)
        }

        @Test func `names of which the order decides are kept nowhere`() {
            let backend = Backend()
            for number in 2..<1_002 {
                backend.factory.makeCounter(label: "x", dimensions: [("a", "\(number)"), ("a", "1")]).increment(by: 1)
            }
            #expect(backend.value("x_total", ["a": "1"]) == 1_000)
            #expect(backend.factory.figures.count == 0)
        }

        @Test func `a family of kept names has a bounded number of label names`() throws {
            let backend = Backend { $0.names = .kept }
            backend.factory.makeCounter(label: "x", dimensions: [("route", "/")]).increment(by: 1)
            for number in 0..<5_000 {
                backend.factory.makeCounter(label: "x", dimensions: [("label.\(number)", "1"), ("route", "/")])
                    .increment(by: 1)
            }
            let family = try #require(backend.registry.gather(names: ["x"]).first)
            #expect(family.metrics.count < 1_000)
            #expect(family.metrics.count > 100)
            // What has a name too many is nobody else's: neither that of the labels that are left, nor lost.
            #expect(backend.value("x_total", ["route": "/"]) == 1)
            let beyond = Double(5_000 - (family.metrics.count - 2))
            #expect(backend.value("x_total", ["overflow": "__overflow__"]) == beyond)
            #expect(backend.value("vernier_overflowed_lookups_total", ["family": "x"]) == beyond)
            try backend.expectSoundPages()
        }

        @Test(arguments: [VernierMetricsFactory.Configuration.Names.repaired, .kept])
        func `the name of a dimension has a bounded length`(names: VernierMetricsFactory.Configuration.Names) throws {
            let backend = Backend { $0.names = names }
            for length in [1_024, 1_025, 60_000] {
                let name = "a." + String(repeating: "x", count: length - 2)
                backend.factory.makeCounter(label: "x", dimensions: [(name, "1")]).increment(by: 1)
                backend.factory.makeMeter(label: "y", dimensions: [(name, "1")]).set(1.0)
                backend.factory.makeTimer(label: "z", dimensions: [(name, "1")]).recordNanoseconds(1)
            }
            #expect(backend.value("x_total", ["overflow": "__overflow__"]) == 2)
            #expect(backend.value("y", ["overflow": "__overflow__"]) == 1)
            #expect(backend.value("z_seconds_count", ["overflow": "__overflow__"]) == 2)
            #expect(backend.value("vernier_swiftmetrics_refused_total", ["reason": "length"]) == 6)
            try backend.expectSoundPages()
        }
    }
#endif

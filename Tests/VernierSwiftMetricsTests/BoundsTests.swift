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
            #expect(backend.value("vernier_swiftmetrics_refused_total", ["reason": "length"]) == 1)
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
        }

        @Test func `names of which the order decides are kept nowhere`() {
            let backend = Backend()
            for number in 0..<1_000 {
                backend.factory.makeCounter(label: "x", dimensions: [("a", "\(number)"), ("a", "1")]).increment(by: 1)
            }
            #expect(backend.value("x_total", ["a": "1"]) == 1_000)
            #expect(backend.factory.figures.count == 0)
        }

        @Test func `a family of kept names has a bounded number of label names`() throws {
            let backend = Backend { $0.names = .kept }
            for number in 0..<5_000 {
                backend.factory.makeCounter(label: "x", dimensions: [("label.\(number)", "1")]).increment(by: 1)
            }
            let family = try #require(backend.registry.gather(names: ["x"]).first)
            #expect(family.metrics.count < 1_000)
            #expect(family.metrics.count > 100)
            try backend.expectSoundPages()
        }
    }
#endif

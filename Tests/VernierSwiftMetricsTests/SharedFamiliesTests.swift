#if SwiftMetrics
    import CoreMetrics
    import Testing
    import Vernier
    import VernierTesting

    @testable import VernierSwiftMetrics

    /// Two factories of one registry.
    @Suite struct SharedFamiliesTests {
        private let one = Backend()
        private let other: VernierMetricsFactory

        init() { other = VernierMetricsFactory(registry: one.registry) }

        @Test func `they hand out the same metrics`() {
            for factory in [one.factory, other] {
                factory.makeCounter(label: "c", dimensions: [("a", "1")]).increment(by: 1)
                factory.makeTimer(label: "t", dimensions: []).recordNanoseconds(1)
            }
            #expect(one.value("c_total", ["a": "1"]) == 2)
            #expect(one.value("t_seconds_count") == 2)
            #expect(
                one.factory.makeCounter(label: "c", dimensions: [("a", "1")])
                    === other.makeCounter(label: "c", dimensions: [("a", "1")]))
        }

        @Test func `what is destroyed through one counts again through the other`() throws {
            let dimensions = [("a", "1")]
            let first = one.factory.makeCounter(label: "c", dimensions: dimensions)
            first.increment(by: 1)
            other.destroyCounter(other.makeCounter(label: "c", dimensions: dimensions))
            #expect(one.value("c_total", ["a": "1"]) == nil)
            one.factory.makeCounter(label: "c", dimensions: dimensions).increment(by: 3)
            other.makeCounter(label: "c", dimensions: dimensions).increment(by: 4)
            first.increment(by: 100)
            #expect(one.value("c_total", ["a": "1"]) == 7)
            try one.expectSoundPages()
        }

        @Test func `metrics that come through one and go through the other leave nothing behind`() {
            weak var last: AnyObject?
            for number in 0..<10_000 {
                let dimensions = [("id", "\(number)")]
                let counter = one.factory.makeCounter(label: "c", dimensions: dimensions)
                if number == 5_000 { last = counter }
                other.destroyCounter(other.makeCounter(label: "c", dimensions: dimensions))
            }
            #expect(last == nil)
            for figures in [one.factory.figures, other.figures] {
                #expect(figures.count == 0)
                #expect(figures.capacity <= 256)
                #expect(figures.waiting <= 64)
            }
        }

        @Test func `one that goes leaves the other its metrics`() {
            weak var gone: VernierMetricsFactory?
            for _ in 0..<3 {
                let third = VernierMetricsFactory(registry: one.registry)
                gone = third
                third.makeCounter(label: "c", dimensions: []).increment(by: 1)
                other.makeCounter(label: "c", dimensions: []).increment(by: 1)
            }
            #expect(gone == nil)
            #expect(one.value("c_total") == 6)
            #expect(other.figures.count == 1)
            other.destroyCounter(other.makeCounter(label: "c", dimensions: []))
            #expect(other.figures.count == 0)
            #expect(one.value("c_total") == nil)
        }

        @Test func `what is declared in other words is a clash`() {
            var configuration = VernierMetricsFactory.Configuration(registry: one.registry)
            configuration.timerBuckets = [1, 2]
            let different = VernierMetricsFactory(configuration)
            one.factory.makeTimer(label: "t", dimensions: []).recordNanoseconds(1)
            different.makeTimer(label: "t", dimensions: []).recordNanoseconds(1)
            #expect(one.value("t_seconds_count") == 1)
            #expect(one.value("vernier_detached_metrics_total") == 1)
        }
    }
#endif

#if SwiftMetrics
    import CoreMetrics
    import MetricsTestKit
    import Testing
    import Vernier
    import VernierTesting

    @testable import VernierSwiftMetrics

    /// The same program of calls against the backend for tests of swift-metrics and against this one.
    @Suite struct AgreementTests {
        /// Random numbers that are the same each time.
        private struct Numbers: RandomNumberGenerator {
            var state: UInt64
            mutating func next() -> UInt64 {
                state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                return state ^ state >> 31
            }
        }

        private static let sets: [[(String, String)]] = [
            [], [("a", "1")], [("a", "1"), ("b", "2")], [("b", "2"), ("a", "1"), ("c", "longer than fifteen bytes")],
        ]

        @Test(arguments: 1...8 as ClosedRange<UInt64>)
        func `what was expected of the test kit is on the page`(seed: UInt64) throws {
            var numbers = Numbers(state: seed)
            let (kit, backend) = (TestMetrics(), Backend())
            let both: [any MetricsFactory] = [kit, backend.factory]
            for _ in 0..<2_000 {
                let set = Self.sets.randomElement(using: &numbers)?.shuffled(using: &numbers) ?? []
                let amount = Int64.random(in: 0..<1_000_000, using: &numbers)
                let (choice, fraction) = (Int.random(in: 0..<40, using: &numbers), Double(amount) / 4)
                for factory in both { call(factory, set, choice, amount, fraction) }
            }
            for set in Self.sets { try compare(kit, backend, set) }
            try backend.expectSoundPages()
        }

        private func call(
            _ factory: any MetricsFactory, _ set: [(String, String)], _ choice: Int, _ amount: Int64, _ fraction: Double
        ) {
            let counter = CoreMetrics.Counter(label: "counter", dimensions: set, factory: factory)
            let meter = Meter(label: "meter", dimensions: set, factory: factory)
            switch choice {
            case 0: counter.reset()
            case 1: counter.destroy()
            case 2: meter.destroy()
            case 3: CoreMetrics.Timer(label: "timer", dimensions: set, factory: factory).destroy()
            case 4: Recorder(label: "recorder", dimensions: set, factory: factory).destroy()
            case 5..<10: counter.increment(by: amount)
            case 10..<12: meter.set(fraction)
            case 12..<16: meter.increment(by: fraction)
            case 16..<20: meter.decrement(by: fraction)
            case 20..<27: Recorder(label: "recorder", dimensions: set, factory: factory).record(fraction)
            case 27..<30: CoreMetrics.Gauge(label: "gauge", dimensions: set, factory: factory).record(fraction)
            default:
                CoreMetrics.Timer(label: "timer", dimensions: set, factory: factory).recordMicroseconds(amount)
            }
        }

        private func compare(_ kit: TestMetrics, _ backend: Backend, _ set: [(String, String)]) throws {
            let labels = Dictionary(uniqueKeysWithValues: set)
            let counter = try kit.expectCounter("counter", set)
            #expect(backend.value("counter_total", labels) == Double(counter.totalValue))
            let meter = try kit.expectMeter("meter", set)
            #expect(backend.value("meter", labels) == meter.lastValue ?? 0)
            let gauge = try kit.expectGauge("gauge", set)
            #expect(backend.value("gauge", labels) == gauge.lastValue)
            let timer = try? kit.expectTimer("timer", set)
            let nanoseconds = timer?.values.reduce(0, +)
            #expect(backend.value("timer_seconds_sum", labels) == nanoseconds.map { Double($0) / 1e9 })
            #expect(backend.value("timer_seconds_count", labels) == timer.map { Double($0.values.count) })
            let recorder = try? kit.expectRecorder("recorder", set)
            #expect(backend.value("recorder_sum", labels) == recorder?.values.reduce(0, +))
            let buckets = backend.registry.histogram(of: "recorder", labels: labels)?.buckets ?? []
            #expect((recorder == nil) == buckets.isEmpty)
            for bucket in buckets {
                let below = recorder?.values.count { $0 <= bucket.upperBound }
                #expect(below == Int(bucket.cumulativeCount))
            }
        }

        @Test func `fractions that the test kit rounds are whole here`() throws {
            let (kit, backend) = (TestMetrics(), Backend())
            for factory in [kit, backend.factory] as [any MetricsFactory] {
                let counter = FloatingPointCounter(label: "f", factory: factory)
                for _ in 0..<11 { counter.increment(by: 0.75) }
            }
            let value = try #require(backend.value("f_total"))
            #expect(value == 8.25)
            #expect(try kit.expectCounter("f").totalValue == Int64(value))
        }

        @Test func `beside another backend both get the same`() throws {
            let (kit, backend) = (TestMetrics(), Backend())
            let both = MultiplexMetricsHandler(factories: [kit, backend.factory])
            let counter = CoreMetrics.Counter(label: "c", dimensions: [("a", "1")], factory: both)
            counter.increment(by: 3)
            CoreMetrics.Timer(label: "t", dimensions: [], factory: both).recordSeconds(2)
            Meter(label: "m", factory: both).set(4)
            Recorder(label: "r", factory: both).record(5)
            #expect(try kit.expectCounter("c", [("a", "1")]).totalValue == 3)
            #expect(backend.value("c_total", ["a": "1"]) == 3)
            #expect(backend.value("t_seconds_sum") == 2)
            #expect(backend.value("m") == 4)
            #expect(backend.value("r_sum") == 5)
            counter.destroy()
            #expect(backend.value("c_total", ["a": "1"]) == nil)
            #expect(throws: (any Error).self) { try kit.expectCounter("c", [("a", "1")]) }
        }
    }
#endif

#if SwiftMetrics
    import CoreMetrics
    import Testing
    import Vernier
    import VernierTesting

    @testable import VernierSwiftMetrics

    @Suite struct DestroyTests {
        @Test func `what is destroyed leaves the page, and starts at zero when it is made again`() throws {
            let backend = Backend()
            let factory = backend.factory
            let counter = CoreMetrics.Counter(label: "c", dimensions: [("a", "1")], factory: factory)
            let fraction = FloatingPointCounter(label: "f", factory: factory)
            let meter = Meter(label: "m", factory: factory)
            let gauge = CoreMetrics.Gauge(label: "g", factory: factory)
            let recorder = Recorder(label: "r", factory: factory)
            let timer = Timer(label: "t", factory: factory)
            func use() {
                counter.increment()
                fraction.increment(by: 0.5)
                meter.set(1)
                gauge.record(1)
                recorder.record(1)
                timer.recordNanoseconds(1)
            }
            func shown() -> Int {
                backend.registry.gather().filter { !$0.name.hasPrefix("vernier") }.map(\.metrics.count).reduce(0, +)
            }
            use()
            #expect(shown() == 6)
            counter.destroy()
            fraction.destroy()
            meter.destroy()
            gauge.destroy()
            recorder.destroy()
            timer.destroy()
            #expect(shown() == 0)
            use()
            #expect(shown() == 0)
            #expect(factory.figures.count == 0)
            CoreMetrics.Counter(label: "c", dimensions: [("a", "1")], factory: factory).increment(by: 2)
            #expect(backend.value("c_total", ["a": "1"]) == 2)
            // Once more, by who had it before: that is not the one that is there now.
            counter.destroy()
            counter.increment()
            counter.reset()
            #expect(backend.value("c_total", ["a": "1"]) == 2)
            try backend.expectSoundPages()
        }

        @Test func `every way in which a series was named is forgotten with it`() {
            let backend = Backend()
            let factory = backend.factory
            let ways: [(String, [(String, String)])] = [
                ("a.b", [("x.y", "1")]), ("a_b", [("x_y", "1")]), ("a-b", [("x_y", "0"), ("x_y", "1")]),
            ]
            let handlers = ways.map { factory.makeCounter(label: $0.0, dimensions: $0.1) }
            #expect(handlers.allSatisfy { $0 === handlers[0] })
            factory.destroyCounter(handlers[1])
            for (label, dimensions) in ways {
                factory.makeCounter(label: label, dimensions: dimensions).increment(by: 1)
            }
            #expect(backend.value("a_b_total", ["x_y": "1"]) == 3)
        }

        @Test func `what others made is left alone`() {
            let (backend, other) = (Backend(), Backend())
            let counter = backend.factory.makeCounter(label: "c", dimensions: [])
            counter.increment(by: 1)
            other.factory.makeCounter(label: "c", dimensions: []).increment(by: 1)
            other.factory.destroyCounter(counter)
            other.factory.destroyCounter(NOOPMetricsHandler.instance)
            #expect(backend.value("c_total") == 1)
            #expect(other.value("c_total") == 1)
        }

        @Test func `metrics that come and go leave nothing behind`() {
            let backend = Backend { $0.seriesLimit = 500 }
            weak var last: AnyObject?
            for number in 0..<20_000 {
                let counter = backend.factory.makeCounter(label: "c", dimensions: [("id", "\(number)")])
                counter.increment(by: 1)
                if number == 100 { last = counter }
                backend.factory.destroyCounter(counter)
            }
            #expect(last == nil)
            let figures = backend.factory.figures
            #expect(figures.count == 0)
            #expect(figures.capacity <= 256)
            #expect(figures.waiting <= 64)
            // More have come than rest, and those went to the series for all.
            let shown = backend.registry.gather(names: ["c"]).map(\.metrics.count).reduce(0, +)
            #expect(shown <= 1)
        }

        @Test func `a factory that goes lets go of its handlers, and they work still`() {
            let registry = Registry()
            weak var gone: VernierMetricsFactory?
            let counter: any CounterHandler = {
                let factory = VernierMetricsFactory(registry: registry)
                gone = factory
                return factory.makeCounter(label: "c", dimensions: [])
            }()
            #expect(gone == nil)
            counter.increment(by: 1)
            #expect(registry.value(of: "c_total") == 1)
        }
    }
#endif

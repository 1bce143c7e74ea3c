#if SwiftMetrics
    import CoreMetrics
    import Testing
    import Vernier
    import VernierTesting

    @testable import VernierSwiftMetrics

    @Suite struct VernierMetricsFactoryTests {
        @Test func `each kind of metric becomes the type that it is`() throws {
            let backend = Backend()
            let factory = backend.factory
            CoreMetrics.Counter(label: "jobs.done", factory: factory).increment(by: 3)
            FloatingPointCounter(label: "energy.used", factory: factory).increment(by: 0.25)
            Meter(label: "load", factory: factory).set(1.5)
            Recorder(label: "queue.length", dimensions: [], aggregate: false, factory: factory).record(7)
            Recorder(label: "batch.size", dimensions: [], aggregate: true, factory: factory).record(5)
            Timer(label: "job.duration", factory: factory).recordMilliseconds(1_250)
            let families = backend.registry.gather()
            let types = Dictionary(uniqueKeysWithValues: families.map { ($0.name, $0.type) })
            #expect(types["jobs_done"] == .counter)
            #expect(types["energy_used"] == .counter)
            #expect(types["load"] == .gauge)
            #expect(types["queue_length"] == .gauge)
            #expect(types["batch_size"] == .histogram)
            #expect(types["job_duration_seconds"] == .histogram)
            #expect(backend.value("jobs_done_total") == 3)
            #expect(backend.value("energy_used_total") == 0.25)
            #expect(backend.value("load") == 1.5)
            #expect(backend.value("queue_length") == 7)
            #expect(backend.value("batch_size_bucket", ["le": "16"]) == 1)
            #expect(backend.value("batch_size_bucket", ["le": "4"]) == 0)
            #expect(backend.value("job_duration_seconds_sum") == 1.25)
            #expect(families.first { $0.name == "job_duration_seconds" }?.unit == "seconds")
            try backend.expectSoundPages()
        }

        @Test func `the order of dimensions says nothing`() {
            let backend = Backend()
            let one = backend.factory.makeCounter(label: "hits", dimensions: [("a", "1"), ("b", "2"), ("c", "3")])
            let other = backend.factory.makeCounter(label: "hits", dimensions: [("c", "3"), ("a", "1"), ("b", "2")])
            #expect(one === other)
            one.increment(by: 1)
            other.increment(by: 2)
            #expect(backend.value("hits_total", ["a": "1", "b": "2", "c": "3"]) == 3)
            let swapped = backend.factory.makeCounter(label: "hits", dimensions: [("a", "2"), ("b", "1"), ("c", "3")])
            #expect(swapped !== one)
        }

        @Test func `metrics of one label may have different dimensions`() throws {
            let backend = Backend()
            backend.factory.makeCounter(label: "hits", dimensions: []).increment(by: 1)
            backend.factory.makeCounter(label: "hits", dimensions: [("a", "1")]).increment(by: 2)
            backend.factory.makeCounter(label: "hits", dimensions: [("b", "1"), ("a", "1")]).increment(by: 3)
            #expect(backend.value("hits_total") == 1)
            #expect(backend.value("hits_total", ["a": "1"]) == 2)
            #expect(backend.value("hits_total", ["a": "1", "b": "1"]) == 3)
            try backend.expectSoundPages()
        }

        @Test func `a metric that was made before is the same object`() {
            let backend = Backend()
            let dimensions = [("method", "GET"), ("route", "/a/route/that/is/longer/than/a/word")]
            for label in ["short", "a.label.that.is.longer.than.fifteen.bytes"] {
                let (first, again) = (
                    backend.factory.makeCounter(label: label, dimensions: dimensions),
                    backend.factory.makeCounter(label: label, dimensions: dimensions)
                )
                #expect(first === again)
                #expect(
                    backend.factory.makeTimer(label: label, dimensions: dimensions)
                        === backend.factory.makeTimer(label: label, dimensions: dimensions))
            }
            #expect(backend.factory.figures.count == 4)
        }

        @Test func `counters of whole and other amounts are one`() {
            let backend = Backend()
            backend.factory.makeCounter(label: "bytes", dimensions: []).increment(by: 2)
            backend.factory.makeFloatingPointCounter(label: "bytes", dimensions: []).increment(by: 0.5)
            #expect(backend.value("bytes_total") == 2.5)
        }

        @Test func `a counter does not wrap around, and takes no negative amount`() {
            let backend = Backend()
            let counter = backend.factory.makeCounter(label: "large", dimensions: [])
            for _ in 0..<5 { counter.increment(by: .max) }
            counter.increment(by: -1)
            #expect(backend.value("large_total") == 5 * Double(Int64.max))
            #expect(backend.value("vernier_rejected_updates_total", ["family": "large"]) == 1)
            for amount in [Double.nan, -.infinity, .infinity, -1] {
                backend.factory.makeFloatingPointCounter(label: "large", dimensions: []).increment(by: amount)
            }
            #expect(backend.value("large_total") == 5 * Double(Int64.max))
        }

        @Test func `a counter is set back, goes on counting, and says since when`() async throws {
            let backend = Backend()
            let counter = backend.factory.makeCounter(label: "hits", dimensions: [("a", "1")])
            counter.increment(by: 5)
            let before = try #require(backend.registry.created(of: "hits", labels: ["a": "1"]))
            // Longer than a tick of the clock that such times are taken from.
            try await Task.sleep(for: .milliseconds(50))
            counter.reset()
            counter.increment(by: 2)
            let after = try #require(backend.registry.created(of: "hits", labels: ["a": "1"]))
            #expect(backend.value("hits_total", ["a": "1"]) == 2)
            #expect(after > before)
        }

        @Test func `a meter takes steps, and passes over what is none`() {
            let backend = Backend()
            let meter = backend.factory.makeMeter(label: "level", dimensions: [])
            meter.set(Int64(10))
            meter.increment(by: 2.5)
            meter.decrement(by: 1)
            for amount in [Double.nan, .infinity, -.infinity, -3, 0] {
                meter.increment(by: amount)
                meter.decrement(by: amount)
            }
            #expect(backend.value("level") == 11.5)
        }

        @Test func `a timer adds up nanoseconds exactly, and refuses negative ones`() {
            let backend = Backend()
            let timer = backend.factory.makeTimer(label: "wait", dimensions: [])
            for _ in 0..<1_000 { timer.recordNanoseconds(1) }
            timer.recordNanoseconds(2_000_000_000)
            timer.recordNanoseconds(-1)
            #expect(backend.value("wait_seconds_sum") == 2.000001)
            #expect(backend.value("wait_seconds_count") == 1_001)
            #expect(backend.value("vernier_rejected_updates_total", ["family": "wait_seconds"]) == 1)
        }

        @Test func `what swift-metrics makes of no duration is refused, and none makes the sum fall`() throws {
            let backend = Backend()
            let timer = Timer(label: "wait", factory: backend.factory)
            for seconds in [Double.nan, .infinity, 1e300] { timer.recordSeconds(seconds) }
            #expect(backend.value("wait_seconds_sum") == 0)
            #expect(backend.value("wait_seconds_count") == 0)
            #expect(backend.value("vernier_rejected_updates_total", ["family": "wait_seconds"]) == 3)
            let durations: [Int64] = [1 << 53, 1 << 53 + 1, .max - 1, .max - 1, .max - 1, .max - 1, 1 << 53, 5]
            var (last, expected) = (0.0, 0.0)
            for duration in durations {
                timer.recordNanoseconds(duration)
                let sum = try #require(backend.value("wait_seconds_sum"))
                expected += Double(duration) / 1e9
                #expect(sum >= last)
                #expect(abs(sum - expected) <= expected * 1e-12)
                last = sum
            }
            #expect(backend.value("wait_seconds_count") == 8)
            try backend.expectSoundPages()
        }

        @Test func `a recorder refuses what would spoil its sum`() {
            let backend = Backend()
            let recorder = backend.factory.makeRecorder(label: "sizes", dimensions: [], aggregate: true)
            for value in [Double.nan, .infinity, -.infinity, 2] { recorder.record(value) }
            #expect(backend.value("sizes_sum") == 2)
            #expect(backend.value("sizes_count") == 1)
            #expect(backend.value("vernier_rejected_updates_total", ["family": "sizes"]) == 3)
            #expect(backend.registry.page(as: .openMetrics).contains("\nsizes_sum 2"))
            // A gauge shows them.
            backend.factory.makeRecorder(label: "last", dimensions: [], aggregate: false).record(Double.infinity)
            #expect(backend.value("last") == .infinity)
        }

        @Test func `buckets and help texts are those of the configuration`() {
            let backend = Backend { configuration in
                configuration.timerBuckets = [0.5, 1]
                configuration.recorderBuckets = [10]
                configuration.buckets = ["slow.jobs": [60, 600], "broken": []]
                configuration.help["slow.jobs"] = "How long slow jobs take."
            }
            backend.factory.makeTimer(label: "quick", dimensions: []).recordNanoseconds(600_000_000)
            backend.factory.makeTimer(label: "slow.jobs", dimensions: []).recordNanoseconds(61_000_000_000)
            backend.factory.makeRecorder(label: "sizes", dimensions: [], aggregate: true).record(Int64(11))
            backend.factory.makeRecorder(label: "broken", dimensions: [], aggregate: true).record(1.0)
            #expect(backend.value("quick_seconds_bucket", ["le": "1"]) == 1)
            #expect(backend.value("slow_jobs_seconds_bucket", ["le": "60"]) == 0)
            #expect(backend.value("slow_jobs_seconds_bucket", ["le": "600"]) == 1)
            #expect(backend.value("sizes_bucket", ["le": "10"]) == 0)
            let helps = Dictionary(uniqueKeysWithValues: backend.registry.gather().map { ($0.name, $0.help) })
            #expect(helps["slow_jobs_seconds"] == "How long slow jobs take.")
            #expect(helps["quick_seconds"] == "quick_seconds, reported through swift-metrics.")
            // Buckets that cannot be are a clash like others.
            #expect(helps["broken"] == nil)
            #expect(backend.value("vernier_detached_metrics_total") == 1)
        }

        @Test func `exemplars come from the provider of the task`() throws {
            let backend = Backend { $0.exemplars = .automatic(every: .zero) }
            let counter = backend.factory.makeCounter(label: "hits", dimensions: [])
            ExemplarProvider { ["trace_id": "abc"] }.withCurrent { counter.increment(by: 1) }
            #expect(backend.registry.page(as: .openMetrics).contains(#"hits_total 1 # {trace_id="abc"} 1"#))
        }

        @Test func `typed metrics and reported ones are on one page`() throws {
            let backend = Backend(Registry(prefix: "shop", constantLabels: ["zone": "a"], clashPolicy: .stop))
            Vernier.Counter("orders", help: "Orders.", registry: backend.registry).increment()
            backend.factory.makeCounter(label: "carts", dimensions: [("kind", "b2b"), ("zone", "mine")]).increment(
                by: 2)
            #expect(backend.value("shop_orders_total") == 1)
            #expect(backend.value("shop_carts_total", ["kind": "b2b", "exported_zone": "mine"]) == 2)
            #expect(backend.value("shop_vernier_swiftmetrics_repaired_total", ["kind": "reserved_label"]) == 1)
            try backend.expectSoundPages()
        }
    }
#endif

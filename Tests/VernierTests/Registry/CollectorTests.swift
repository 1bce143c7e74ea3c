import Testing

@testable import Vernier

/// A collector that always returns the same.
struct Fixed: Collector {
    let families: [MetricFamilySnapshot]
    init(_ families: [MetricFamilySnapshot]) { self.families = families }
    func collect() -> [MetricFamilySnapshot] { families }
}

/// A collector made of a closure.
struct Closure: Collector {
    let name: String
    let body: @Sendable () throws -> [MetricFamilySnapshot]

    init(_ name: String, _ body: @escaping @Sendable () throws -> [MetricFamilySnapshot]) {
        self.name = name
        self.body = body
    }

    func collect() throws -> [MetricFamilySnapshot] { try body() }
}

/// A collector made of an asynchronous closure.
struct AsyncClosure: AsyncCollector {
    let name: String
    let body: @Sendable () async throws -> [MetricFamilySnapshot]

    init(_ name: String, _ body: @escaping @Sendable () async throws -> [MetricFamilySnapshot]) {
        self.name = name
        self.body = body
    }

    func collect() async throws -> [MetricFamilySnapshot] { try await body() }
}

/// A gauge as a collector hands it over.
func gauge(_ name: String, _ value: Double, _ labels: [LabelPair] = []) -> MetricFamilySnapshot {
    MetricFamilySnapshot(name, type: .gauge, help: "", metrics: [MetricSnapshot(labels: labels, .gauge(value))])
}

@Suite struct CollectorTests {
    /// The four counts of errors of a collector.
    private func errors(_ registry: Registry, _ collector: String) -> [String: Double] {
        var errors: [String: Double] = [:]
        for kind in ["threw", "late", "invalid", "clash"] { errors[kind] = registry.errors(kind, of: collector) ?? -1 }
        return errors.filter { $0.value != 0 }
    }

    @Test func `what a collector returns is on the page`() async {
        let registry = Registry(prefix: "app", constantLabels: ["zone": "z"])
        registry.register(Closure("pool") { [gauge("size", 5, [LabelPair("kind", "a")])] })
        registry.register(
            AsyncClosure("queue") {
                await Task.yield()
                return [gauge("length", 7)]
            })
        #expect(
            registry.samples(of: "app_size", "app_length") == [
                "app_length{zone=\"z\"} 7", "app_size{zone=\"z\",kind=\"a\"} 5",
            ])
        #expect(
            registry.family("vernier_collector_duration_seconds")?.labelValues == [["z", "pool"], ["z", "queue"]])
    }

    @Test func `a collector is named after its type unless it says otherwise`() async {
        struct Plain: AsyncCollector {
            func collect() async -> [MetricFamilySnapshot] { [] }
        }
        #expect(Fixed([]).name == "Fixed")
        #expect(Plain().name == "Plain")
        let registry = Registry()
        registry.register(Fixed([]))
        registry.register(Plain())
        for name in ["Fixed", "Plain"] {
            #expect(await offPool { registry.errors("threw", of: name) } == 0)
        }
    }

    @Test func `a collector that throws costs its own families only and is counted`() async {
        let registry = Registry()
        registry.register(Closure("bad") { throw Trouble() })
        registry.register(AsyncClosure("worse") { throw Trouble() })
        registry.register(Closure("good") { [gauge("fine", 1)] })
        let kinds = await offPool {
            [
                registry.errors("threw", of: "bad"), registry.errors("threw", of: "worse"),
                registry.errors("threw", of: "good"), registry.errors("late", of: "worse"),
            ]
        }
        #expect(kinds == [1, 2, 0, 0])
        #expect(await offPool { registry.samples(of: "fine") } == ["fine 1"])
    }

    @Test func `a collector that is late is left out, counted, and joined by the next gather`() {
        let registry = Registry()
        let (gate, started) = (Gate(), Box(0))
        registry.register(
            Closure("slow") {
                started.change { $0 += 1 }
                gate.wait(atMost: .seconds(60))
                return [gauge("slow", 1)]
            })
        registry.register(Closure("quick") { [gauge("quick", 1)] })
        let names = registry.gather(timeout: .milliseconds(50)).map(\.name)
        #expect(names.contains("quick"))
        #expect(!names.contains("slow"))
        #expect(!registry.gather(timeout: .zero).map(\.name).contains("slow"))
        gate.open()
        let end = ContinuousClock.now + .seconds(60)
        while !registry.gather(timeout: .seconds(60)).map(\.name).contains("slow"), .now < end {}
        #expect(.now < end)
        #expect(started.value <= 2)
        #expect(registry.errors("late", of: "slow") ?? 0 >= 2)
        #expect(registry.errors("late", of: "quick") ?? 9 <= 1)
    }

    @Test func `a reading that somebody gave up on is not waited for again`() {
        let registry = Registry()
        let gate = Gate()
        registry.register(
            Closure("stuck") {
                gate.wait(atMost: .seconds(60))
                return [gauge("stuck", 1)]
            })
        _ = registry.gather(timeout: .milliseconds(10))
        let time = ContinuousClock().measure {
            for _ in 0..<3 { _ = registry.gather(timeout: .seconds(20)) }
        }
        #expect(time < .seconds(15))
        #expect(registry.errors("late", of: "stuck") ?? 0 >= 4)
        gate.open()
    }

    @Test func `an asynchronous collector that never returns costs one deadline a gather`() {
        let registry = Registry()
        registry.register(
            AsyncClosure("stuck") {
                try await Task.sleep(for: .seconds(600))
                return []
            })
        let start = ContinuousClock.now
        for _ in 0..<3 { _ = registry.gather(timeout: .milliseconds(20)) }
        #expect(ContinuousClock.now - start < .seconds(60))
        let figures = registry.gather(names: ["vernier_collector_errors"], timeout: .zero)
        #expect(figures.first?.metrics.contains { $0.point == .counter(4) } == true)
        let durations = registry.gather(names: ["vernier_collector_duration_seconds"], timeout: .zero)
        #expect(durations.isEmpty)
    }

    @Test func `a reading is used again while it is fresh`() async {
        let registry = Registry()
        let readings = Box(0.0)
        @Sendable func read(_ name: String) -> [MetricFamilySnapshot] {
            [
                gauge(
                    name,
                    readings.change {
                        $0 += 1; return $0
                    })
            ]
        }
        registry.register(Closure("cached") { read("cached") }, cachedFor: .seconds(600))
        registry.register(AsyncClosure("task_cached") { read("task_cached") }, cachedFor: .seconds(600))
        let first = await offPool { registry.samples(of: "cached", "task_cached") }
        #expect(first.count == 2)
        registry.register(Closure("fresh") { read("fresh") }, cachedFor: .nanoseconds(1))
        for reading in 3...5 {
            #expect(await offPool { registry.samples(of: "cached", "task_cached") } == first)
            #expect(readings.value == Double(reading))
        }
    }

    @Test func `a failed reading is not tried again while it is fresh`() {
        let registry = Registry()
        let count = Box(0)
        registry.register(
            Closure("failing") {
                count.change { $0 += 1 }
                throw Trouble()
            }, cachedFor: .seconds(600))
        for _ in 0..<3 { _ = registry.gather() }
        #expect(count.value == 1)
        #expect(registry.errors("threw", of: "failing") == 4)
    }

    @Test func `gathers at once read a collector once`() async {
        let registry = Registry()
        let (count, gate, started) = (Box(0), Gate(), Gate())
        registry.register(
            Closure("single") {
                count.change { $0 += 1 }
                started.open()
                gate.wait(atMost: .seconds(60))
                return [gauge("single", 1)]
            })
        async let first = registry.gather(names: ["single"], timeout: .seconds(300))
        await offPool { started.wait(atMost: .seconds(60)) }
        await onThreads(6) { _ in _ = registry.gather(names: ["single"], timeout: .milliseconds(5)) }
        #expect(count.value == 1)
        gate.open()
        #expect(await first.count == 1)
        #expect(count.value == 1)
    }

    @Test func `any time to wait, to keep and to look back is taken`() {
        let registry = Registry()
        let most = Duration(attoseconds: .max)
        registry.register(Closure("kept") { [gauge("kept", 1)] }, cachedFor: most)
        _ = Summary("s", help: "S.", window: most, registry: registry)
        for _ in 0..<2 { #expect(registry.gather(names: ["kept"], timeout: most).count == 1) }
        _ = registry.gather(timeout: Duration(attoseconds: .min))
    }

    @Test func `families of one name are merged, in their order`() {
        let registry = Registry()
        registry.register(
            Closure("parts") {
                [gauge("x", 1, [LabelPair("part", "a")]), gauge("y", 2), gauge("x", 3, [LabelPair("part", "b")])]
            })
        #expect(registry.samples(of: "x", "y") == ["x{part=\"a\"} 1", "x{part=\"b\"} 3", "y 2"])
        #expect(registry.page(of: "x").split(separator: "\n").count { $0.hasPrefix("# TYPE") } == 1)
        #expect(errors(registry, "parts") == [:])
    }

    @Test func `a family whose name is taken is left out and counted`() {
        let registry = Registry()
        Counter("taken", help: "T.", registry: registry).increment()
        _ = Histogram("sizes", help: "S.", registry: registry)
        registry.register(Closure("first") { [gauge("taken", 9), gauge("sizes_count", 9), gauge("mine", 1)] })
        registry.register(
            Closure("second") {
                [
                    gauge("mine", 9), gauge("other", 2),
                    MetricFamilySnapshot("other", type: .counter, help: "", metrics: [MetricSnapshot(.counter(9))]),
                ]
            })
        #expect(registry.samples(of: "taken", "mine", "other") == ["mine 1", "other 2", "taken_total 1"])
        #expect(registry.errors("clash", of: "first") == 4)
        #expect(registry.errors("clash", of: "second") == 6)
        #expect(registry.errors("invalid", of: "second") == 0)
        #expect(registry.family("sizes")?.type == .histogram)
        #expect(registry.gather(names: ["sizes_count"]).count == 1)
    }
}

@Suite struct CollectedFamilyTests {
    private static func histogram(_ buckets: [(Double, UInt64)]) -> MetricPoint {
        .histogram(
            HistogramPoint(
                buckets: buckets.map { HistogramPoint.Bucket(upperBound: $0.0, cumulativeCount: $0.1) }, sum: 1))
    }

    private static func family(
        _ type: MetricType, _ point: MetricPoint, labels: [LabelPair] = [], name: String = "x", unit: String = ""
    ) -> MetricFamilySnapshot {
        MetricFamilySnapshot(name, type: type, unit: unit, help: "", metrics: [MetricSnapshot(labels: labels, point)])
    }

    private static func summary(_ ranks: [Double]) -> MetricPoint {
        .summary(
            SummaryPoint(
                quantiles: ranks.map { SummaryPoint.Quantile(quantile: $0, value: 1) }, count: 1, sum: 1))
    }

    static let invalid: [MetricFamilySnapshot] = [
        family(.summary, summary([1.1])), family(.summary, summary([-0.1])), family(.summary, summary([.nan])),
        family(.summary, summary([0.9, 0.5])), family(.summary, summary([0.5, 0.5])),
        family(.stateSet, .stateSet([StatePoint("on", isOn: true), StatePoint("on", isOn: false)])),
        family(.gauge, .gauge(1), name: ""), family(.gauge, .gauge(1), labels: [LabelPair("", "")]),
        family(.gauge, .gauge(1), labels: [LabelPair("__a", "")]),
        family(.gauge, .gauge(1), labels: [LabelPair("a.b", "1"), LabelPair("a_b", "2")]),
        family(.gauge, .gauge(1), labels: [LabelPair("a.b", "1"), LabelPair("a_dot_b", "2")]),
        family(.gauge, .gauge(1), unit: "m/s"), family(.gauge, .gauge(1), unit: "a\nb"),
        family(.stateSet, .stateSet([StatePoint("on", isOn: true)]), labels: [LabelPair("a_b", "1")], name: "a.b"),
        family(.stateSet, .stateSet([StatePoint("on", isOn: true)]), name: "a:b"),
        family(.gauge, .gauge(1), labels: [LabelPair("a", "1"), LabelPair("a", "2")]),
        family(.gauge, .gauge(1), labels: [LabelPair("zone", "mine")]),
        family(.histogram, histogram([(.infinity, 1)]), labels: [LabelPair("le", "1")]),
        family(.stateSet, .stateSet([StatePoint("on", isOn: true)]), labels: [LabelPair("x", "1")]),
        family(.counter, .counter(-1)), family(.counter, .counter(.nan)), family(.counter, .gauge(1)),
        family(.gauge, .counter(1)), family(.gauge, .unknown(1)), family(.unknown, .gauge(1)), family(.info, .gauge(1)),
        family(.summary, histogram([(.infinity, 1)])), family(.histogram, .gauge(1)), family(.stateSet, .info),
        family(.info, .info, unit: "seconds"), family(.histogram, histogram([])),
        family(.histogram, histogram([(1, 1)])),
        family(.histogram, histogram([(2, 1), (1, 2), (.infinity, 3)])),
        family(.histogram, histogram([(1, 2), (2, 1), (.infinity, 3)])),
        family(.histogram, histogram([(1, 1), (1, 1), (.infinity, 3)])),
        family(.histogram, histogram([(.nan, 1), (.infinity, 3)])),
        family(.histogram, histogram([(1, 1), (.infinity, 3), (.infinity, 3)])),
        MetricFamilySnapshot(
            "x", type: .gauge, help: "",
            metrics: [
                MetricSnapshot(labels: [LabelPair("a", "1"), LabelPair("b", "2")], .gauge(1)),
                MetricSnapshot(labels: [LabelPair("b", "2"), LabelPair("a", "1")], .gauge(2)),
            ]),
    ]

    @Test(arguments: invalid)
    func `a family that cannot be shown is left out and counted`(family: MetricFamilySnapshot) {
        let registry = Registry(constantLabels: ["zone": "z"])
        registry.register(Closure("c") { [family, gauge("fine", 1)] })
        let names = registry.familyNames
        #expect(names == ["fine"])
        let errors = registry.gather(names: ["vernier_collector_errors"]).first?.metrics ?? []
        let counts = errors.filter { $0.point != .counter(0) }.map { $0.labels.map(\.value) }
        #expect(counts == [["z", "c", "invalid"]])
    }

    @Test func `every kind of family that a collector may return is shown`() {
        let registry = Registry()
        let point = MetricPoint.summary(
            SummaryPoint(quantiles: [SummaryPoint.Quantile(quantile: 0.5, value: 3)], count: 2, sum: 6))
        registry.register(
            Fixed([
                Self.family(.counter, .counter(5), name: "a_total"),
                Self.family(.gauge, .gauge(-1.5), name: "b", unit: "volts"),
                Self.family(
                    .histogram, Self.histogram([(1, 2), (2.5, 2), (.infinity, 7)]), labels: [LabelPair("k", "\"")],
                    name: "c"),
                Self.family(.summary, point, name: "d"),
                Self.family(.info, .info, labels: [LabelPair("v", "1")], name: "e_info"),
                Self.family(
                    .stateSet, .stateSet([StatePoint("on", isOn: true), StatePoint("off", isOn: false)]), name: "f"),
                Self.family(.unknown, .unknown(9), name: "g"), MetricFamilySnapshot("h", type: .gauge, help: "Empty."),
                Self.family(.histogram, Self.histogram([(.infinity, 0)]), name: "i"),
            ]))
        #expect(registry.familyNames == ["a", "b_volts", "c", "d", "e", "f", "g", "h", "i"])
        #expect(
            registry.samples(of: "a", "b_volts", "c", "d", "e", "f", "g", "h", "i") == [
                "a_total 5", "b_volts -1.5", #"c_bucket{k="\"",le="1.0"} 2"#, #"c_bucket{k="\"",le="2.5"} 2"#,
                #"c_bucket{k="\"",le="+Inf"} 7"#, #"c_count{k="\""} 7"#, #"c_sum{k="\""} 1"#, "d{quantile=\"0.5\"} 3",
                "d_count 2", "d_sum 6", "e_info{v=\"1\"} 1", "f{f=\"on\"} 1", "f{f=\"off\"} 0", "g 9",
                "i_bucket{le=\"+Inf\"} 0", "i_count 0", "i_sum 1",
            ])
        #expect(registry.errors("invalid", of: "Fixed") == 0)
    }
}

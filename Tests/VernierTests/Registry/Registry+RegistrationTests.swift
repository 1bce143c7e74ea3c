import Testing

@testable import Vernier

@Suite struct RegistrationTests {
    /// A declaration under test, and what the error of one that clashes says.
    struct Clash: Sendable, CustomTestStringConvertible {
        let name: String
        let old: @Sendable (Registry) throws -> Void
        let new: @Sendable (Registry) throws -> Void
        let reason: RegistrationError.Reason
        let says: [String]
        var testDescription: String { name }
    }

    private static func counter(
        _ name: String = "x", help: String = "H.", unit: MetricUnit? = nil
    ) -> @Sendable (Registry) throws -> Void {
        { _ = try Counter(validating: name, unit: unit, help: help, registry: $0) }
    }

    private static func gauge(_ name: String) -> @Sendable (Registry) throws -> Void {
        { _ = try Gauge(validating: name, help: "H.", registry: $0) }
    }

    private static func labelled<L: LabelSchema>(_ labels: L) -> @Sendable (Registry) throws -> Void {
        { _ = try CounterFamily(validating: "x", help: "H.", labels: labels, registry: $0) }
    }

    private static func histogram(_ buckets: Buckets, _ name: String = "x") -> @Sendable (Registry) throws -> Void {
        { _ = try Histogram(validating: name, help: "H.", buckets: buckets, registry: $0) }
    }

    private static func summary(
        _ quantiles: [Double], _ window: Duration = .seconds(60)
    ) -> @Sendable (Registry) throws -> Void {
        { _ = try Summary(validating: "x", help: "H.", quantiles: quantiles, window: window, registry: $0) }
    }

    enum Other: String, FiniteLabel { case one, two }

    static let clashes: [Clash] = [
        Clash(name: "type", old: counter(), new: gauge("x"), reason: .clash, says: ["type (gauge, counter)"]),
        Clash(
            name: "help", old: counter(), new: counter(help: "Other."), reason: .clash,
            says: ["help", "\"Other.\"", "\"H.\""]),
        Clash(
            name: "unit", old: counter("x_bytes"), new: counter("x", unit: .bytes), reason: .clash,
            says: ["unit (\"bytes\", \"\")"]),
        Clash(
            name: "label names", old: labelled(Labels1(Label<Int>("a"))), new: labelled(Labels1(Label<Int>("b"))),
            reason: .clash, says: ["labels ([\"b\"], [\"a\"])"]),
        Clash(
            name: "number of labels", old: labelled(Labels1(Label<Int>("a"))),
            new: labelled(Labels2(Label<Int>("a"), Label<Int>("b"))), reason: .clash,
            says: ["labels ([\"a\", \"b\"], [\"a\"])"]),
        Clash(
            name: "labels or none", old: counter(), new: labelled(Labels1(Label<Int>("a"))), reason: .clash,
            says: ["labels"]),
        Clash(
            name: "label types, finite or open", old: labelled(Labels1(Label<String>("a"))),
            new: labelled(Labels1(Label<Method>("a"))), reason: .clash, says: ["the types of labels"]),
        Clash(
            name: "label types, both finite", old: labelled(Labels1(Label<Other>("a"))),
            new: labelled(Labels1(Label<Method>("a"))), reason: .clash, says: ["the types of labels"]),
        Clash(
            name: "bounds", old: histogram([1]), new: histogram([1, 2]), reason: .clash,
            says: ["shape (bounds [1.0, 2.0], bounds [1.0])"]),
        Clash(
            name: "quantiles", old: summary([0.5]), new: summary([0.9]), reason: .clash,
            says: ["quantiles [0.9]", "quantiles [0.5]"]),
        Clash(
            name: "window", old: summary([0.5]), new: summary([0.5], .seconds(61)), reason: .clash,
            says: ["61.0 seconds", "60.0 seconds"]),
        Clash(
            name: "kind of gauge", old: gauge("x"),
            new: { _ = try UpDownCounter(validating: "x", help: "H.", registry: $0) }, reason: .clash,
            says: ["updates that add", "updates that set"]),
        Clash(
            name: "type and help", old: counter(help: "Old."), new: gauge("x"), reason: .clash,
            says: ["type (gauge, counter) and help"]),
        Clash(
            name: "suffix _total, after", old: counter(), new: gauge("x_total"), reason: .suffixClash,
            says: ["\"x_total\""]),
        Clash(
            name: "suffix _total, before", old: gauge("x_total"), new: counter(), reason: .suffixClash,
            says: ["\"x_total\""]),
        Clash(
            name: "suffix _created", old: counter(), new: gauge("x_created"), reason: .suffixClash,
            says: ["\"x_created\""]),
        Clash(
            name: "suffix _count, after", old: histogram([1]), new: gauge("x_count"), reason: .suffixClash,
            says: ["\"x_count\""]),
        Clash(
            name: "suffix _sum, before", old: gauge("x_sum"), new: histogram([1]), reason: .suffixClash,
            says: ["\"x_sum\""]),
        Clash(
            name: "suffix _bucket, before", old: gauge("x_bucket"), new: histogram([1]), reason: .suffixClash,
            says: ["\"x_bucket\""]),
        Clash(
            name: "suffix of both", old: histogram([1]), new: histogram([1], "x_count"), reason: .suffixClash,
            says: ["\"x_count\""]),
        Clash(
            name: "suffix of a summary", old: gauge("x_count"), new: summary([]), reason: .suffixClash,
            says: ["\"x_count\""]),
        Clash(
            name: "suffix _info", old: gauge("x_info"),
            new: { try Info(validating: "x", help: "H.", [:], registry: $0) },
            reason: .suffixClash, says: ["\"x_info\""]),
    ]

    @Test(arguments: clashes)
    func `a declaration that clashes with another is refused with an error that names both`(clash: Clash) throws {
        let registry = Registry()
        try clash.old(registry)
        let before = registry.page(as: .openMetrics)
        let error = #expect(throws: RegistrationError.self) { try clash.new(registry) }
        let description = try #require(error?.description)
        #expect(error?.reason == clash.reason)
        for part in clash.says + ["which was declared before", "Give one another name"] {
            #expect(description.contains(part), "\(description)")
        }
        #expect(registry.page(as: .openMetrics) == before)
    }

    @Test func `names that only look alike do not clash`() throws {
        let registry = Registry()
        try Self.counter()(registry)
        try Self.gauge("x_count")(registry)
        try Self.gauge("x_info")(registry)
        try Self.gauge("X")(registry)
        try Self.histogram([1], "x_y")(registry)
        #expect(registry.familyNames == ["X", "x", "x_count", "x_info", "x_y"])
    }

    @Test func `constant labels belong to the declaration`() throws {
        let first = try FamilyDescriptor("x", type: .gauge, unit: nil, help: "", constantLabels: [LabelPair("a", "1")])
        let second = try FamilyDescriptor("x", type: .gauge, unit: nil, help: "", constantLabels: [LabelPair("a", "2")])
        let registry = Registry()
        _ = try registry.register(first) { InfoFamily(first, []) }
        let error = #expect(throws: RegistrationError.self) {
            try registry.register(second) { InfoFamily(second, []) }
        }
        #expect(error?.description.contains("differ in constant labels") == true)
        #expect(error?.description.contains("a=\"1\"") == true)
    }

    @Test func `the same declaration is the same metric`() {
        let registry = Registry()
        for _ in 0..<2 {
            Counter("a", help: "H.", registry: registry).increment()
            UpDownCounter("b", help: "H.", registry: registry).increment()
            Gauge("c", help: "H.", registry: registry).add(1)
            Histogram("d", help: "H.", buckets: [1], registry: registry).observe(1)
            Summary("e", help: "H.", quantiles: [], registry: registry).observe(1)
            CounterFamily("f", help: "H.", labels: .of(Label<Int>("id")), registry: registry)[1].increment()
            HistogramFamily("g", help: "H.", buckets: [1], labels: .of(Label<Method>("m")), registry: registry)[.get]
                .observe(1)
        }
        #expect(registry.samples(of: "a", "b", "c") == ["a_total 2", "b 2", "c 2"])
        #expect(registry.samples(of: "d").contains("d_count 2"))
        #expect(registry.samples(of: "e") == ["e_count 2", "e_sum 2"])
        #expect(registry.samples(of: "f") == ["f_total{id=\"1\"} 2"])
        #expect(registry.samples(of: "g").contains("g_count{m=\"GET\"} 2"))
        #expect(registry.familyNames == ["a", "b", "c", "d", "e", "f", "g"])
    }

    @Test(arguments: [
        ("a.b", "a_b", "a_b"), ("a_b", "a.b", "a_b"), ("a.b", "a-b", "a_b"), ("a.b", "a_dot_b", "a_dot_b"),
        ("U__a_2e_b", "a.b", "U__a_2e_b"), ("a_b_total", "a.b", "a_b_total"),
    ])
    func `names that are one under an escaping scheme clash`(first: String, second: String, name: String) {
        let registry = Registry()
        _ = Gauge(first, help: "First.", registry: registry)
        let type = first.hasSuffix("_total")
        let error = #expect(throws: RegistrationError.self) {
            if type {
                _ = try Counter(validating: second, help: "Second.", registry: registry)
            } else {
                _ = try Gauge(validating: second, help: "Second.", registry: registry)
            }
        }
        #expect(error?.reason == .suffixClash)
        for part in ["\"\(first)\"", "\"\(second)\"", "both would expose the name \"\(name)\""] {
            #expect(error?.description.contains(part) == true)
        }
        registry.register(Closure("late") { [MetricFamilySnapshot(second, type: .gauge, help: "")] })
        if !type { #expect(registry.familyNames == [first]) }
    }

    @Test func `label names that are one under an escaping scheme are refused`() {
        let registry = Registry(constantLabels: ["a.b": "c"])
        let error = #expect(throws: RegistrationError.self) {
            try CounterFamily(validating: "x", help: "X.", labels: .of(Label<String>("a_b")), registry: registry)
        }
        #expect(error?.description.contains("the label names \"a.b\" and \"a_b\" are both \"a_b\"") == true)
    }

    @Test func `detached declarations made again and again take no more memory`() {
        let registry = Registry(clashPolicy: .detach)
        Counter("x", help: "One.", registry: registry).increment()
        let first = Counter("x", help: "Two.", registry: registry)
        first.increment()
        #expect(Counter("x", help: "Two.", registry: registry).value == 1)
        for number in 0..<3_000 { Counter("x", help: "\(number)", registry: registry).increment() }
        for number in 0..<3_000 { Counter("n\(number)", unit: "/", help: "N.", registry: registry).increment() }
        let (stores, messages) = registry.state.withLock { ($0.detached.count, $0.complained.count) }
        #expect(stores <= Registry.detachedLimit + 1)
        #expect(messages <= Registry.detachedLimit)
        #expect(registry.detachedCount == .counter(6_002))
        #expect(registry.samples(of: "x") == ["x_total 1"])
    }

    @Test func `a declaration that clashes is detached, works, and is counted`() {
        let registry = Registry(clashPolicy: .detach)
        let first = Counter("x", help: "First.", registry: registry)
        let second = Counter("x", help: "Second.", registry: registry)
        let third = Gauge("", help: "Third.", registry: registry)
        let family = HistogramFamily("x", help: "Fourth.", labels: .of(Label<String>("a")), registry: registry)
        first.increment()
        second.increment(by: 5)
        third.set(7)
        family["v"].observe(1)
        #expect(second.value == 5)
        #expect(third.value == 7)
        #expect(family.seriesCount == 1)
        #expect(registry.samples(of: "x") == ["x_total 1"])
        #expect(registry.familyNames == ["x"])
        #expect(registry.detachedCount == .counter(3))
        _ = Counter("x", help: "Second.", registry: registry)
        #expect(registry.detachedCount == .counter(4))
    }

    @Test func `each complaint is made once on standard error`() async {
        let result = await #expect(processExitsWith: .success, observing: [\.standardErrorContent]) {
            let registry = Registry(clashPolicy: .detach)
            _ = Counter("x", help: "First.", registry: registry)
            for _ in 0..<3 { _ = Counter("x", help: "Second.", registry: registry) }
        }
        let lines = text(result?.standardErrorContent ?? []).split(separator: "\n").filter { $0.contains("clashes") }
        #expect(lines.count == 1)
        #expect(lines.first?.hasPrefix("vernier: The counter \"x\"") == true)
        #expect(lines.first?.hasSuffix("It works, but it is not exposed.") == true)
    }

    @Test func `threads that declare the same at once share one metric`() async {
        let registry = Registry()
        await onThreads(8) { _ in
            for number in 0..<100 { Counter("shared_\(number)", help: "S.", registry: registry).increment() }
        }
        #expect(registry.familyNames.count == 100)
        #expect(registry.samples(of: "shared_0", "shared_99") == ["shared_0_total 8", "shared_99_total 8"])
    }
}

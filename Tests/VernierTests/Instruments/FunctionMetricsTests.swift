import Testing

@testable import Vernier

@Suite struct FunctionMetricsTests {
    @Test func `the closure is read at each gather`() {
        let registry = Registry()
        let value = Box(1.5)
        GaugeFunction("idle", help: "I.", registry: registry) { value.value }
        CounterFunction("evictions", help: "E.", registry: registry) { value.value * 2 }
        #expect(registry.samples(of: "idle", "evictions") == ["evictions_total 3", "idle 1.5"])
        value.set(-2)
        #expect(registry.samples(of: "idle") == ["idle -2"])
        #expect(registry.family("idle")?.type == .gauge)
        #expect(registry.family("evictions")?.type == .counter)
    }

    @Test(arguments: [(-1.0, "0"), (.nan, "0"), (-.infinity, "0"), (0.5, "0.5"), (.infinity, "+Inf")])
    func `a counter that falls below zero or is no number shows zero`(value: Double, text: String) {
        let registry = Registry()
        CounterFunction("evictions", help: "E.", registry: registry) { value }
        #expect(registry.samples(of: "evictions") == ["evictions_total \(text)"])
    }

    @Test func `a gauge shows any number`() {
        let registry = Registry()
        GaugeFunction("idle", unit: .ratio, help: "I.", registry: registry) { .nan }
        #expect(registry.samples(of: "idle_ratio") == ["idle_ratio NaN"])
    }

    @Test func `a closure returns a value for each series, of which the first of equal ones counts`() {
        let registry = Registry()
        GaugeFunction(
            "pools", help: "P.", labels: .of(Label<String>("name"), Label<Bool>("is_open")), registry: registry
        ) {
            [(("a", true), 1), (("b\"", false), 2), (("a", true), 3), (("a", false), 4)]
        }
        CounterFunction("hits", help: "H.", labels: .of(Label<Method>("method")), registry: registry) {
            [(.post, 5), (.get, -1)]
        }
        #expect(
            registry.samples(of: "pools") == [
                #"pools{name="a",is_open="true"} 1"#, #"pools{name="b\"",is_open="false"} 2"#,
                #"pools{name="a",is_open="false"} 4"#,
            ])
        #expect(registry.samples(of: "hits") == ["hits_total{method=\"POST\"} 5", "hits_total{method=\"GET\"} 0"])
    }

    @Test func `the closure may use the registry`() {
        let registry = Registry()
        let counter = Counter("base", help: "B.", registry: registry)
        GaugeFunction("twice", help: "T.", registry: registry) {
            counter.increment()
            _ = Gauge("made_inside", help: "M.", registry: registry)
            return counter.value * 2
        }
        #expect(registry.samples(of: "twice") == ["twice 2"])
    }

    @Test func `a name known at run time is registered or refused`() throws {
        let registry = Registry()
        try GaugeFunction(validating: "g", help: "G.", registry: registry) { 1 }
        try CounterFunction(validating: "c", help: "C.", registry: registry) { 2 }
        try GaugeFunction(validating: "gs", help: "G.", labels: .of(Label<String>("l")), registry: registry) {
            [("a", 3)]
        }
        try CounterFunction(validating: "cs", help: "C.", labels: .of(Label<String>("l")), registry: registry) {
            [("a", 4)]
        }
        #expect(
            registry.samples(of: "g", "c", "gs", "cs") == ["c_total 2", "cs_total{l=\"a\"} 4", "g 1", "gs{l=\"a\"} 3"])
        #expect(throws: RegistrationError.self) {
            try GaugeFunction(validating: "g", help: "G.", registry: registry) { 1 }
        }
        #expect(throws: RegistrationError.self) {
            try CounterFunction(validating: "", help: "C.", registry: registry) { 1 }
        }
    }

    @Test func `a second source of one name is detached, and so is a clash with another kind`() {
        let registry = Registry(clashPolicy: .detach)
        GaugeFunction("idle", help: "I.", registry: registry) { 1 }
        GaugeFunction("idle", help: "I.", registry: registry) { 2 }
        #expect(registry.samples(of: "idle") == ["idle 1"])
        #expect(registry.detachedCount == .counter(1))
        CounterFunction("idle", help: "I.", registry: registry) { 2 }
        let gauge = Gauge("idle", help: "I.", registry: registry)
        gauge.set(3)
        #expect(registry.samples(of: "idle") == ["idle 1"])
        #expect(registry.detachedCount == .counter(3))
        _ = Counter("hits", help: "H.", registry: registry)
        CounterFunction("hits", help: "H.", registry: registry) { 7 }
        #expect(registry.samples(of: "hits") == ["hits_total 0"])
        #expect(registry.detachedCount == .counter(4))
    }
}

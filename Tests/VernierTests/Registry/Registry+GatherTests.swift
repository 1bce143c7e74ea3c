import Testing

@testable import Vernier

@Suite struct GatherTests {
    @Test func `families come by name, whatever the order of their making`() {
        let names = ["delta", "alpha", "Zulu", "_under", "alpha_b", "charlie:x", "bravo"]
        var generator = SplitMix(seed: 5)
        for _ in 0..<20 {
            let registry = Registry()
            for name in names.shuffled(using: &generator) { _ = Gauge(name, help: "H.", registry: registry) }
            #expect(registry.familyNames == ["Zulu", "_under", "alpha", "alpha_b", "bravo", "charlie:x", "delta"])
            _ = Gauge("b", help: "H.", registry: registry)
            #expect(registry.familyNames == ["Zulu", "_under", "alpha", "alpha_b", "b", "bravo", "charlie:x", "delta"])
        }
    }

    @Test func `families of collectors and the registry's own are in their place by name`() {
        let registry = Registry()
        for name in ["zebra", "monkey", "vernier_m"] { _ = Gauge(name, help: "H.", registry: registry) }
        registry.register(
            Fixed([
                MetricFamilySnapshot("zz", type: .gauge, help: ""), MetricFamilySnapshot("ape", type: .gauge, help: ""),
                MetricFamilySnapshot("nut", type: .gauge, help: ""),
            ]))
        let names = registry.gather().map(\.name)
        #expect(names == names.sorted())
        #expect(
            Set(names).isSuperset(of: ["zebra", "monkey", "zz", "ape", "nut", "vernier_m", "vernier_detached_metrics"]))
        #expect(registry.gather().map(\.name) == names)
    }

    @Test func `series come in the order of their making`() {
        let registry = Registry()
        let family = CounterFamily("x", help: "X.", labels: .of(Label<String>("name")), registry: registry)
        for name in ["c", "a", "b"] { _ = family[name] }
        for _ in 0..<3 { #expect(registry.family("x")?.labelValues == [["c"], ["a"], ["b"]]) }
    }

    @Test(
        arguments: [
            (["x"], ["x"]), (["x_total"], ["x"]), (["x_created"], ["x"]), (["h_bucket"], ["h"]),
            (["h_sum", "g"], ["g", "h"]), ([], []),
            (["other"], []), (["x_sum"], []),
        ] as [(Set<String>, [String])]) func `names limit a gather to families or their samples`(
            names: Set<String>, families: [String]
        )
    {
        let registry = Registry()
        _ = Counter("x", help: "X.", registry: registry)
        _ = Gauge("g", help: "G.", registry: registry)
        _ = Histogram("h", help: "H.", registry: registry)
        #expect(registry.gather(names: names).map(\.name) == families)
    }

    @Test func `an asynchronous gather returns the same`() async {
        let registry = Registry()
        Counter("x", unit: .bytes, help: "X.", registry: registry).increment(by: 5)
        let families = await registry.gather(names: ["x_bytes"])
        #expect(
            families == [
                MetricFamilySnapshot(
                    "x_bytes", type: .counter, unit: "bytes", help: "X.",
                    metrics: [MetricSnapshot(.counter(5), created: families.first?.metrics.first?.created)])
            ])
        #expect(families == [registry.family("x_bytes")])
    }

    @Test func `asynchronous gathers do not hold the threads of the pool`() async {
        let registry = Registry()
        let gate = Gate()
        registry.register(
            Closure("slow") {
                gate.wait(atMost: .seconds(60))
                return [MetricFamilySnapshot("slow", type: .gauge, help: "")]
            })
        let results = await withTaskGroup(of: Int.self) { group in
            for _ in 0..<32 { group.addTask { await registry.gather(names: ["slow"], timeout: .seconds(60)).count } }
            group.addTask {
                gate.open()
                return 0
            }
            return await group.reduce(0, +)
        }
        #expect(results == 32)
    }

    @Test func `a snapshot has every kind of value`() throws {
        let registry = Registry(constantLabels: ["c": "1"])
        UpDownCounter("a", help: "A.", registry: registry).increment(by: -3)
        Gauge("b", help: "B.", registry: registry).set(1.5)
        Histogram("d", unit: .seconds, help: "D.", buckets: [1], registry: registry).observe(.milliseconds(1_500))
        Summary("e", help: "E.", quantiles: [], registry: registry).observe(2)
        registry.register(
            Fixed([MetricFamilySnapshot("u", type: .unknown, help: "U.", metrics: [MetricSnapshot(.unknown(7))])]))
        #expect(registry.point(of: "a") == .gauge(-3))
        #expect(registry.point(of: "b") == .gauge(1.5))
        #expect(registry.histogram("d_seconds")?.sum == 1.5)
        #expect(registry.point(of: "e") == .summary(SummaryPoint(quantiles: [], count: 1, sum: 2)))
        #expect(registry.point(of: "u") == .unknown(7))
        #expect(registry.family("u")?.metrics.first?.labels == [LabelPair("c", "1")])
        #expect(registry.family("d_seconds")?.unit == "seconds")
        #expect(HistogramPoint(buckets: [], sum: 0).count == 0)
    }
}

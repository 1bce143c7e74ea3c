import Testing

@testable import Vernier

@Suite struct DynamicFamilyTests {
    private let registry = Registry(clashPolicy: .stop)

    private func counters(
        _ name: String, limit: Int = 100, names: DynamicNames = .legacy, in registry: Registry? = nil
    ) -> DynamicFamily<Counter> {
        DynamicFamily(
            counters: name, help: "Help.", names: names, limit: limit, exemplars: .byHand,
            registry: registry ?? self.registry)
    }

    private func count(_ family: DynamicFamily<Counter>, _ labels: [LabelPair]) -> SeriesKey? {
        let series = family.series(family.lookup(labels))
        series.instrument.increment()
        return series.key
    }

    @Test func `each series has labels of its own, sorted and once`() {
        let family = counters("hits")
        let one = count(family, [LabelPair("b", "2"), LabelPair("a", "1")])
        let same = count(family, [LabelPair("a", "1"), LabelPair("c", ""), LabelPair("b", "2")])
        let none = count(family, [])
        let other = count(family, [LabelPair("z", "a \"quoted\" value\n")])
        #expect(one == same)
        #expect(Set([one, none, other]).count == 3)
        #expect(family.clash == nil)
        let lines = registry.page(as: .text).split(separator: "\n").filter { $0.hasPrefix("hits_total") }
        #expect(
            lines == ["hits_total{a=\"1\",b=\"2\"} 2", "hits_total 1", #"hits_total{z="a \"quoted\" value\n"} 1"#])
    }

    @Test func `the same declaration is the same family`() {
        let labels = [LabelPair("a", "1")]
        #expect(count(counters("hits"), labels) == count(counters("hits"), labels))
        #expect(registry.page(as: .text).contains("hits_total{a=\"1\"} 2"))
    }

    @Test func `one that clashes works, is not exposed, and stops no program`() {
        Gauge("hits", help: "Others.", registry: registry).set(1)
        let family = counters("hits")
        let message = family.clash?.description ?? ""
        #expect(message.contains("counter \"hits\" with labels that come with each series, help"), "\(message)")
        #expect(count(family, [LabelPair("a", "1")]) != nil)
        #expect(family.series(family.lookup([LabelPair("a", "1")])).instrument.value == 1)
        #expect(!registry.page(as: .text).contains("hits_total"))
        #expect(registry.page(as: .text).contains("vernier_detached_metrics_total 0"))
        family.reportClash(in: registry)
        #expect(registry.page(as: .text).contains("vernier_detached_metrics_total 1"))
    }

    @Test func `beyond the limit there is one series for all`() {
        let family = counters("hits", limit: 2)
        for number in 0..<5 { _ = count(family, [LabelPair("a", "\(number)")]) }
        #expect(count(family, [LabelPair("a", "7")]) == nil)
        #expect(count(family, [LabelPair("a", "1")]) != nil)
        // A caller's labels may be those of that series.
        #expect(count(family, [LabelPair("overflow", "__overflow__")]) == nil)
        #expect(family.overflow(family.lookup([LabelPair("a", "8")])) != nil)
        #expect(family.overflow(family.lookup([LabelPair("a", "1")])) == nil)
        #expect(registry.page(as: .text).contains("hits_total{overflow=\"__overflow__\"} 5"))
    }

    @Test func `labels that no series can have are in the one for all, which counts them`() {
        let family = counters("hits")
        family.overflow().increment()
        family.overflow().increment()
        _ = count(family, [LabelPair("a", "1")])
        let page = registry.page(as: .text)
        #expect(page.contains("hits_total{overflow=\"__overflow__\"} 2"))
        #expect(page.contains("hits_total{a=\"1\"} 1"))
        #expect(page.contains("vernier_overflowed_lookups_total{family=\"hits\"} 2"))
    }

    @Test func `labels that come with each series and others, or of any names, are a clash of labels`() {
        _ = counters("hits")
        for (names, text) in [
            (nil, #"labels ([], labels that come with each series)"#),
            (
                DynamicNames.any,
                "labels (labels of any names that come with each series, labels that come with each series)"
            ),
        ] {
            let error = #expect(throws: RegistrationError.self) {
                var declaration = Counter.kind.declaration("hits", nil, "Help.", exemplars: .byHand)
                declaration.dynamicNames = names
                _ = try declaration.registered(in: registry)
            }
            #expect(error?.description.contains("they differ in \(text).") == true, "\(error?.description ?? "")")
        }
    }

    @Test func `the series for all has no label that all metrics have, in any form`() {
        for (constant, label) in [
            (["overflow": "1", "exported_overflow": "2"] as KeyValuePairs, "exported_exported_overflow"),
            (["exported_overflow": "1"], "overflow"),
            (["overflow": "1", "exported.overflow": "2"], "exported_exported_overflow"),
        ] {
            let registry = Registry(constantLabels: constant)
            let family = counters("hits", limit: 1, in: registry)
            for number in 0..<3 { _ = count(family, [LabelPair("a", "\(number)")]) }
            #expect(registry.page(as: .text).contains(",\(label)=\"__overflow__\"} 2"))
        }
    }

    @Test func `the series for all has another label where the registry has that one`() {
        let registry = Registry(constantLabels: ["overflow": "mine"])
        let family = counters("hits", limit: 1, in: registry)
        for number in 0..<3 { _ = count(family, [LabelPair("a", "\(number)")]) }
        #expect(
            registry.page(as: .text).contains("hits_total{overflow=\"mine\",exported_overflow=\"__overflow__\"} 2"))
    }

    @Test func `a counter that is set back goes on counting, and an old one has no say`() throws {
        let family = counters("hits")
        let lookup = family.lookup([LabelPair("a", "1")])
        let old = family.series(lookup)
        let key = try #require(old.key)
        old.instrument.increment(by: 5)
        #expect(family.reset(old.instrument, key))
        old.instrument.increment()
        #expect(old.instrument.value == 1)
        #expect(family.remove(key))
        #expect(!family.reset(old.instrument, key))
        let new = family.series(lookup)
        new.instrument.increment(by: 3)
        #expect(!family.reset(old.instrument, key))
        old.instrument.increment()
        #expect(new.instrument.value == 3)
    }

    @Test func `names that pages show in the same way are one`() {
        let family = counters("hits", names: .any)
        #expect(family.claim(label: "a.b") == "a.b")
        #expect(family.claim(label: "a_b") == "a.b")
        #expect(family.claim(label: "a-b") == "a.b")
        #expect(family.claim(label: "U__a_2e_b") == "a.b")
        #expect(family.claim(label: "ab") == "ab")
        _ = count(family, [LabelPair("a.b", "1")])
        #expect(registry.page(as: .text).contains("hits_total{a_b=\"1\"} 1"))
        #expect(registry.page(as: .utf8Text).contains("hits_total{\"a.b\"=\"1\"} 1"))
        let claimed = (0..<5_000).count { family.claim(label: "name\($0)") != nil }
        #expect(claimed < 2_000)
        #expect(family.claim(label: "name0") == "name0")
    }
}

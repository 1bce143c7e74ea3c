import Testing
import Vernier
import VernierTesting

@Suite struct LintTests {
    private struct PrefixRule: LintRule {
        let name = "prefix"
        func findings(in family: LintedFamily) -> [String] { family.name.hasPrefix("shop_") ? [] : ["no prefix"] }
    }

    @Test func problemsComeByFamilyRuleAndMessage() {
        let families = [
            MetricFamilySnapshot("wait_ms", type: .gauge, help: ""),
            MetricFamilySnapshot("aB", type: .gauge, help: "A."),
        ]
        #expect(
            Lint.problems(in: families).map(\.description) == [
                "aB: the name should be in snake_case [camel-case]",
                "wait_ms: there is no help text: say what the metric means [help]",
                "wait_ms: the name should have the unit in full, not \"ms\" [unit-abbreviation]",
            ])
    }

    @Test func rulesMayBeLeftOutAndAdded() {
        let families = [MetricFamilySnapshot("wait_ms", type: .gauge, help: "")]
        let fewer = Lint.rules(without: HelpRule.self, UnitAbbreviationRule.self)
        #expect(fewer.count == Lint.rules.count - 2)
        #expect(Lint.problems(in: families, rules: fewer).isEmpty)
        let own = Lint.problems(in: families, rules: fewer + [PrefixRule()])
        #expect(own == Lint.problems(in: families, rules: [PrefixRule()]))
        #expect(own.map(\.rule) == ["prefix"])
    }

    @Test func rulesHaveNamesOfTheirOwn() {
        #expect(Set(Lint.rules.map(\.name)).count == Lint.rules.count)
        #expect(Lint.rules.count == 10)
    }

    @Test func aRegistryIsJudgedWithItsCollectors() {
        struct Pool: Collector {
            func collect() -> [MetricFamilySnapshot] { [MetricFamilySnapshot("pool", type: .gauge, help: "")] }
        }
        let registry = Registry()
        registry.register(Pool())
        _ = Counter("orders", help: "Orders.", registry: registry)
        _ = Gauge("wait", unit: "minutes", help: "Wait.", registry: registry)
        #expect(Lint.problems(in: registry).map(\.family) == ["pool", "wait_minutes"])
        #expect(Lint.problems(in: registry, leavingOut: ["po*"]).map(\.rule) == ["base-unit"])
    }

    @Test func whatThisLibraryShowsByItselfHasNoProblem() {
        let registry = Registry()
        registry.register(ProcessCollector())
        registry.register(RuntimeCollector())
        let problems = Lint.problems(in: registry)
        #expect(problems.isEmpty, "\(problems)")
        #expect(registry.value(of: "process_start_time_seconds") != nil)
    }
}

@Suite struct LintedFamilyTests {
    @Test(arguments: [
        (MetricType.counter, "x_total", MetricType.counter), (.gauge, "x", .gauge), (.info, "x_info", .gauge),
        (.stateSet, "x", .gauge), (.histogram, "x", .histogram), (.summary, "x", .summary), (.unknown, "x", .unknown),
        (.gaugeHistogram, "x", .histogram),
    ])
    func aFamilyIsJudgedAsAPageShowsIt(type: MetricType, name: String, shown: MetricType) {
        let family = LintedFamily(MetricFamilySnapshot("x", type: type, help: "X."))
        #expect(family.name == name)
        #expect(family.type == shown)
        #expect(family.help == "X.")
    }

    @Test func namesOfAnyCharactersAreJudgedAsSuchAPageWritesThem() {
        let metrics = [MetricSnapshot(labels: [LabelPair("http.method", "GET")], .counter(1))]
        let family = LintedFamily(MetricFamilySnapshot("http.wait.ms", type: .counter, help: "X.", metrics: metrics))
        #expect(family.name == "http_wait_ms_total")
        #expect(family.labelNames == ["http_method"])
        #expect(UnitAbbreviationRule().findings(in: family).count == 1)
    }

    @Test func labelNamesAreThoseOfAllMetricsAndOfTheStateSet() {
        let metrics = [
            MetricSnapshot(labels: [LabelPair("b", "1"), LabelPair("a", "1")], .stateSet([])),
            MetricSnapshot(labels: [LabelPair("c", "1"), LabelPair("a", "2")], .stateSet([])),
        ]
        let family = LintedFamily(MetricFamilySnapshot("phase", type: .stateSet, help: "X.", metrics: metrics))
        #expect(family.labelNames == ["a", "b", "c", "phase"])
        #expect(family.metrics == metrics)
    }
}

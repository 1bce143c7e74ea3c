import Testing
import Vernier
import VernierTesting

@Suite struct DuplicateMetricRuleTests {
    @Test func labelsThatStandTwiceAreFoundInWhicheverOrder() {
        let findings = DuplicateMetricRule().findings(
            in: family("x", labels: [["a", "b"], ["b", "a"], ["a"], ["b", "a"]]))
        #expect(findings == [#"x{a="v",b="v"} stands more than once"#])
    }

    @Test func labelsThatDifferInNameOrBytesAreRight() {
        #expect(DuplicateMetricRule().findings(in: family("x", labels: [["a"], ["b"], []])).isEmpty)
        let metrics = ["\u{e9}", "e\u{301}"].map { MetricSnapshot(labels: [LabelPair("a", $0)], .gauge(1)) }
        let accents = LintedFamily(MetricFamilySnapshot("x", type: .gauge, help: "X.", metrics: metrics))
        #expect(DuplicateMetricRule().findings(in: accents).isEmpty)
    }
}

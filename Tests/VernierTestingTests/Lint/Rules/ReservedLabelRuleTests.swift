import Testing
import Vernier
import VernierTesting

@Suite struct ReservedLabelRuleTests {
    @Test(arguments: [
        (MetricType.gauge, ["le", "quantile"]), (.counter, ["le", "quantile"]), (.histogram, ["quantile"]),
        (.summary, ["le"]), (.unknown, []),
    ])
    func labelsOfOtherTypesAreFound(type: MetricType, found: [String]) {
        let findings = ReservedLabelRule().findings(
            in: family("x", type, labels: [["a", "le"], ["quantile"], ["le"]]))
        #expect(findings.count == found.count)
        #expect(zip(findings, found).allSatisfy { $0.contains("\"\($1)\"") })
        #expect(ReservedLabelRule().findings(in: family("x", type, labels: [["a", "les"]])).isEmpty)
    }
}

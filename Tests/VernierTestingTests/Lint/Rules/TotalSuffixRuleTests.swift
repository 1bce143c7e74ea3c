import Testing
import Vernier
import VernierTesting

@Suite struct TotalSuffixRuleTests {
    @Test func aCounterOfAPageWithoutTheSuffixIsFound() {
        var snapshot = MetricFamilySnapshot("orders", type: .counter, help: "X.")
        #expect(TotalSuffixRule().findings(in: LintedFamily(snapshot)).isEmpty)
        snapshot.omitsTotal = true
        #expect(
            TotalSuffixRule().findings(in: LintedFamily(snapshot)) == [
                "the name of a counter should end with \"_total\""
            ])
    }

    @Test(arguments: [MetricType.gauge, .histogram, .summary, .stateSet, .gaugeHistogram])
    func anotherTypeWithTheSuffixIsFound(type: MetricType) {
        #expect(
            TotalSuffixRule().findings(in: family("orders_total", type)) == [
                "only the name of a counter should end with \"_total\""
            ])
        #expect(TotalSuffixRule().findings(in: family("orders_totals", type)).isEmpty)
    }

    @Test func aMetricOfUnknownTypeMayBeEither() {
        #expect(TotalSuffixRule().findings(in: family("orders_total", .unknown)).isEmpty)
        #expect(TotalSuffixRule().findings(in: family("orders", .unknown)).isEmpty)
    }
}

import Testing
import Vernier
import VernierTesting

@Suite struct PageLintTests {
    @Test func aPageIsJudgedAsWhatItHolds() throws {
        let page = "# HELP orders Orders.\n# TYPE orders counter\norders 1\nwait_ms 2\n"
        let problems = try Lint.problems(inPage: page, as: .text)
        #expect(
            problems.map(\.description) == [
                "orders: the name of a counter should end with \"_total\" [total-suffix]",
                "wait_ms: there is no help text: say what the metric means [help]",
                "wait_ms: the name should have the unit in full, not \"ms\" [unit-abbreviation]",
            ])
        #expect(try Lint.problems(inPage: page, as: .text, rules: [ColonRule()]).isEmpty)
        #expect(throws: (any Error).self) { try Lint.problems(inPage: "x 1", as: .openMetrics) }
    }

    /// Names that each type gets something to say about, from a registry's point of view and from that of who reads its page.
    @Test(arguments: [
        "waitTime_ms", "orders_kilobytes", "x_gauge", "x_histogram_a", "x_summary", "a:b", "x.days", "x_counter",
    ])
    func whatIsGatheredIsJudgedAsItsPage(name: String) throws {
        let bucket = HistogramPoint.Bucket(upperBound: .infinity, cumulativeCount: 1)
        let points: [(MetricType, MetricPoint)] = [
            (.counter, .counter(1)), (.gauge, .gauge(1)), (.info, .info), (.unknown, .unknown(1)),
            (.histogram, .histogram(HistogramPoint(buckets: [bucket], sum: 1))),
            (.summary, .summary(SummaryPoint(quantiles: [.init(quantile: 0.5, value: 1)], count: 1, sum: 1))),
            (.stateSet, .stateSet([StatePoint("on", isOn: true)])),
        ]
        for (type, point) in points where type != .stateSet || !name.contains(":") {
            for help in ["", "Help."] {
                let metric = MetricSnapshot(labels: [LabelPair("aB", "v")], point)
                let family = MetricFamilySnapshot(name, type: type, help: help, metrics: [metric])
                let page = String(decoding: try ExpositionFormat.text.page(of: [family]), as: UTF8.self)
                let problems = Lint.problems(in: [family])
                #expect(try Lint.problems(inPage: page, as: .text) == problems)
                #expect(!problems.isEmpty)
            }
        }
    }
}

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
}

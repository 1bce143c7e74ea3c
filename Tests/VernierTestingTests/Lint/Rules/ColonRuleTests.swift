import Testing
import VernierTesting

@Suite struct ColonRuleTests {
    @Test func aColonIsFound() {
        #expect(ColonRule().findings(in: family("job:x")).count == 1)
        #expect(ColonRule().findings(in: family(":")).count == 1)
        #expect(ColonRule().findings(in: family("job_x")).isEmpty)
    }
}

import Testing
import VernierTesting

@Suite struct HelpRuleTests {
    @Test func aFamilyWithoutHelpIsFound() {
        #expect(HelpRule().findings(in: family("x", help: "")) == ["there is no help text: say what the metric means"])
        #expect(HelpRule().findings(in: family("x")).isEmpty)
        #expect(HelpRule().findings(in: family("x", help: " ")).isEmpty)
    }
}

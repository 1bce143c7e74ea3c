import Testing
import VernierTesting

@Suite struct CamelCaseRuleTests {
    @Test func capitalsAfterSmallLettersAreFoundInNamesAndLabels() {
        let findings = CamelCaseRule().findings(
            in: family("xY", labels: [["fooBar", "ok"], ["ok", "fooBar"], ["aB"]]))
        #expect(
            findings == [
                "the name should be in snake_case", "the label \"aB\" should be in snake_case",
                "the label \"fooBar\" should be in snake_case",
            ])
    }

    @Test(arguments: ["x_Y", "XY", "X", "Xy", "x1Y", "x_y", ""])
    func capitalsElsewhereAreRight(name: String) {
        #expect(CamelCaseRule().findings(in: family(name, labels: [[name]])).isEmpty)
    }
}

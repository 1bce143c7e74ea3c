/// Names and labels are written in snake_case.
public struct CamelCaseRule: LintRule {
    /// The rule's name, `camel-case`.
    public let name = "camel-case"

    /// Makes the rule.
    public init() {}

    /// Finds a capital after a small letter, in the name and in each label.
    public func findings(in family: LintedFamily) -> [String] {
        (isCamelCase(family.name) ? ["the name should be in snake_case"] : [])
            + family.labelNames.filter(isCamelCase).map { "the label \"\($0)\" should be in snake_case" }
    }

    private func isCamelCase(_ name: String) -> Bool {
        let (small, capitals) = (UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"))
        return zip(name.utf8, name.utf8.dropFirst()).contains { small.contains($0) && capitals.contains($1) }
    }
}

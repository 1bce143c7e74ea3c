/// Units in names are written out: `wait_seconds` and not `wait_s`.
public struct UnitAbbreviationRule: LintRule {
    /// The rule's name, `unit-abbreviation`.
    public let name = "unit-abbreviation"

    private static let abbreviations = [
        "b", "d", "gb", "h", "kb", "m", "mb", "ms", "ns", "pb", "s", "sec", "tb", "us",
    ]

    /// Makes the rule.
    public init() {}

    /// Finds abbreviations among the words of a name, apart from the first, in any case of letters.
    public func findings(in family: LintedFamily) -> [String] {
        Self.abbreviations.filter(family.hasWord).map { "the name should have the unit in full, not \"\($0)\"" }
    }
}

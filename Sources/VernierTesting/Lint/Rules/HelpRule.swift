/// A family has a help text.
public struct HelpRule: LintRule {
    /// The rule's name, `help`.
    public let name = "help"

    /// Makes the rule.
    public init() {}

    /// Finds a family without help; an empty one is none, as in the text format.
    public func findings(in family: LintedFamily) -> [String] {
        family.help.isEmpty ? ["there is no help text: say what the metric means"] : []
    }
}

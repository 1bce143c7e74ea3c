/// Names have no colon, which is for the names of recording rules.
public struct ColonRule: LintRule {
    /// The rule's name, `colon`.
    public let name = "colon"

    /// Makes the rule.
    public init() {}

    /// Finds a colon.
    public func findings(in family: LintedFamily) -> [String] {
        family.name.utf8.contains(UInt8(ascii: ":"))
            ? ["a name should not have a \":\", which is for recording rules"] : []
    }
}

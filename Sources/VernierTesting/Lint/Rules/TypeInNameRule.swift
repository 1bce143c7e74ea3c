import Vernier

/// A name does not say its own type.
public struct TypeInNameRule: LintRule {
    /// The rule's name, `type-in-name`.
    public let name = "type-in-name"

    /// Makes the rule.
    public init() {}

    /// Finds the type among the words of a name, apart from the first, in any case of letters.
    ///
    /// Other types may be in a name, as in newer versions of promtool: a gauge `queue_summary` summarises a queue.
    public func findings(in family: LintedFamily) -> [String] {
        guard family.type != .unknown, family.hasWord(family.type.rawValue) else { return [] }
        return ["a name should not say the type \"\(family.type.rawValue)\""]
    }
}

import Vernier

/// The names of counters end with `_total`, and those of no other type do.
public struct TotalSuffixRule: LintRule {
    /// The rule's name, `total-suffix`.
    public let name = "total-suffix"

    /// Makes the rule.
    public init() {}

    /// Finds a counter without the suffix, and another type with it; a metric of unknown type may be either.
    public func findings(in family: LintedFamily) -> [String] {
        switch (family.type, family.name.hasSuffix("_total")) {
        case (.counter, false): ["the name of a counter should end with \"_total\""]
        case (.counter, true), (.unknown, _), (_, false): []
        case (_, true): ["only the name of a counter should end with \"_total\""]
        }
    }
}

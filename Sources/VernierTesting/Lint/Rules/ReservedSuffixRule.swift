import Vernier

/// Names end with `_bucket`, `_count` and `_sum` only where histograms and summaries write them.
public struct ReservedSuffixRule: LintRule {
    /// The rule's name, `reserved-suffix`.
    public let name = "reserved-suffix"

    /// Makes the rule.
    public init() {}

    /// Finds a name that would be taken for a part of a histogram or summary.
    public func findings(in family: LintedFamily) -> [String] {
        if family.type == .unknown || family.type == .histogram { return [] }
        let reserved = family.type == .summary ? ["_bucket"] : ["_bucket", "_count", "_sum"]
        return reserved.filter(family.name.hasSuffix).map {
            "a name should not end with \"\($0)\", which stands for a part of a histogram\($0 == "_bucket" ? "" : " or summary")"
        }
    }
}

import Vernier

/// The labels `le` and `quantile` belong to histograms and to summaries.
public struct ReservedLabelRule: LintRule {
    /// The rule's name, `reserved-label`.
    public let name = "reserved-label"

    /// Makes the rule.
    public init() {}

    /// Finds a label that means a bucket or a quantile in a metric that has none.
    public func findings(in family: LintedFamily) -> [String] {
        if family.type == .unknown { return [] }
        var findings: [String] = []
        if family.type != .histogram, family.labelNames.contains("le") {
            findings.append("the label \"le\" should be kept for the buckets of a histogram")
        }
        if family.type != .summary, family.labelNames.contains("quantile") {
            findings.append("the label \"quantile\" should be kept for a summary")
        }
        return findings
    }
}

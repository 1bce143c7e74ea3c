import Vernier

/// No two metrics of a family have the same labels.
public struct DuplicateMetricRule: LintRule {
    /// The rule's name, `duplicate-metric`.
    public let name = "duplicate-metric"

    /// Makes the rule.
    public init() {}

    /// Finds labels that stand twice, in whichever order; with other timestamps too.
    public func findings(in family: LintedFamily) -> [String] {
        var seen: Set<SampleID> = []
        var twice: Set<SampleID> = []
        for metric in family.metrics {
            let id = SampleID(family.name, metric.labels)
            if !seen.insert(id).inserted { twice.insert(id) }
        }
        return twice.sorted().map { "\($0.description) stands more than once" }
    }
}

import Vernier

/// Families by name, as settings of this module name them: whole, or with `*` at the end for all that begin so.
struct FamilyPatterns {
    private let names: Set<String>
    private let beginnings: [String]

    init(_ patterns: [String]) {
        names = Set(patterns.filter { !$0.hasSuffix("*") })
        beginnings = patterns.filter { $0.hasSuffix("*") }.map { String($0.dropLast()) }
    }

    func match(_ family: MetricFamilySnapshot) -> Bool {
        names.contains(family.name) || beginnings.contains { family.name.hasPrefix($0) }
    }
}

extension [MetricFamilySnapshot] {
    /// The families that no pattern names.
    func leavingOut(_ patterns: [String]) -> [MetricFamilySnapshot] {
        let left = FamilyPatterns(patterns)
        return filter { !left.match($0) }
    }
}

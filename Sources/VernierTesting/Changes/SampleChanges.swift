public import Vernier

/// All samples that differ between two readings, by name and labels.
///
/// Printed, it has a line for each of them.
public struct SampleChanges: Sendable, Hashable {
    private let changes: [SampleChange]
    private let constantLabels: [LabelPair]

    /// Compares two readings.
    ///
    /// - Parameters:
    ///   - before: what was gathered first.
    ///   - after: what was gathered then.
    ///   - families: names of families to leave out, `*` at the end of one standing for anything.
    /// - Complexity: O(n log n) in the number of samples.
    public init(
        from before: [MetricFamilySnapshot], to after: [MetricFamilySnapshot], leavingOut families: [String] = []
    ) {
        self.init(from: before, to: after, leavingOut: families, constantLabels: [])
    }

    init(
        from before: [MetricFamilySnapshot], to after: [MetricFamilySnapshot], leavingOut families: [String],
        constantLabels: [LabelPair]
    ) {
        let (old, new) = (before.leavingOut(families).values, after.leavingOut(families).values)
        changes = Set(old.keys).union(new.keys).sorted().compactMap { id in
            let change = SampleChange(before: old[id], after: new[id], id: id)
            return Values.same(change.before, change.after) ? nil : change
        }
        self.constantLabels = constantLabels
    }

    /// By how much a sample changed.
    ///
    /// ```swift
    /// let changes = registry.changes { shop.take(order) }
    /// #expect(changes.delta(of: "orders_total") == 1)
    /// #expect(changes.count == 1, "\(changes)")
    /// ```
    ///
    /// - Parameters:
    ///   - name: the sample's name with prefix, unit and suffix.
    ///   - labels: all labels of the sample; the registry's constant labels may be left out.
    /// - Returns: the value after less the value before; zero for a sample that did not change or is not there.
    public func delta(of name: String, labels: [String: String] = [:]) -> Double {
        first { change in
            if case .native = change.id.rank { return false }
            return change.name == name
                && Sample(id: change.id, value: 0).matches(labels, optional: constantLabels)
        }?.delta ?? 0
    }
}

extension SampleChanges: RandomAccessCollection {
    /// The position of the first change.
    public var startIndex: Int { changes.startIndex }
    /// The position after the last change.
    public var endIndex: Int { changes.endIndex }
    /// The change at a position.
    public subscript(position: Int) -> SampleChange { changes[position] }
}

extension SampleChanges: CustomStringConvertible {
    /// A line for each change, or `no change`.
    public var description: String {
        isEmpty ? "no change" : map(\.description).joined(separator: "\n")
    }
}

/// How values are compared.
enum Values {
    /// Whether a test would call two values the same: NaN is, in any form.
    static func same(_ one: Double?, _ other: Double?) -> Bool {
        guard let one, let other else { return one == nil && other == nil }
        return one == other || one.isNaN && other.isNaN
    }
}

extension [MetricFamilySnapshot] {
    /// The values of all samples, those of native buckets included.
    fileprivate var values: [SampleID: Double] {
        var values: [SampleID: Double] = [:]
        for family in self {
            for metric in family.metrics {
                for sample in family.samples(of: metric) + family.nativeSamples(of: metric) {
                    values[sample.id] = sample.value
                }
            }
        }
        return values
    }
}

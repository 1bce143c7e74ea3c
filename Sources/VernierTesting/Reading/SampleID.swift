import Vernier

/// What tells a sample from all others: its name and its labels.
///
/// Two are equal when their bytes are: what Unicode calls the same text may be two series on the wire.
struct SampleID: Sendable {
    /// What tells the samples of one metric apart.
    enum Rank: Sendable {
        /// The label that the type writes as a number, `le` or `quantile`.
        case label(String, Double)
        /// A native bucket.
        case native(NativeHistogramPoint.Range)
    }

    /// The name as it is exposed, suffix included.
    let name: String
    /// The labels that the type does not write itself, by name.
    let labels: [LabelPair]
    let rank: Rank?
    /// The sample as a page shows it: `hits_total{path="/"}`; a native bucket with its range behind it.
    let description: String

    init(_ name: String, _ labels: [LabelPair], _ rank: Rank? = nil) {
        self.name = name
        self.labels = labels.sorted { $0.name < $1.name }
        self.rank = rank
        var pairs = self.labels.map { "\($0.name)=\(Text.quoted($0.value))" }
        if case .label(let name, let value) = rank { pairs.append("\(name)=\"\(Text.bound(value))\"") }
        var text = pairs.isEmpty ? name : "\(name){\(pairs.joined(separator: ","))}"
        if case .native(let range) = rank { text += " \(range)" }
        description = text
    }

    /// All labels, `le` and `quantile` included.
    var allLabels: [LabelPair] {
        guard case .label(let name, let value) = rank else { return labels }
        return labels + [LabelPair(name, Text.bound(value))]
    }
}

extension SampleID: Hashable, Comparable {
    static func == (left: SampleID, right: SampleID) -> Bool {
        left.description.utf8.elementsEqual(right.description.utf8)
    }

    func hash(into hasher: inout Hasher) {
        for byte in description.utf8 { hasher.combine(byte) }
    }

    /// By name, labels and then by rank as a number, so that the bucket of 10 does not come before that of 2.
    static func < (left: SampleID, right: SampleID) -> Bool {
        if left.name != right.name { return left.name < right.name }
        for (one, other) in zip(left.labels, right.labels) where one != other {
            return (one.name, one.value) < (other.name, other.value)
        }
        if left.labels.count != right.labels.count { return left.labels.count < right.labels.count }
        switch (left.rank?.order, right.rank?.order) {
        case (let one?, let other?) where one != other: return one < other
        case (nil, _?): return true
        case (_?, nil): return false
        default: return left.description.utf8.lexicographicallyPrecedes(right.description.utf8)
        }
    }
}

extension SampleID.Rank {
    /// Where the sample stands among those of its metric; what is no number stands last.
    fileprivate var order: Double {
        let bound =
            switch self {
            case .label(_, let value): value
            case .native(let range): range.upper
            }
        return bound.isNaN ? .infinity : bound
    }
}

/// What an exemplar refers to: mostly the trace of the request that was counted.
///
/// ```swift
/// served.increment(exemplar: ["trace_id": trace.id])
/// ```
///
/// Names and values together have at most 128 code points (OpenMetrics 1.0.0, "Exemplars"), the names are different ones that labels may
/// have. An update with others counts, its exemplar is dropped and counted in `vernier_rejected_exemplars_total`.
public struct ExemplarLabels: Sendable, Hashable, ExpressibleByDictionaryLiteral {
    /// The labels, in the order in which they are shown.
    public let pairs: [LabelPair]

    /// Takes labels as they are; whether they are allowed is judged when an update comes with them.
    public init(_ pairs: [LabelPair]) { self.pairs = pairs }

    /// Takes labels as they are.
    public init(dictionaryLiteral elements: (String, String)...) {
        pairs = elements.map { LabelPair($0, $1) }
    }

    /// How many code points names and values together may have.
    public static let maximumCodePoints = 128

    /// Whether a page may show them.
    ///
    /// - Complexity: Linear in the text, and constant for text that is far too long; no allocation for labels that are allowed.
    var areAllowed: Bool {
        var (bytes, points) = (0, 0)
        for (index, pair) in pairs.enumerated() {
            bytes += pair.name.utf8.count + pair.value.utf8.count
            // A code point takes at most four bytes, so that longer text need not be walked through.
            guard bytes <= 4 * Self.maximumCodePoints else { return false }
            points += pair.name.unicodeScalars.count + pair.value.unicodeScalars.count
            guard points <= Self.maximumCodePoints, MetricName.isLegacy(label: pair.name),
                MetricName.problem(inLabel: pair.name) == nil,
                !pairs[..<index].contains(where: { $0.name == pair.name })
            else { return false }
        }
        return true
    }
}

/// Writes the labels of a family whose label names a page does not show as they are kept: for scrapers that read no quoted names.
///
/// A family has few names, so each is worked out once and then looked for, and nothing is allocated for a series.
struct LabelRewriter {
    private let scheme: EscapingScheme
    /// How names are kept, quotes and escapes included, and how the scheme writes them.
    private var names: [(kept: [UInt8], written: [UInt8])] = []
    private var text: [UInt8] = []

    /// Metrics of a collector may have ever new names; so many are remembered.
    private static let nameLimit = 64

    init(_ scheme: EscapingScheme) { self.scheme = scheme }

    /// The labels with the names that the scheme writes.
    ///
    /// The array is lent: ``takeBack(_:)`` makes it the next one again.
    mutating func rewritten(_ labels: Span<UInt8>) -> [UInt8] {
        var result: [UInt8] = []
        swap(&result, &text)
        result.removeAll(keepingCapacity: true)
        var start = 0
        while start < labels.count {
            let end = LabelText.endOfName(in: labels, from: start)
            appendName(labels.extracting(start..<end), to: &result)
            // The equals sign, the value in its quotes, and the comma behind it.
            start = min(LabelText.endOfQuoted(in: labels, from: end + 1) + 1, labels.count)
            // SAFETY: a span's bytes are initialised and outlive the closure.
            unsafe labels.extracting(end..<start).withUnsafeBufferPointer { unsafe result.append(contentsOf: $0) }
        }
        return result
    }

    /// Takes back what ``rewritten(_:)`` lent.
    mutating func takeBack(_ lent: consuming [UInt8]) { text = lent }

    private mutating func appendName(_ kept: Span<UInt8>, to result: inout [UInt8]) {
        for index in names.indices where Self.isEqual(kept, names[index].kept) {
            result.append(contentsOf: names[index].written)
            return
        }
        let written = Array(scheme.written(label: LabelText.name(in: kept)).utf8)
        result.append(contentsOf: written)
        if names.count < Self.nameLimit { names.append((kept.indices.map { kept[$0] }, written)) }
    }

    private static func isEqual(_ one: Span<UInt8>, _ other: [UInt8]) -> Bool {
        guard one.count == other.count else { return false }
        for index in one.indices where one[index] != other[index] { return false }
        return true
    }
}

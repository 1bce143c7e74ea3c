/// Makes the label text of a series from its label values, which a ``LabelSchema`` hands over one after another.
///
/// The text is in one allocation, which goes with the builder: the family copies it under its lock.
public struct LabelTextBuilder: ~Copyable {
    private var text = PageBuffer(minimumCapacity: 256)
    private let heads: [[UInt8]]
    private var count = 0

    init(heads: [[UInt8]]) { self.heads = heads }

    /// Takes a text that is complete.
    init(text bytes: [UInt8]) {
        heads = []
        text.append(bytes)
    }

    /// What stands before each value.
    static func heads(of names: [String]) -> [[UInt8]] {
        names.enumerated().map { index, name in
            var head = Array((index == 0 ? "" : "\",").utf8)
            LabelText.append(name: name, to: &head)
            head.append(contentsOf: "=\"".utf8)
            return head
        }
    }

    /// Appends the value of the next label, escaped; values beyond the last label are left out.
    public mutating func append(_ value: String) {
        guard count < heads.count else { return }
        text.append(heads[count])
        count += 1
        if StringBits.areInline(in: value) {
            let words = StringBits.words(of: value)
            if !LabelText.hasEscapes(words.low), !LabelText.hasEscapes(words.high) {
                let length = Int(truncatingIfNeeded: words.high &>> 56 & 15)
                text.append(lowBytesOf: words.low, min(length, 8))
                text.append(lowBytesOf: words.high, max(length &- 8, 0))
                return
            }
        }
        appendEscaped(value)
    }

    private mutating func appendEscaped(_ value: String) {
        if !LabelText.hasEscapes(value) { return text.append(utf8: value) }
        var escaped: [UInt8] = []
        LabelText.appendEscaped(value, to: &escaped)
        text.append(escaped)
    }

    private mutating func close() {
        if count > 0 { text.append("\"") }
        count = heads.count
    }

    /// The text.
    consuming func finished() -> [UInt8] {
        close()
        return text.array
    }

    /// Hands the text to a closure.
    consuming func withText<R>(_ body: (Span<UInt8>) -> R) -> R {
        close()
        return text.withBytes { bytes in
            // SAFETY: bytes are bytes; the span is used while the closure has it.
            unsafe bytes.withUnsafeBytes { body(unsafe $0.assumingMemoryBound(to: UInt8.self).span) }
        }
    }
}

extension SeriesStore {
    /// What makes the label text of a series.
    // A method, as an initializer would own the store: a retain and a release in each lookup of a full family.
    @usableFromInline
    func textBuilder() -> LabelTextBuilder { LabelTextBuilder(heads: labelHeads) }
}

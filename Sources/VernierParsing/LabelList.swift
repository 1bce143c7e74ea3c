import Vernier

/// The labels of one sample while its line is read; used again for the next line, so that names that come again cost nothing.
struct LabelList {
    /// The labels in the order of the page, without the one that the type writes itself.
    private(set) var pairs: [LabelPair] = []
    /// Names and values as bytes, in the order of the page, each before a byte that no UTF-8 text has.
    private(set) var key: [UInt8] = []
    /// The label that the type writes itself: its value, unescaped, and the column of that.
    var special: (value: [UInt8], column: Int)?
    /// Whether names rise and no value is empty, so that two such keys are equal when the sets of labels are.
    private var isCanonical = true
    private var count = 0
    /// For each label where its name ends in `key` and where its value ends.
    private var ends: [(name: Int, value: Int)] = []

    /// What stands between the texts of a key.
    static let separator: UInt8 = 0xFF

    /// Makes room for the next sample.
    mutating func removeAll() {
        count = 0
        key.removeAll(keepingCapacity: true)
        ends.removeAll(keepingCapacity: true)
        special = nil
        isCanonical = true
    }

    /// How many labels there are.
    var labelCount: Int { count }

    /// Says that all labels were appended.
    mutating func end() {
        if count < pairs.count { pairs.removeLast(pairs.count - count) }
    }

    /// Appends a label.
    ///
    /// - Returns: `false` when a text is not UTF-8.
    mutating func append(name: Span<UInt8>, value: Span<UInt8>) -> Bool {
        let start = ends.last?.value ?? 0
        append(name)
        let nameEnd = key.count
        append(value)
        if value.isEmpty { isCanonical = false }
        if let previous = ends.last {
            let nameBefore = (ends.count > 1 ? ends[ends.count - 2].value : 0)..<previous.name
            if !isLess(nameBefore, start..<nameEnd) { isCanonical = false }
        }
        ends.append((nameEnd, key.count))
        guard let value = text(value) else { return false }
        if count < pairs.count {
            if !isEqual(pairs[count].name, name) {
                guard let name = text(name) else { return false }
                pairs[count].name = name
            }
            pairs[count].value = value
        } else {
            guard let name = text(name) else { return false }
            pairs.append(LabelPair(name, value))
        }
        count += 1
        return true
    }

    private mutating func append(_ text: Span<UInt8>) {
        for index in text.indices { key.append(text[index]) }
        key.append(Self.separator)
    }

    private func isLess(_ left: Range<Int>, _ right: Range<Int>) -> Bool {
        key[left].lexicographicallyPrecedes(key[right])
    }

    private func isEqual(_ name: String, _ bytes: Span<UInt8>) -> Bool {
        let name = name.utf8
        guard name.count == bytes.count else { return false }
        var index = 0
        for byte in name {
            if byte != bytes[index] { return false }
            index += 1
        }
        return true
    }

    /// The key of the set of labels, whatever their order: an empty label is one that is not there (OpenMetrics 1.0.0, "Label").
    ///
    /// - Returns: `nil` when a name stands twice.
    func canonicalKey() -> [UInt8]? {
        if isCanonical { return exactCopy(key) }
        var labels: [(name: Range<Int>, end: Int)] = []
        var start = 0
        for end in ends {
            labels.append((start..<end.name, end.value))
            start = end.value
        }
        labels.sort { isLess($0.name, $1.name) }
        var result: [UInt8] = []
        result.reserveCapacity(key.count)
        for (index, label) in labels.enumerated() {
            if index > 0, key[labels[index - 1].name] == key[label.name] { return nil }
            // Its separator is all that an empty value adds.
            if label.end - label.name.upperBound > 1 { result += key[label.name.lowerBound..<label.end] }
        }
        return result
    }

    /// How many code points names and values have together.
    var codePoints: Int {
        key.reduce(0) { $0 + ($1 & 0xC0 == 0x80 || $1 == Self.separator ? 0 : 1) }
    }
}

/// The bytes in memory of their own and of their size: what is kept of a line must not hold on to the room that a longer one needed.
func exactCopy(_ bytes: [UInt8]) -> [UInt8] {
    var copy: [UInt8] = []
    copy.reserveCapacity(bytes.count)
    copy += bytes
    return copy
}

/// A text of a page as a string; `nil` when it is not UTF-8.
func text(_ bytes: Span<UInt8>) -> String? {
    // SAFETY: the buffer is the span's own bytes, and the string copies them before the closure returns.
    unsafe bytes.withUnsafeBufferPointer { unsafe String(validating: $0, as: UTF8.self) }
}

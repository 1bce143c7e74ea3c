/// Label pairs as they stand between the braces of a sample line: `method="GET",path="/"`, escaped.
///
/// A name that is not a legacy one stands in quotes: `"http.method"="GET"`.
///
/// Escapes are those of the text formats (OpenMetrics 1.0.0, "Escaping"): backslash, quote and line feed, each after a backslash.
/// A text is rendered once, when its series is made.
package enum LabelText {
    /// Appends pairs.
    static func append(names: [String], values: [String], to text: inout [UInt8]) {
        // Quotes, equals sign and comma; escapes are rare enough to grow for.
        var room = text.count
        for (name, value) in zip(names, values) { room += name.utf8.count + value.utf8.count + 4 }
        text.reserveCapacity(room)
        for (name, value) in zip(names, values) {
            if !text.isEmpty { text.append(UInt8(ascii: ",")) }
            append(name: name, to: &text)
            text.append(UInt8(ascii: "="))
            text.append(UInt8(ascii: "\""))
            appendEscaped(value, to: &text)
            text.append(UInt8(ascii: "\""))
        }
    }

    /// Appends a name, in quotes where it is not a legacy one.
    static func append(name: String, to text: inout [UInt8]) {
        if MetricName.isLegacy(label: name) { return text.append(contentsOf: name.utf8) }
        text.append(UInt8(ascii: "\""))
        appendEscaped(name, to: &text)
        text.append(UInt8(ascii: "\""))
    }

    /// Appends a value, escaped.
    static func appendEscaped(_ value: String, quotes: Bool = true, to text: inout [UInt8]) {
        guard hasEscapes(value) else { return text.append(contentsOf: value.utf8) }
        for byte in value.utf8 {
            switch byte {
            case UInt8(ascii: "\\"): text.append(contentsOf: [byte, byte])
            case UInt8(ascii: "\""):
                if quotes { text.append(UInt8(ascii: "\\")) }
                text.append(byte)
            case UInt8(ascii: "\n"): text.append(contentsOf: [UInt8(ascii: "\\"), UInt8(ascii: "n")])
            default: text.append(byte)
            }
        }
    }

    /// Whether a value has bytes that are escaped in labels; most have none.
    ///
    /// - Complexity: linear in the length, eight bytes at a time; a text that is not Swift's own takes a byte at a time.
    static func hasEscapes(_ value: String) -> Bool {
        // SAFETY: the bytes are read while the closure has them.
        let found = unsafe value.utf8.withContiguousStorageIfAvailable { unsafe hasEscapes(UnsafeRawBufferPointer($0)) }
        return found
            ?? value.utf8.contains { $0 == UInt8(ascii: "\\") || $0 == UInt8(ascii: "\"") || $0 == UInt8(ascii: "\n") }
    }

    private static func hasEscapes(_ bytes: UnsafeRawBufferPointer) -> Bool {
        let count = bytes.count
        var index = 0
        while count &- index >= 8 {
            // SAFETY: eight bytes are left.
            if hasEscapes(unsafe bytes.loadUnaligned(fromByteOffset: index, as: UInt64.self)) { return true }
            index &+= 8
        }
        var rest: UInt64 = 0
        while index < count {
            // SAFETY: the index is below the count.
            rest = rest &<< 8 | UInt64(unsafe bytes[index])
            index &+= 1
        }
        return hasEscapes(rest)
    }

    /// Whether one of eight bytes is one that is escaped; a byte of zero is none.
    static func hasEscapes(_ word: UInt64) -> Bool {
        func hasByte(_ byte: UInt64) -> UInt64 {
            let zeros = word ^ (0x0101_0101_0101_0101 &* byte)
            return (zeros &- 0x0101_0101_0101_0101) & ~zeros
        }
        let found = hasByte(UInt64(UInt8(ascii: "\\"))) | hasByte(UInt64(UInt8(ascii: "\""))) | hasByte(10)
        return found & 0x8080_8080_8080_8080 != 0
    }

    /// Appends label pairs of a snapshot.
    static func rendered(_ pairs: [LabelPair]) -> [UInt8] {
        var text: [UInt8] = []
        append(names: pairs.map(\.name), values: pairs.map(\.value), to: &text)
        return text
    }

    /// The pairs with their names as a scheme writes them.
    package static func written(_ pairs: [LabelPair], _ scheme: EscapingScheme) -> [LabelPair] {
        scheme == .allowUTF8 ? pairs : pairs.map { LabelPair(scheme.written(label: $0.name), $0.value) }
    }

    /// The pairs of a rendered text, unescaped.
    package static func pairs(in text: Span<UInt8>) -> [LabelPair] {
        var pairs: [LabelPair] = []
        var start = 0
        while start < text.count {
            let end = endOfName(in: text, from: start)
            let valueEnd = endOfQuoted(in: text, from: end + 1)
            // Between the quotes; a text that breaks off has nothing there.
            let value = min(end + 2, valueEnd)..<max(min(end + 2, valueEnd), valueEnd - 1)
            pairs.append(LabelPair(name(in: text.extracting(start..<end)), unescaped(text.extracting(value))))
            start = valueEnd + 1
        }
        return pairs
    }

    /// Where the name that begins at `start` ends: at its equals sign, or at the end of the text.
    static func endOfName(in text: Span<UInt8>, from start: Int) -> Int {
        if start < text.count, text[start] == UInt8(ascii: "\"") { return endOfQuoted(in: text, from: start) }
        var index = start
        while index < text.count, text[index] != UInt8(ascii: "=") { index += 1 }
        return index
    }

    /// Where the quoted text that begins at `start` ends: behind its second quote, or at the end of the text.
    static func endOfQuoted(in text: Span<UInt8>, from start: Int) -> Int {
        var index = start + 1
        while index < text.count, text[index] != UInt8(ascii: "\"") {
            index += text[index] == UInt8(ascii: "\\") ? 2 : 1
        }
        return min(index + 1, text.count)
    }

    /// A name as it is without quotes.
    static func name(in kept: Span<UInt8>) -> String {
        guard kept.count >= 2, kept[0] == UInt8(ascii: "\"") else { return unescaped(kept) }
        return unescaped(kept.extracting(1..<kept.count - 1))
    }

    private static func unescaped(_ text: Span<UInt8>) -> String {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.count)
        var index = 0
        while index < text.count {
            if text[index] == UInt8(ascii: "\\"), index + 1 < text.count {
                index += 1
                bytes.append(text[index] == UInt8(ascii: "n") ? UInt8(ascii: "\n") : text[index])
            } else {
                bytes.append(text[index])
            }
            index += 1
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}

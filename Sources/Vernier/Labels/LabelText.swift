/// Label pairs as they stand between the braces of a sample line: `method="GET",path="/"`, escaped.
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
            text.append(contentsOf: name.utf8)
            text.append(UInt8(ascii: "="))
            text.append(UInt8(ascii: "\""))
            appendEscaped(value, to: &text)
            text.append(UInt8(ascii: "\""))
        }
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
    static func hasEscapes(_ value: String) -> Bool {
        value.utf8.contains { $0 == UInt8(ascii: "\\") || $0 == UInt8(ascii: "\"") || $0 == UInt8(ascii: "\n") }
    }

    /// Appends label pairs of a snapshot.
    static func rendered(_ pairs: [LabelPair]) -> [UInt8] {
        var text: [UInt8] = []
        append(names: pairs.map(\.name), values: pairs.map(\.value), to: &text)
        return text
    }

    /// The pairs of a rendered text, unescaped.
    package static func pairs(in text: Span<UInt8>) -> [LabelPair] {
        var pairs: [LabelPair] = []
        var index = 0
        while index < text.count {
            var name: [UInt8] = []
            while index < text.count, text[index] != UInt8(ascii: "=") {
                name.append(text[index])
                index += 1
            }
            index += 2
            var value: [UInt8] = []
            while index < text.count, text[index] != UInt8(ascii: "\"") {
                if text[index] == UInt8(ascii: "\\"), index + 1 < text.count {
                    index += 1
                    value.append(text[index] == UInt8(ascii: "n") ? UInt8(ascii: "\n") : text[index])
                } else {
                    value.append(text[index])
                }
                index += 1
            }
            index += 2
            pairs.append(LabelPair(String(decoding: name, as: UTF8.self), String(decoding: value, as: UTF8.self)))
        }
        return pairs
    }
}

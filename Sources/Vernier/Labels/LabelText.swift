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
    static func hasEscapes(_ value: String) -> Bool {
        value.utf8.contains { $0 == UInt8(ascii: "\\") || $0 == UInt8(ascii: "\"") || $0 == UInt8(ascii: "\n") }
    }

    /// Appends label pairs of a snapshot.
    static func rendered(_ pairs: [LabelPair]) -> [UInt8] {
        var text: [UInt8] = []
        append(names: pairs.map(\.name), values: pairs.map(\.value), to: &text)
        return text
    }

    /// The same pairs with their names as a scheme writes them.
    static func rewritten(_ text: Span<UInt8>, _ scheme: EscapingScheme) -> [UInt8] {
        rendered(written(pairs(in: text), scheme))
    }

    /// The pairs with their names as a scheme writes them.
    package static func written(_ pairs: [LabelPair], _ scheme: EscapingScheme) -> [LabelPair] {
        scheme == .allowUTF8 ? pairs : pairs.map { LabelPair(scheme.written(label: $0.name), $0.value) }
    }

    /// The pairs of a rendered text, unescaped.
    package static func pairs(in text: Span<UInt8>) -> [LabelPair] {
        var pairs: [LabelPair] = []
        var index = 0
        while index < text.count {
            let name: String
            if text[index] == UInt8(ascii: "\"") {
                name = quoted(in: text, at: &index)
            } else {
                var bytes: [UInt8] = []
                while index < text.count, text[index] != UInt8(ascii: "=") {
                    bytes.append(text[index])
                    index += 1
                }
                name = String(decoding: bytes, as: UTF8.self)
            }
            // Behind the equals sign is a quote, and behind the value's quote a comma.
            index += 1
            pairs.append(LabelPair(name, quoted(in: text, at: &index)))
            index += 1
        }
        return pairs
    }

    /// Reads from the quote at `index` to the one that ends the text, unescaped, and goes behind that.
    private static func quoted(in text: Span<UInt8>, at index: inout Int) -> String {
        index += 1
        var bytes: [UInt8] = []
        while index < text.count, text[index] != UInt8(ascii: "\"") {
            if text[index] == UInt8(ascii: "\\"), index + 1 < text.count {
                index += 1
                bytes.append(text[index] == UInt8(ascii: "n") ? UInt8(ascii: "\n") : text[index])
            } else {
                bytes.append(text[index])
            }
            index += 1
        }
        index += 1
        return String(decoding: bytes, as: UTF8.self)
    }
}

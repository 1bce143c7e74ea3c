/// One piece of a text in SQL.
enum SQLToken: Equatable {
    /// A key word or a name without quotes.
    case word
    /// A text, a blob or a number.
    case literal
    /// White space or a comment.
    case gap
    /// `(`
    case opening
    /// `)`
    case closing
    /// A name in quotes, a parameter, an operator.
    case other
}

/// Cuts a text in SQL into pieces, as far as key words and literals need it.
///
/// It knows the quotes and comments that SQLite, PostgreSQL and MySQL share. A quote or comment without an end reaches to the end of the
/// text. Each byte is looked at once or twice; nothing is allocated.
struct SQLScanner<Bytes: Collection> where Bytes.Element == UInt8 {
    private let bytes: Bytes
    private(set) var position: Bytes.Index

    init(_ bytes: Bytes) {
        self.bytes = bytes
        position = bytes.startIndex
    }

    /// The next piece and where it lies; nil at the end.
    mutating func next() -> (token: SQLToken, range: Range<Bytes.Index>)? {
        guard position != bytes.endIndex else { return nil }
        let start = position
        let first = bytes[start]
        bytes.formIndex(after: &position)
        let token = scan(after: first)
        return (token, start..<position)
    }

    private mutating func scan(after first: UInt8) -> SQLToken {
        switch first {
        case UInt8(ascii: "("): return .opening
        case UInt8(ascii: ")"): return .closing
        case UInt8(ascii: "'"):
            skip(to: first)
            return .literal
        case UInt8(ascii: "\""), UInt8(ascii: "`"):
            skip(to: first)
            return .other
        case UInt8(ascii: "["):
            skip(to: UInt8(ascii: "]"))
            return .other
        case UInt8(ascii: "-") where peek == UInt8(ascii: "-"):
            skip(while: SQLBytes.isOfLine)
            return .gap
        case UInt8(ascii: "/") where peek == UInt8(ascii: "*"):
            skipBlockComment()
            return .gap
        case UInt8(ascii: "?"), UInt8(ascii: "$"), UInt8(ascii: ":"), UInt8(ascii: "@"), UInt8(ascii: "#"):
            // A parameter with its number or name, which is no literal.
            skip(while: SQLBytes.isOfWord)
            return .other
        default: break
        }
        if SQLBytes.isBlank(first) {
            skip(while: SQLBytes.isBlank)
            return .gap
        }
        if SQLBytes.isDigit(first) || (first == UInt8(ascii: ".") && peek.map(SQLBytes.isDigit) == true) {
            skipNumber()
            return .literal
        }
        guard SQLBytes.isOfWord(first) else { return .other }
        if peek == UInt8(ascii: "'"), SQLBytes.marksText(first) {
            bytes.formIndex(after: &position)
            skip(to: UInt8(ascii: "'"))
            return .literal
        }
        skip(while: SQLBytes.isOfWord)
        return .word
    }

    private var peek: UInt8? { position == bytes.endIndex ? nil : bytes[position] }

    private mutating func skip(while condition: (UInt8) -> Bool) {
        while let byte = peek, condition(byte) { bytes.formIndex(after: &position) }
    }

    /// Skips to the end of a quote, in which the quote itself stands twice.
    private mutating func skip(to quote: UInt8) {
        while let byte = peek {
            bytes.formIndex(after: &position)
            guard byte == quote else { continue }
            guard peek == quote, quote != UInt8(ascii: "]") else { return }
            bytes.formIndex(after: &position)
        }
    }

    private mutating func skipBlockComment() {
        bytes.formIndex(after: &position)
        var last: UInt8 = 0
        while let byte = peek {
            bytes.formIndex(after: &position)
            if last == UInt8(ascii: "*"), byte == UInt8(ascii: "/") { return }
            last = byte
        }
    }

    /// Skips the rest of a number: `12`, `1.5e-3`, `0xFF`.
    private mutating func skipNumber() {
        var last: UInt8 = 0
        while let byte = peek {
            let isSign = byte == UInt8(ascii: "-") || byte == UInt8(ascii: "+")
            guard SQLBytes.isOfWord(byte) || byte == UInt8(ascii: ".") || (isSign && last | 0x20 == UInt8(ascii: "e"))
            else { return }
            last = byte
            bytes.formIndex(after: &position)
        }
    }
}

/// What a byte is in a text in SQL.
private enum SQLBytes {
    static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0d).contains(byte) }
    static func isOfLine(_ byte: UInt8) -> Bool { byte != UInt8(ascii: "\n") }
    static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }

    static func isOfWord(_ byte: UInt8) -> Bool {
        isDigit(byte) || (0x61...0x7a).contains(byte | 0x20) || byte == UInt8(ascii: "_") || byte >= 0x80
    }

    /// Whether a letter before a quote belongs to a literal: `x'00'`, `b'01'`, `n'text'`, `e'\n'`.
    static func marksText(_ byte: UInt8) -> Bool { "xXbBnNeE".utf8.contains(byte) }
}

/// Reads the pieces of a header field that is a list with weights, such as `Accept`: once, from front to back (RFC 9110, sections 5.6 and
/// 12.4.2).
package struct HeaderScanner {
    /// The quality 1.
    package static let fullQuality = 1_000_000_000

    private let bytes: [UInt8]
    private var position = 0

    /// Begins to read the field's value.
    package init(_ text: String) { bytes = Array(text.utf8) }

    /// Whether the element that is being read has no more.
    package var isAtEndOfElement: Bool { isAtEnd || bytes[position] == UInt8(ascii: ",") }

    /// Whether all of it was read.
    package var isAtEnd: Bool { position >= bytes.count }

    /// Reads a byte if it is the next one.
    package mutating func take(_ byte: UInt8) -> Bool {
        guard position < bytes.count, bytes[position] == byte else { return false }
        position += 1
        return true
    }

    /// Skips blanks and tabs.
    package mutating func skipWhitespace() {
        while position < bytes.count, bytes[position] == 0x20 || bytes[position] == 0x09 { position += 1 }
    }

    /// Leaves the element that was read or given up, up to a comma that is not quoted.
    package mutating func skipPastComma() {
        while position < bytes.count {
            switch bytes[position] {
            case UInt8(ascii: ","):
                position += 1
                return
            case UInt8(ascii: "\""): _ = readQuoted()
            default: position += 1
            }
        }
    }

    /// Reads a token and returns where it is.
    package mutating func readToken() -> Range<Int>? {
        let start = position
        while position < bytes.count, bytes[position].isTokenCharacter { position += 1 }
        return position > start ? start..<position : nil
    }

    /// Reads a token or a quoted string and returns where its content is.
    package mutating func readValue() -> Range<Int>? {
        isAtEnd || bytes[position] != UInt8(ascii: "\"") ? readToken() : readQuoted()
    }

    /// Reads a quoted string and returns where its content is; without a closing quote the header is used up.
    private mutating func readQuoted() -> Range<Int>? {
        position += 1
        let start = position
        while position < bytes.count {
            switch bytes[position] {
            case UInt8(ascii: "\""):
                position += 1
                return start..<(position - 1)
            case UInt8(ascii: "\\"): position += 2
            default: position += 1
            }
        }
        return nil
    }

    /// Compares with a text in lower case, without case; a backslash, which only quoted content has, stands for the byte behind it.
    package func isEqual(_ range: Range<Int>, _ text: String) -> Bool {
        var expected = text.utf8.makeIterator()
        var index = range.lowerBound
        while index < range.upperBound {
            if bytes[index] == UInt8(ascii: "\\") { index += 1 }
            let byte = bytes[index]
            let isUpper = byte >= UInt8(ascii: "A") && byte <= UInt8(ascii: "Z")
            guard expected.next() == (isUpper ? byte | 0x20 : byte) else { return false }
            index += 1
        }
        return expected.next() == nil
    }

    /// Reads a quality in billionths: digits with at most one point; above 1 is 1, and places past the ninth are dropped.
    package func quality(_ range: Range<Int>) -> Int? {
        var result = 0
        var unit = Self.fullQuality
        var hasPoint = false
        var hasDigit = false
        for byte in bytes[range] {
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"):
                let digit = Int(byte &- UInt8(ascii: "0"))
                if hasPoint {
                    unit /= 10
                    result = min(result + digit * unit, Self.fullQuality)
                } else {
                    result = min(result * 10 + digit * unit, Self.fullQuality)
                }
                hasDigit = true
            case UInt8(ascii: ".") where !hasPoint: hasPoint = true
            default: return nil
            }
        }
        return hasDigit ? result : nil
    }
}

extension UInt8 {
    /// `tchar` of RFC 9110, section 5.6.2: what names of methods and fields are made of.
    package var isTokenCharacter: Bool {
        switch self {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"),
            UInt8(ascii: "!"), UInt8(ascii: "#"), UInt8(ascii: "$"), UInt8(ascii: "%"), UInt8(ascii: "&"),
            UInt8(ascii: "'"),
            UInt8(ascii: "*"), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "^"),
            UInt8(ascii: "_"),
            UInt8(ascii: "`"), UInt8(ascii: "|"), UInt8(ascii: "~"):
            true
        default:
            false
        }
    }
}

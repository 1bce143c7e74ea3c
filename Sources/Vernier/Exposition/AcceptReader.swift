/// Reads an `Accept` header once from front to back and judges offers by it.
///
/// Nothing is kept of a range but how it judges each offer, so that a hostile header costs its length and no more.
struct AcceptReader {
    /// The quality 1.
    static let fullQuality = 1_000_000_000

    /// What the range that is being read says about one offer so far.
    private struct Pending {
        /// How much of the type agrees, as in `MediaMatch.specificity`; -1 when the range is about something else.
        var level = -1
        /// The rules whose parameter was seen, a bit each.
        var seen: UInt8 = 0
    }

    private let bytes: [UInt8]
    private let offers: [MediaOffer]
    private var position = 0
    private var pending: [Pending]
    /// The scheme that the range that is being read names.
    private var escaping: EscapingScheme?
    /// The judgement on each offer.
    private(set) var matches: [MediaMatch]

    init(_ header: String, offers: [MediaOffer]) {
        bytes = Array(header.utf8)
        self.offers = offers
        pending = Array(repeating: Pending(), count: offers.count)
        matches = Array(repeating: MediaMatch(), count: offers.count)
    }

    /// Reads every range; what is malformed counts for nothing.
    mutating func readAll() {
        while position < bytes.count {
            skipWhitespace()
            if let quality = readRange() { judge(quality: quality) }
            skipPastComma()
        }
    }

    /// Reads a range with its parameters into `pending` and returns its quality; `nil` when it is malformed.
    ///
    ///     range      = token "/" token *( OWS ";" OWS [ parameter ] ) OWS
    ///     parameter  = token "=" ( token / quoted-string )
    private mutating func readRange() -> Int? {
        guard let type = readToken(), take(UInt8(ascii: "/")), let subtype = readToken() else { return nil }
        let anyType = isEqual(type, "*")
        let anySubtype = isEqual(subtype, "*")
        if anyType && !anySubtype { return nil }
        for index in offers.indices {
            let isSame =
                anyType
                || (isEqual(type, offers[index].type) && (anySubtype || isEqual(subtype, offers[index].subtype)))
            pending[index] = Pending(level: isSame ? (anyType ? 0 : anySubtype ? 1 : 2) : -1)
        }
        escaping = nil
        var quality: Int?
        skipWhitespace()
        while take(UInt8(ascii: ";")) {
            skipWhitespace()
            guard let name = readToken() else { continue }
            guard take(UInt8(ascii: "=")), let value = readValue() else { return nil }
            if isEqual(name, "q") {
                guard quality == nil, let read = self.quality(value) else { return nil }
                quality = read
            } else if isEqual(name, "escaping") {
                // Prometheus 3.0 says it twice. A scheme that nobody knows is none.
                escaping = EscapingScheme.allCases.first { isEqual(value, $0.rawValue) } ?? escaping
            } else {
                apply(parameter: name, value)
            }
            skipWhitespace()
        }
        return isAtEnd || bytes[position] == UInt8(ascii: ",") ? quality ?? AcceptReader.fullQuality : nil
    }

    private mutating func apply(parameter name: Range<Int>, _ value: Range<Int>) {
        for (index, offer) in offers.enumerated() where pending[index].level >= 0 {
            for (bit, rule) in offer.rules.enumerated() where isEqual(name, rule.name) {
                pending[index].seen |= 1 << UInt8(truncatingIfNeeded: bit)
                if !rule.values.contains(where: { isEqual(value, $0) }) { pending[index].level = -1 }
            }
        }
    }

    private mutating func judge(quality: Int) {
        for (index, offer) in offers.enumerated() where pending[index].level >= 0 {
            let (level, seen) = (pending[index].level, pending[index].seen)
            if level < 2, offer.isOnlyNamed { continue }
            // A wildcard describes what needs a parameter no worse than what does not.
            let isComplete = offer.rules.enumerated().allSatisfy { bit, rule in
                !rule.isRequired || level < 2 || seen >> UInt8(truncatingIfNeeded: bit) & 1 == 1
            }
            if isComplete {
                matches[index].merge(
                    MediaMatch(
                        specificity: MediaMatch.specificity(ofLevel: level, rules: seen), quality: quality,
                        escaping: escaping))
            }
        }
    }
}

extension AcceptReader {
    private var isAtEnd: Bool { position >= bytes.count }

    private mutating func take(_ byte: UInt8) -> Bool {
        guard position < bytes.count, bytes[position] == byte else { return false }
        position += 1
        return true
    }

    private mutating func skipWhitespace() {
        while position < bytes.count, bytes[position] == 0x20 || bytes[position] == 0x09 { position += 1 }
    }

    /// Leaves the range that was read or given up, up to a comma that is not quoted.
    private mutating func skipPastComma() {
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

    private mutating func readToken() -> Range<Int>? {
        let start = position
        while position < bytes.count, AcceptReader.isTokenByte(bytes[position]) { position += 1 }
        return position > start ? start..<position : nil
    }

    private mutating func readValue() -> Range<Int>? {
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

    /// Compares without case; a backslash, which only quoted content has, stands for the byte behind it.
    private func isEqual(_ range: Range<Int>, _ text: String) -> Bool {
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
    private func quality(_ range: Range<Int>) -> Int? {
        var result = 0
        var unit = AcceptReader.fullQuality
        var hasPoint = false
        var hasDigit = false
        for byte in bytes[range] {
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"):
                let digit = Int(byte &- UInt8(ascii: "0"))
                if hasPoint {
                    unit /= 10
                    result = min(result + digit * unit, AcceptReader.fullQuality)
                } else {
                    result = min(result * 10 + digit * unit, AcceptReader.fullQuality)
                }
                hasDigit = true
            case UInt8(ascii: ".") where !hasPoint: hasPoint = true
            default: return nil
            }
        }
        return hasDigit ? result : nil
    }

    /// Whether a byte is a `tchar` (RFC 9110, section 5.6.2).
    private static func isTokenByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "a")...UInt8(ascii: "z"):
            true
        case UInt8(ascii: "!"), UInt8(ascii: "#"), UInt8(ascii: "$"), UInt8(ascii: "%"), UInt8(ascii: "&"),
            UInt8(ascii: "'"), UInt8(ascii: "*"), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "."),
            UInt8(ascii: "^"), UInt8(ascii: "_"), UInt8(ascii: "`"), UInt8(ascii: "|"), UInt8(ascii: "~"):
            true
        default: false
        }
    }
}

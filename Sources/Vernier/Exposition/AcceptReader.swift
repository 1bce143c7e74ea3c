/// Reads an `Accept` header once from front to back and judges offers by it.
///
/// Nothing is kept of a range but how it judges each offer, so that a hostile header costs its length and no more.
struct AcceptReader {
    /// What the range that is being read says about one offer so far.
    private struct Pending {
        /// How much of the type agrees, as in `MediaMatch.specificity`; -1 when the range is about something else.
        var level = -1
        /// The rules whose parameter was seen, a bit each.
        var seen: UInt8 = 0
    }

    private var header: HeaderScanner
    private let offers: [MediaOffer]
    private var pending: [Pending]
    /// The scheme that the range that is being read names.
    private var escaping: EscapingScheme?
    /// The judgement on each offer.
    private(set) var matches: [MediaMatch]

    init(_ header: String, offers: [MediaOffer]) {
        self.header = HeaderScanner(header)
        self.offers = offers
        pending = Array(repeating: Pending(), count: offers.count)
        matches = Array(repeating: MediaMatch(), count: offers.count)
    }

    /// Reads every range; what is malformed counts for nothing.
    mutating func readAll() {
        while !header.isAtEnd {
            header.skipWhitespace()
            if let quality = readRange() { judge(quality: quality) }
            header.skipPastComma()
        }
    }

    /// Reads a range with its parameters into `pending` and returns its quality; `nil` when it is malformed.
    ///
    ///     range      = token "/" token *( OWS ";" OWS [ parameter ] ) OWS
    ///     parameter  = token "=" ( token / quoted-string )
    private mutating func readRange() -> Int? {
        guard let type = header.readToken(), header.take(UInt8(ascii: "/")), let subtype = header.readToken() else {
            return nil
        }
        let anyType = header.isEqual(type, "*")
        let anySubtype = header.isEqual(subtype, "*")
        if anyType && !anySubtype { return nil }
        for index in offers.indices {
            let isSame =
                anyType
                || (header.isEqual(type, offers[index].type)
                    && (anySubtype || header.isEqual(subtype, offers[index].subtype)))
            pending[index] = Pending(level: isSame ? (anyType ? 0 : anySubtype ? 1 : 2) : -1)
        }
        escaping = nil
        var quality: Int?
        header.skipWhitespace()
        while header.take(UInt8(ascii: ";")) {
            header.skipWhitespace()
            guard let name = header.readToken() else { continue }
            guard header.take(UInt8(ascii: "=")), let value = header.readValue() else { return nil }
            if header.isEqual(name, "q") {
                guard quality == nil, let read = header.quality(value) else { return nil }
                quality = read
            } else if header.isEqual(name, "escaping") {
                // Prometheus 3.0 says it twice. A scheme that nobody knows is none.
                escaping = EscapingScheme.allCases.first { header.isEqual(value, $0.rawValue) } ?? escaping
            } else {
                apply(parameter: name, value)
            }
            header.skipWhitespace()
        }
        return header.isAtEndOfElement ? quality ?? HeaderScanner.fullQuality : nil
    }

    private mutating func apply(parameter name: Range<Int>, _ value: Range<Int>) {
        for (index, offer) in offers.enumerated() where pending[index].level >= 0 {
            for (bit, rule) in offer.rules.enumerated() where header.isEqual(name, rule.name) {
                pending[index].seen |= 1 << UInt8(truncatingIfNeeded: bit)
                if !rule.values.contains(where: { header.isEqual(value, $0) }) { pending[index].level = -1 }
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

extension ExpositionFormat {
    /// The format in which to answer a request with this `Accept` header.
    ///
    /// A client gets what it names and likes best: OpenMetrics 1.0.0, protobuf, or text 1.0.0 or 0.0.4, in this order where it likes
    /// several equally well. In all other cases, a missing, broken or unsatisfiable header among them, it gets text 0.0.4, which
    /// every scraper reads. A wildcard stands for that as long as the client does not exclude it with `q=0`, and for OpenMetrics
    /// then. The rules are those of RFC 9110, section 12.5.1: the most specific range of a format says its quality, `q=0` excludes,
    /// types and names are compared without case. What is malformed is skipped up to the next comma, and a quality above 1, which
    /// Prometheus 2.49.0 sent, is 1. The range that decides also says by `escaping` how names are to be written (Prometheus,
    /// "Content negotiation").
    ///
    /// - Parameter accept: The header's value, several headers joined by commas; `nil` when there is none.
    /// - Complexity: Linear in the length of the header, with one copy of it.
    public static func negotiated(accept: String?) -> ExpositionFormat {
        guard let accept else { return .text }
        return MediaOffer.best(for: accept, of: MediaOffer.all, fallback: .text)
    }
}

/// A media type that this library can answer with: a row of the table that negotiation chooses from.
struct MediaOffer: Sendable {
    /// A parameter of a media range that decides whether the offer satisfies it; parameters without a rule are ignored.
    struct Rule: Sendable {
        let name: String
        /// The values that the offer satisfies, in lower case.
        let values: [String]
        /// Whether a range without the parameter asks for something else.
        var isRequired = false
    }

    /// The format, with the scheme for a range that names none.
    let format: ExpositionFormat
    let type: String
    let subtype: String
    /// At most eight.
    let rules: [Rule]
    /// Whether no wildcard stands for it.
    var isOnlyNamed = false

    /// What can be served, the preferred one first.
    static let all = [
        MediaOffer(
            format: .openMetrics, type: "application", subtype: "openmetrics-text",
            rules: [Rule(name: "version", values: ["1.0.0"]), Rule(name: "charset", values: ["utf-8"])]),
        MediaOffer(
            format: .protobuf, type: "application", subtype: "vnd.google.protobuf",
            rules: [
                Rule(name: "proto", values: ["io.prometheus.client.metricfamily"], isRequired: true),
                Rule(name: "encoding", values: ["delimited"], isRequired: true),
            ], isOnlyNamed: true),
        // An answer in this version says its scheme (Prometheus, "Content negotiation").
        MediaOffer(
            format: ExpositionFormat(.utf8Text, escaping: .underscores), type: "text", subtype: "plain",
            rules: [
                Rule(name: "version", values: ["1.0.0"], isRequired: true), Rule(name: "charset", values: ["utf-8"]),
            ], isOnlyNamed: true),
        MediaOffer(
            format: .text, type: "text", subtype: "plain",
            rules: [Rule(name: "version", values: ["0.0.4"]), Rule(name: "charset", values: ["utf-8"])]),
    ]

    /// The format of the offer that a header likes best, or `fallback`.
    ///
    /// Offers of equal quality win by their order in the table.
    static func best(for accept: String, of offers: [MediaOffer], fallback: ExpositionFormat) -> ExpositionFormat {
        var reader = AcceptReader(accept, offers: offers)
        reader.readAll()
        var named: (quality: Int, format: ExpositionFormat) = (0, fallback)
        var unnamed = named
        for (offer, match) in zip(offers, reader.matches) {
            var format = offer.format
            format.escaping = match.escaping ?? format.escaping
            if match.isNamed || offer.format == fallback {
                if match.quality > named.quality { named = (match.quality, format) }
            } else if match.quality > unnamed.quality {
                unnamed = (match.quality, format)
            }
        }
        return named.quality > 0 ? named.format : unnamed.format
    }
}

/// How an `Accept` header judges one offer.
struct MediaMatch: Equatable {
    /// How closely the best range so far describes the offer; -1 when none does.
    var specificity = -1
    /// From 0, which excludes, to `HeaderScanner.fullQuality`.
    var quality = 0
    /// The scheme that the range names.
    var escaping: EscapingScheme?
    /// Whether that range names type and subtype.
    var isNamed: Bool { specificity >= MediaMatch.specificity(ofLevel: 2, rules: 0) }

    /// Orders ranges: `*/*` is level 0, `type/*` level 1, `type/subtype` level 2; more parameters are closer.
    static func specificity(ofLevel level: Int, rules: UInt8) -> Int { level << 8 | rules.nonzeroBitCount }

    /// Takes a range's judgement where it is closer than what was known; of equally close ones the better counts, and of equally
    /// good ones that with the scheme that comes first, so that the order of ranges means nothing.
    mutating func merge(_ range: MediaMatch) {
        if (range.specificity, range.quality, range.rank) > (specificity, quality, rank) { self = range }
    }

    private var rank: Int {
        escaping.flatMap(EscapingScheme.allCases.firstIndex).map { EscapingScheme.allCases.count - $0 } ?? 0
    }
}

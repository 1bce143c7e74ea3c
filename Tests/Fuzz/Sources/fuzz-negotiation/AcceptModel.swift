import Vernier

/// A second reading of `Accept`, by splitting where the library reads once from front to back.
///
/// It follows RFC 9110, section 12.5.1, and what `ExpositionFormat.negotiated(accept:)` promises beyond it.
struct AcceptModel {
    /// A well-formed media range.
    struct Range {
        var type: String
        var subtype: String
        /// Names and values in lower case, `q` not among them.
        var parameters: [(name: String, value: String)]
        /// In billionths, from 0 to `full`.
        var quality: Int
    }

    /// A media type that can be served.
    struct Offer {
        var syntax: ExpositionFormat.Syntax
        var type: String
        var subtype: String
        /// The values that each known parameter may have.
        var allowed: [String: Set<String>]
        /// The parameters without which a range names something else; such an offer has to be named.
        var required: Set<String> = []
        /// The scheme of an answer to a range that names none.
        var escaping: EscapingScheme?
    }

    /// How the header judges an offer.
    struct Judgement: Equatable {
        /// 0 for `*/*`, 1 for `type/*`, 2 for the type itself; -1 when no range describes the offer.
        var level = -1
        var parameters = 0
        var quality = 0
        /// The scheme that the range names, or that of the offer.
        var escaping: EscapingScheme?
    }

    /// The quality 1.
    static let full = 1_000_000_000

    static let offers = [
        Offer(
            syntax: .openMetrics, type: "application", subtype: "openmetrics-text",
            allowed: ["version": ["1.0.0"], "charset": ["utf-8"]]),
        Offer(
            syntax: .protobuf, type: "application", subtype: "vnd.google.protobuf",
            allowed: ["proto": ["io.prometheus.client.metricfamily"], "encoding": ["delimited"]],
            required: ["proto", "encoding"]),
        Offer(
            syntax: .utf8Text, type: "text", subtype: "plain",
            allowed: ["version": ["1.0.0"], "charset": ["utf-8"]], required: ["version"], escaping: .underscores),
        Offer(
            syntax: .text, type: "text", subtype: "plain", allowed: ["version": ["0.0.4"], "charset": ["utf-8"]]),
    ]

    /// The header's elements as they stand between commas that are not quoted.
    let elements: [[UInt8]]
    /// The elements that are well-formed.
    let ranges: [Range]

    init(_ header: String) {
        elements = AcceptModel.split(Array(header.utf8), at: UInt8(ascii: ","))
        ranges = elements.compactMap { AcceptModel.range($0) }
    }

    /// The closest range's view of an offer, the best one of several that are equally close.
    func judgement(of offer: Offer) -> Judgement {
        var best = Judgement()
        for range in ranges {
            guard let candidate = AcceptModel.judge(offer, by: range) else { continue }
            let isCloser = (candidate.level, candidate.parameters) > (best.level, best.parameters)
            let isAsClose = (candidate.level, candidate.parameters) == (best.level, best.parameters)
            let isBetter = (candidate.quality, candidate.rank) > (best.quality, best.rank)
            if isCloser || (isAsClose && isBetter) { best = candidate }
        }
        best.escaping = best.escaping ?? offer.escaping
        return best
    }

    private static func judge(_ offer: Offer, by range: Range) -> Judgement? {
        let level: Int
        switch (range.type, range.subtype) {
        case ("*", "*"): level = 0
        case ("*", _): return nil
        case (offer.type, "*"): level = 1
        case (offer.type, offer.subtype): level = 2
        default: return nil
        }
        let known = range.parameters.filter { offer.allowed[$0.name] != nil }
        guard known.allSatisfy({ offer.allowed[$0.name]?.contains($0.value) ?? true }) else { return nil }
        let names = Set(known.map(\.name))
        guard offer.required.isEmpty || level == 2 && offer.required.isSubset(of: names) else { return nil }
        let schemes = range.parameters.filter { $0.name == "escaping" }.compactMap {
            EscapingScheme(rawValue: $0.value)
        }
        return Judgement(
            level: level, parameters: names.count, quality: range.quality, escaping: schemes.last)
    }
}

extension AcceptModel.Judgement {
    /// Which of two schemes counts that ranges name which are alike in all else: the one that leaves more of a name.
    var rank: Int {
        switch escaping {
        case nil: 0
        case .values: 1
        case .dots: 2
        case .underscores: 3
        case .allowUTF8: 4
        }
    }
}

// MARK: - Reading

extension AcceptModel {
    /// Cuts at a separator that is not quoted; a quote that is not closed reaches to the end.
    static func split(_ text: [UInt8], at separator: UInt8) -> [[UInt8]] {
        var parts: [[UInt8]] = [[]]
        var isQuoted = false
        var isEscaped = false
        for octet in text {
            if !isQuoted, octet == separator {
                parts.append([])
                continue
            }
            parts[parts.count - 1].append(octet)
            if isEscaped {
                isEscaped = false
            } else if octet == UInt8(ascii: "\"") {
                isQuoted.toggle()
            } else if isQuoted, octet == UInt8(ascii: "\\") {
                isEscaped = true
            }
        }
        return parts
    }

    private static func range(_ element: [UInt8]) -> Range? {
        var parts = split(element, at: UInt8(ascii: ";")).map(trimmed)
        let names = parts.removeFirst().split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
        guard names.count == 2, let type = token(names[0]), let subtype = token(names[1]) else { return nil }
        var range = Range(type: type, subtype: subtype, parameters: [], quality: full)
        var hasQuality = false
        for part in parts where !part.isEmpty {
            guard let equals = part.firstIndex(of: UInt8(ascii: "=")), let name = token(part[..<equals]) else {
                return nil
            }
            let raw = part[(equals + 1)...]
            guard let value = token(raw) ?? quoted(raw) else { return nil }
            if name == "q" {
                // Escapes in a quality are as wrong as letters are.
                guard !hasQuality, !raw.contains(UInt8(ascii: "\\")), let quality = quality(value) else { return nil }
                range.quality = quality
                hasQuality = true
            } else {
                range.parameters.append((name, value))
            }
        }
        return range
    }

    private static func trimmed(_ text: [UInt8]) -> [UInt8] {
        let isBlank = { (octet: UInt8) in octet == 0x20 || octet == 0x09 }
        return Array(text.drop(while: isBlank).reversed().drop(while: isBlank).reversed())
    }

    /// A token in lower case.
    private static func token(_ text: ArraySlice<UInt8>) -> String? {
        let marks = Set("!#$%&'*+-.^_`|~".utf8)
        let isToken = text.allSatisfy { octet in
            switch octet {
            case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
            default: marks.contains(octet)
            }
        }
        return isToken && !text.isEmpty ? lowercased(text) : nil
    }

    /// The content of a quoted string, without its escapes and in lower case.
    private static func quoted(_ text: ArraySlice<UInt8>) -> String? {
        guard text.first == UInt8(ascii: "\"") else { return nil }
        var content: [UInt8] = []
        var rest = text.dropFirst()
        while let octet = rest.popFirst() {
            if octet == UInt8(ascii: "\"") { return rest.isEmpty ? lowercased(content[...]) : nil }
            if octet == UInt8(ascii: "\\") {
                guard let escaped = rest.popFirst() else { return nil }
                content.append(escaped)
            } else {
                content.append(octet)
            }
        }
        return nil
    }

    private static func lowercased(_ text: ArraySlice<UInt8>) -> String {
        String(decoding: text.map { 0x41...0x5A ~= $0 ? $0 + 0x20 : $0 }, as: UTF8.self)
    }

    /// Digits with at most one point, in billionths; what is above 1 is 1, and places past the ninth are dropped.
    private static func quality(_ text: String) -> Int? {
        let parts = text.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard parts.count <= 2, parts.contains(where: { !$0.isEmpty }),
            parts.allSatisfy({ $0.allSatisfy { 0x30...0x39 ~= $0 } })
        else { return nil }
        if parts[0].contains(where: { $0 != 0x30 }) { return full }
        guard parts.count == 2 else { return 0 }
        var places = Array(parts[1].prefix(9))
        places += Array(repeating: 0x30, count: 9 - places.count)
        return places.reduce(0) { $0 * 10 + Int($1) - 0x30 }
    }
}

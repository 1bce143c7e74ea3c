import FuzzSupport
import Vernier

/// Tries to find an `Accept` header that is answered wrongly.
@main
enum FuzzNegotiation {
    static func main() {
        Fuzzing.run { input in
            let isMade = input.first == MadeHeader.mark
            let header = isMade ? MadeHeader.text(input.dropFirst()) : String(decoding: input, as: UTF8.self)
            let answer = negotiated(header)
            Fuzzing.requireEqual(negotiated(header), answer, "a header has one answer")
            checkPreferences(header, answer)
            checkRewritings(header, answer)
        }
    }

    /// The library's answer; with a planted defect, the answer of a library that overlooks a quality in quotes.
    private static func negotiated(_ header: String) -> ExpositionFormat {
        guard Fuzzing.hasPlantedDefect else { return ExpositionFormat.negotiated(accept: header) }
        var octets = Array(header.utf8)
        for index in octets.indices where octets[index...].starts(with: ";q=\"".utf8) {
            octets[index + 1] = UInt8(ascii: "x")
        }
        return ExpositionFormat.negotiated(accept: String(decoding: octets, as: UTF8.self))
    }

    /// What a client gets agrees with what it says of each type.
    private static func checkPreferences(_ header: String, _ answer: ExpositionFormat) {
        let model = AcceptModel(header)
        let judged = AcceptModel.offers.map { (syntax: $0.syntax, judgement: model.judgement(of: $0)) }
        guard let chosen = judged.first(where: { $0.syntax == answer.syntax })?.judgement else {
            Fuzzing.violation("the answer is a format that is offered", "\(header)\n\(answer)")
        }
        let details = "\(header)\n\(judged)\nanswer: \(answer)"
        let acceptable = judged.filter { $0.judgement.quality > 0 }
        if acceptable.isEmpty {
            Fuzzing.require(answer == .text, "who accepts nothing gets text: \(details)")
            return
        }
        Fuzzing.require(answer.escaping == chosen.escaping, "the range that decides says the scheme: \(details)")
        Fuzzing.require(chosen.quality > 0, "nobody gets what they exclude when they accept something: \(details)")
        // A wildcard speaks for text first: the others count when they are named, or when text is excluded.
        let counted = acceptable.filter { $0.judgement.level == 2 || $0.syntax == .text }
        let best = (counted.isEmpty ? acceptable : counted).max { $0.judgement.quality < $1.judgement.quality }
        let rivals = (counted.isEmpty ? acceptable : counted).filter {
            $0.judgement.quality == best?.judgement.quality
        }
        Fuzzing.require(
            answer.syntax == rivals.first?.syntax, "the best quality wins, the richest format among equals: \(details)")
    }

    /// Other ways to write the same header have the same answer.
    private static func checkRewritings(_ header: String, _ answer: ExpositionFormat) {
        func require(_ other: String, _ property: String) {
            let format = negotiated(other)
            Fuzzing.require(format == answer, "\(property): \(header) -> \(answer), \(other) -> \(format)")
        }
        require(String(decoding: header.utf8.map(raised), as: UTF8.self), "case means nothing")
        for other in ["image/png", "", "a/b;c=\"d,e\"", "/", "text/plain;q=x"] {
            require(other + "," + header, "a range about something else, or a broken one, changes nothing")
        }
        let elements = AcceptModel(header).elements
        // A quote that is not closed swallows what comes behind it, so it has to stay last.
        guard elements.allSatisfy(isClosed) else { return }
        require(header + ",image/png", "a range about something else changes nothing")
        require(header + "," + header, "to say it twice changes nothing")
        let reversed = elements.reversed().map { String(decoding: $0, as: UTF8.self) }
        require(reversed.joined(separator: ","), "the order of ranges means nothing")
        require(reversed.joined(separator: " ,\t,"), "blanks and empty elements mean nothing")
    }

    private static func raised(_ octet: UInt8) -> UInt8 { 0x61...0x7A ~= octet ? octet - 0x20 : octet }

    private static func isClosed(_ element: [UInt8]) -> Bool {
        AcceptModel.split(element + [UInt8(ascii: ",")], at: UInt8(ascii: ",")).count == 2
    }
}

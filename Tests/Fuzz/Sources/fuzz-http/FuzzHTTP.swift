import FuzzSupport
import VernierExporter

/// Tries to find octets that the request reader reads in two ways, or past its bounds.
@main
enum FuzzHTTP {
    static func main() {
        Fuzzing.run { input in
            for limits in [
                HTTPRequestDecoder.Limits(),
                HTTPRequestDecoder.Limits(requestLineBytes: 48, headerBytes: 96, headerCount: 4, bodyBytes: 24),
            ] {
                let whole = Conversation(limits: limits, pieces: [input[...]])
                for (number, pieces) in Pieces.ways(input).enumerated() {
                    let other = Conversation(limits: limits, pieces: number == 0 ? pieces : planted(pieces))
                    Fuzzing.requireEqual(
                        other.outcome, whole.outcome, "what is read does not depend on the pieces (way \(number))")
                    if number == 0 { checkExtents(of: other, in: input, limits: limits) }
                }
                for request in whole.outcome.requests { check(request, limits: limits) }
            }
        }
    }

    /// With a planted defect, what a reader would see that takes each tab for a space.
    private static func planted(_ pieces: [ArraySlice<UInt8>]) -> [ArraySlice<UInt8>] {
        guard Fuzzing.hasPlantedDefect else { return pieces }
        return pieces.map { piece in piece.map { $0 == 0x09 ? 0x20 : $0 }[...] }
    }

    /// A request comes out with its last octet, neither earlier nor later, and takes nothing of the next one.
    private static func checkExtents(
        of conversation: Conversation, in input: [UInt8], limits: HTTPRequestDecoder.Limits
    ) {
        var start = 0
        for (request, end) in zip(conversation.outcome.requests, conversation.ends) {
            let octets = input[start..<end]
            Fuzzing.requireEqual(
                Extent.length(of: octets, bodyLength: request.headers["Content-Length"]), octets.count,
                "a request is its head and its body, and nothing else")
            let alone = Conversation(limits: limits, pieces: [octets])
            Fuzzing.requireEqual(alone.outcome.requests, [request], "a request is read alone as among others")
            Fuzzing.require(alone.decoder.isEmpty, "nothing is left behind a request")
            let short = Conversation(limits: limits, pieces: [octets.dropLast()])
            Fuzzing.require(
                short.outcome == Conversation.Outcome(), "without its last octet there is no request and no error")
            start = end
        }
    }

    private static func check(_ request: HTTPRequest, limits: HTTPRequestDecoder.Limits) {
        Fuzzing.require(request.headers.fields.count <= limits.headerCount, "the number of fields is bounded")
        // `: ` may have been `:`; what is not UTF-8 takes up to three times its octets when it is repaired.
        let octets = request.headers.fields.reduce(0) { $0 + $1.name.utf8.count + $1.value.utf8.count / 3 + 3 }
        Fuzzing.require(octets <= limits.headerBytes, "the octets of fields are bounded")
        if let length = request.headers["Content-Length"] {
            Fuzzing.require(Int(length).map { $0 <= limits.bodyBytes } ?? false, "the length of a body is bounded")
        }
        Fuzzing.require(request.headers["Transfer-Encoding"] == nil, "no transfer coding comes through")
        Fuzzing.require(request.headers.count(of: "Host") <= 1, "there is one Host")
        Fuzzing.require(request.version == .http10 || request.headers["Host"] != nil, "HTTP/1.1 has a Host")
        for field in request.headers.fields {
            Fuzzing.require(!field.value.utf8.contains { $0 < 0x20 && $0 != 0x09 }, "no control octet comes through")
        }
        // Written again it is read again as the same: the bounds apart, since escapes need more room.
        let written = RequestText(request).octets
        let wide = HTTPRequestDecoder.Limits(
            requestLineBytes: written.count, headerBytes: written.count, headerCount: limits.headerCount,
            bodyBytes: limits.bodyBytes)
        let again = Conversation(limits: wide, pieces: [written[...]])
        Fuzzing.requireEqual(again.outcome.requests, [request], "a request that is written again reads the same")
        Fuzzing.requireEqual(
            again.outcome.requests.first?.keepsConnectionOpen, request.keepsConnectionOpen,
            "both leave the connection alike")
    }
}

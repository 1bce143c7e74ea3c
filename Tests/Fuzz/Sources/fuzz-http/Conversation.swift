import FuzzSupport
import VernierExporter

/// What a reader makes of pieces.
struct Conversation {
    /// What can be told from outside.
    struct Outcome: Equatable {
        var requests: [HTTPRequest] = []
        var error: HTTPRequestError?
    }

    private(set) var outcome = Outcome()
    /// How many octets had been given when each request came out.
    private(set) var ends: [Int] = []
    private(set) var decoder: HTTPRequestDecoder

    init(limits: HTTPRequestDecoder.Limits, pieces: [ArraySlice<UInt8>]) {
        decoder = HTTPRequestDecoder(limits: limits)
        Fuzzing.require(decoder.isEmpty, "a reader starts empty")
        let bound = max(limits.requestLineBytes, limits.headerBytes) + 2
        var given = 0
        do throws(HTTPRequestError) {
            for (number, piece) in pieces.enumerated() {
                decoder.append(contentsOf: piece)
                given += piece.count
                while let request = try decoder.next() {
                    outcome.requests.append(request)
                    ends.append(given)
                }
                // A look costs as much as reading some hundred octets.
                if number % 64 == 63 || number == pieces.count - 1 {
                    Fuzzing.require(held <= bound, "no more than a line is kept: \(held)")
                }
            }
        } catch {
            outcome.error = error
            Fuzzing.require((400...599).contains(error.status.code), "a refusal has a status")
            requireSame(error)
        }
    }

    /// After an error there is the same error for ever, whatever comes.
    private mutating func requireSame(_ error: HTTPRequestError) {
        for more in ["", "GET / HTTP/1.1\r\nHost: a\r\n\r\n"] {
            decoder.append(contentsOf: Array(more.utf8))
            Fuzzing.require(!decoder.isEmpty, "a reader that failed is not empty")
            do throws(HTTPRequestError) {
                Fuzzing.violation("a reader that failed stays so", "\(String(describing: try decoder.next()))")
            } catch let again {
                Fuzzing.requireEqual(again, error, "an error stays the same")
            }
            Fuzzing.require(held == 0, "a reader that failed keeps nothing")
        }
    }

    /// How many octets the reader keeps, by a look into it.
    private var held: Int {
        for (label, value) in Mirror(reflecting: decoder).children where label == "buffer" {
            if let buffer = value as? [UInt8] { return buffer.count }
        }
        Fuzzing.violation("the reader has an array that is called buffer: mend this check")
    }
}

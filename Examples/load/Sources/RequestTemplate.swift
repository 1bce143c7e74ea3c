import ExampleSupport

/// One kind of request of the mix.
struct RequestTemplate: Sendable {
    /// A piece of a text: as it is, or a number that is picked each time.
    private enum Piece: Sendable {
        case text(Substring)
        case number(ClosedRange<Int>)
    }

    let weight: Int
    let method: String
    /// What the report calls it: the method and the target without its query.
    let name: String
    private let target: [Piece]
    private let body: [Piece]

    /// Reads `[WEIGHT*]METHOD TARGET [BODY]`.
    init(_ text: String) throws(Options.Problem) {
        var words = text.split(separator: " ", maxSplits: 2)
        guard words.count >= 2, words[1].hasPrefix("/") else {
            throw Options.Problem("\"\(text)\" is no request: write 'METHOD /target [BODY]'")
        }
        var weight = 1
        if let star = words[0].firstIndex(of: "*") {
            guard let number = Int(words[0][..<star]), (1...1000).contains(number) else {
                throw Options.Problem("the weight of \"\(text)\" is not a number from 1 to 1000")
            }
            weight = number
            words[0] = words[0][words[0].index(after: star)...]
        }
        self.weight = weight
        method = String(words[0])
        name = "\(method) \(words[1].prefix { $0 != "?" })"
        target = Self.pieces(of: words[1])
        body = words.count > 2 ? Self.pieces(of: words[2]) : []
    }

    /// A target and a body with numbers in their places.
    func made(with random: inout some RandomNumberGenerator) -> (target: String, body: String?) {
        func text(_ pieces: [Piece]) -> String {
            pieces.reduce(into: "") { text, piece in
                switch piece {
                case .text(let part): text += part
                case .number(let range): text += String(Int.random(in: range, using: &random))
                }
            }
        }
        return (text(target), body.isEmpty ? nil : text(body))
    }

    private static func pieces(of text: Substring) -> [Piece] {
        var pieces: [Piece] = []
        var rest = text
        while let match = rest.firstMatch(of: /\{(\d{1,15})\.\.(\d{1,15})\}/) {
            pieces.append(.text(rest[..<match.range.lowerBound]))
            if let low = Int(match.1), let high = Int(match.2), low <= high {
                pieces.append(.number(low...high))
            } else {
                pieces.append(.text(match.0))
            }
            rest = rest[match.range.upperBound...]
        }
        return pieces + [.text(rest)]
    }
}

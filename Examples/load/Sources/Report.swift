import Foundation

/// What became of the requests of one kind.
struct Tally: Sendable {
    private(set) var statuses: [String: Int] = [:]
    private(set) var errors: [String: Int] = [:]
    private(set) var responseBytes = 0
    private var seconds: [Double] = []

    /// Counts an answer that was read to its end.
    mutating func add(status: Int, bytes: Int, seconds taken: Double) {
        statuses[String(status), default: 0] += 1
        responseBytes += bytes
        seconds.append(taken)
    }

    /// Counts a request without a whole answer.
    mutating func add(error: String, seconds taken: Double) {
        errors[error, default: 0] += 1
        seconds.append(taken)
    }

    mutating func add(_ other: Tally) {
        statuses.merge(other.statuses, uniquingKeysWith: +)
        errors.merge(other.errors, uniquingKeysWith: +)
        responseBytes += other.responseBytes
        seconds += other.seconds
    }

    var count: Int { seconds.count }

    /// Ranks of the times that were measured, each a time that was: the nearest rank.
    var ranks: [String: Double] {
        guard !seconds.isEmpty else { return [:] }
        let sorted = seconds.sorted()
        func rank(_ share: Double) -> Double { sorted[max(0, Int((share * Double(sorted.count)).rounded(.up)) - 1)] }
        return [
            "mean": sorted.reduce(0, +) / Double(sorted.count), "min": rank(0), "p50": rank(0.5), "p90": rank(0.9),
            "p95": rank(0.95), "p99": rank(0.99), "max": rank(1),
        ]
    }
}

/// What is printed in the end.
struct Report: Encodable {
    struct Request: Encodable {
        let request: String
        let sent: Int
        let statuses: [String: Int]
        let errors: [String: Int]
        let responseBytes: Int
        let seconds: [String: Double]
    }

    let sent: Int
    let seconds: Double
    let requestsPerSecond: Double
    let wasInterrupted: Bool
    let requests: [Request]

    init(_ tallies: [String: Tally], seconds: Double, wasInterrupted: Bool) {
        sent = tallies.values.reduce(0) { $0 + $1.count }
        self.seconds = seconds
        requestsPerSecond = seconds > 0 ? Double(sent) / seconds : 0
        self.wasInterrupted = wasInterrupted
        requests = tallies.sorted { $0.key < $1.key }.map { name, tally in
            Request(
                request: name, sent: tally.count, statuses: tally.statuses, errors: tally.errors,
                responseBytes: tally.responseBytes, seconds: tally.ranks)
        }
    }

    /// The report in JSON, names in snake case.
    var json: String {
        get throws {
            let encoder = JSONEncoder()
            encoder.keyEncodingStrategy = .convertToSnakeCase
            encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
            return String(decoding: try encoder.encode(self), as: UTF8.self)
        }
    }
}

import Vernier

/// One sample line as it was read, before it is known to which metric it belongs.
struct ReadSample {
    /// What the sample says about its metric.
    var role = SampleRole.value
    var number = PageNumber(value: 0)
    /// In seconds since 1970.
    var timestamp: Double?
    var exemplar: Exemplar?
    /// The value of `le` or `quantile`.
    var rank = 0.0
    /// The value of the label that a state set writes.
    var state = ""
    /// Where on the line these are.
    var rankColumn = 0
    var valueColumn = 0

    /// The value as a count of observations.
    func count(_ reader: LineReader) throws(ExpositionError) -> UInt64 {
        guard let count = number.count else {
            throw reader.error(
                at: valueColumn, found: "the count \(number.value)", expected: "a whole number from 0 to 2^64 - 1")
        }
        return count
    }
}

extension LineReader {
    /// An error about a sample that is on the page already.
    func repeated() -> ExpositionError {
        error(found: "a sample with name and labels of one before", expected: "each sample once")
    }
}

// MARK: Values

extension ReadSample {
    /// Judges the value and the special label by what a sample of this role may have.
    mutating func judge(
        special: (value: [UInt8], column: Int)?, _ type: MetricType, _ reader: LineReader
    ) throws(ExpositionError) {
        switch role {
        case .bucket, .quantile: try readRank(special, reader)
        case .state:
            guard let special, let name = text(special.value.span) else {
                throw reader.error(
                    found: "a sample of a state set without a state", expected: "a label named as the family")
            }
            state = name
        default: break
        }
        guard reader.dialect.isOpenMetrics else { return }
        let value = number.value
        switch role {
        case .sum where type == .gaugeHistogram: if value.isNaN { throw wrong("a number", reader) }
        case .total, .sum: if !(value >= 0) { throw wrong("a number from 0 up", reader) }
        case .quantile: if value < 0 { throw wrong("a number from 0 up, or NaN", reader) }
        case .created: if !value.isFinite { throw wrong("a time in seconds since 1970", reader) }
        case .info: if value != 1 { throw wrong("1, the value of every info", reader) }
        case .state: if value != 0, value != 1 { throw wrong("0 or 1", reader) }
        default: break
        }
    }

    private func wrong(_ expected: String, _ reader: LineReader) -> ExpositionError {
        reader.error(at: valueColumn, found: "the value \(number.value)", expected: expected)
    }

    private mutating func readRank(
        _ special: (value: [UInt8], column: Int)?, _ reader: LineReader
    ) throws(ExpositionError) {
        let label = role == .bucket ? "le" : "quantile"
        guard let special else {
            throw reader.error(found: "a sample without the label \"\(label)\"", expected: "that label")
        }
        rankColumn = special.column
        let span = special.value.span
        let range = role == .bucket ? "a bound: a number or +Inf" : "a rank: a number from 0 to 1"
        guard let (number, end) = NumberReader.read(span, from: 0), end == span.count, !number.value.isNaN,
            role == .bucket || (number.value >= 0 && number.value <= 1),
            // OpenMetrics has one way to write it (1.0.0, "Considerations: Canonical Numbers").
            number.value != .infinity || !reader.dialect.isOpenMetrics || special.value == Array("+Inf".utf8)
        else {
            throw reader.error(at: special.column, found: quoted(special.value), expected: range)
        }
        rank = number.value
    }

    /// Judges whether an exemplar may be where it is (OpenMetrics 1.0.0, "Exemplars").
    func judge(
        exemplar: Exemplar, codePoints: Int, column: Int, _ reader: LineReader
    ) throws(ExpositionError) {
        guard role == .total || role == .bucket else {
            throw reader.error(
                at: column, found: "an exemplar", expected: "exemplars at counters and buckets only")
        }
        if codePoints > 128 {
            throw reader.error(
                at: column, found: "an exemplar with \(codePoints) characters in its labels", expected: "at most 128")
        }
        let isInside = exemplar.value <= rank || (rank == .infinity && exemplar.value.isNaN)
        if role == .bucket, !isInside {
            throw reader.error(
                at: column, found: "an exemplar of \(exemplar.value) in a bucket up to \(rank)",
                expected: "an observation that the bucket counts")
        }
    }
}

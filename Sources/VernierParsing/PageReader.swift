import Vernier

/// Reads a page line by line and puts its families together.
struct PageReader {
    let dialect: Dialect
    let limits: ExpositionParser.Limits
    /// How many lines were read.
    private(set) var lines = 0
    /// Whether the end that OpenMetrics asks for was read.
    private(set) var isEnded = false
    var family: FamilyReader?
    /// The names that families have taken.
    private var claimed: Set<ByteKey> = []
    private var families = 0
    /// How many bytes the names of families have that took them.
    private var nameBytes = 0

    // What one line needs, kept for the next.
    var name: [UInt8] = []
    var labels = LabelList()
    var exemplarLabels = LabelList()
    var scratch = LabelScratch()

    init(_ dialect: Dialect, _ limits: ExpositionParser.Limits) {
        self.dialect = dialect
        self.limits = limits
    }

    /// Reads a line, without its line feed.
    ///
    /// - Returns: the family before, when the line shows that it is complete.
    mutating func read(_ line: Span<UInt8>) throws(ExpositionError) -> MetricFamilySnapshot? {
        lines += 1
        var reader = LineReader(lines, dialect)
        // First of all: of a line that comes in pieces nothing else is known.
        if line.count > limits.lineBytes { throw tooLong(line: lines) }
        if isEnded { throw reader.error(line, expected: "nothing after \"# EOF\"") }
        if !dialect.isOpenMetrics {
            reader.skipBlanks(line)
            if reader.isAtEnd(line) { return nil }
        }
        if reader.isNext(UInt8(ascii: "#"), line) { return try readHash(line, reader) }
        return try readSample(line, reader)
    }

    /// Ends the page and returns its last family.
    mutating func end() throws(ExpositionError) -> MetricFamilySnapshot? {
        if dialect.isOpenMetrics, !isEnded {
            throw ExpositionError(
                line: max(lines, 1), column: 1, found: "the end of the page", expected: "\"# EOF\" as its last line")
        }
        return try endFamily()
    }

    /// The error for the next line, which is longer than the limit before its end is there.
    func nextLineTooLong() -> ExpositionError { tooLong(line: lines + 1) }

    private func tooLong(line: Int) -> ExpositionError {
        ExpositionError(
            line: line, column: limits.lineBytes + 1, found: "a line of more than \(limits.lineBytes) bytes",
            expected: "at most so many (Limits.lineBytes)")
    }

    // MARK: Families

    mutating func endFamily() throws(ExpositionError) -> MetricFamilySnapshot? {
        guard let ended = family.take() else { return nil }
        if !ended.hasSamples { try claim(ended) }
        return try ended.snapshot(dialect)
    }

    /// Takes the family's names; fails for one that another family has.
    mutating func claim(_ family: FamilyReader) throws(ExpositionError) {
        families += 1
        func problem(_ found: String, _ expected: String) -> ExpositionError {
            ExpositionError(line: family.line, column: 1, found: found, expected: expected)
        }
        if families > limits.families {
            throw problem("more than \(limits.families) families", "at most so many (Limits.families)")
        }
        nameBytes += family.name.count
        if nameBytes > limits.nameBytes {
            throw problem(
                "names of families with more than \(limits.nameBytes) bytes", "at most so many (Limits.nameBytes)")
        }
        for name in family.claims(dialect) where !claimed.insert(ByteKey(name)).inserted {
            throw problem(
                "the name \(quoted(name)), which a family before has taken",
                "all lines of a family together, and families that share no name of a sample")
        }
    }

    mutating func count(_ line: Span<UInt8>, _ reader: LineReader) throws(ExpositionError) {
        family?.bytes += line.count
        if let family, family.bytes > limits.familyBytes {
            throw reader.error(
                found: "more than \(limits.familyBytes) bytes of the family \(quoted(family.name))",
                expected: "at most so many (Limits.familyBytes)")
        }
    }

    // MARK: Metadata

    private mutating func readHash(_ line: Span<UInt8>, _ start: LineReader) throws(ExpositionError)
        -> MetricFamilySnapshot?
    {
        var reader = start
        _ = reader.take(UInt8(ascii: "#"), line)
        if dialect.isOpenMetrics {
            guard reader.take(UInt8(ascii: " "), line) else {
                throw reader.error(line, at: 0, expected: "\"# TYPE\", \"# UNIT\", \"# HELP\" or \"# EOF\"")
            }
        } else {
            reader.skipBlanks(line)
        }
        let range = reader.takeWord(line)
        if isWord(line, range, "TYPE") { return try readMetadata(.type, line, reader) }
        if isWord(line, range, "HELP") { return try readMetadata(.help, line, reader) }
        guard dialect.isOpenMetrics else { return nil }  // A comment.
        if isWord(line, range, "UNIT") { return try readMetadata(.unit, line, reader) }
        guard isWord(line, range, "EOF"), reader.isAtEnd(line) else {
            throw reader.error(line, at: 0, expected: "\"# TYPE\", \"# UNIT\", \"# HELP\" or \"# EOF\"")
        }
        isEnded = true
        return try endFamily()
    }

    private func isWord(_ line: Span<UInt8>, _ range: Range<Int>, _ word: String) -> Bool {
        guard range.count == word.utf8.count else { return false }
        var index = range.lowerBound
        for byte in word.utf8 {
            if line[index] != byte { return false }
            index += 1
        }
        return true
    }

    private enum Metadata { case type, unit, help }

    private mutating func readMetadata(
        _ kind: Metadata, _ line: Span<UInt8>, _ start: LineReader
    ) throws(ExpositionError) -> MetricFamilySnapshot? {
        var reader = start
        try reader.passGap(line, before: "the name of a family")
        try reader.readMetricName(line, into: &name)
        // A help text may be missing altogether in the text formats.
        let isBare = !dialect.isOpenMetrics && kind == .help && reader.isAtEnd(line)
        if !isBare { try reader.passGap(line, before: kind == .type ? "a type" : kind == .unit ? "a unit" : "a text") }

        var ended: MetricFamilySnapshot?
        if let family, family.name == name {
            if family.hasSamples {
                throw reader.error(
                    found: "metadata of \(quoted(name)) after its samples", expected: "metadata before the first sample"
                )
            }
        } else {
            ended = try endFamily()
            family = FamilyReader(name, line: lines)
        }
        try count(line, reader)
        switch kind {
        case .type:
            let type = try readType(line, &reader)
            try family?.set(type: type, reader)
        case .help:
            let help = try readText(line, &reader, isHelp: true)
            try family?.set(help: help, reader)
        case .unit:
            let unit = try readText(line, &reader, isHelp: false)
            try family?.set(unit: unit, reader)
        }
        return ended
    }

    private func readType(_ line: Span<UInt8>, _ reader: inout LineReader) throws(ExpositionError) -> MetricType {
        let start = reader.position
        let word = line.extracting(reader.takeWord(line))
        if !dialect.isOpenMetrics { reader.skipBlanks(line) }
        guard reader.isAtEnd(line), word.count < 16, let word = text(word), let type = dialect.type(word) else {
            throw reader.error(line, at: start, expected: "a type: \(dialect.typeWords)")
        }
        return type
    }

    private func readText(
        _ line: Span<UInt8>, _ reader: inout LineReader, isHelp: Bool
    ) throws(ExpositionError) -> String {
        let range = reader.takeRest(line)
        var bytes: [UInt8] = []
        if isHelp {
            reader.unescape(line, range, quotes: dialect.isOpenMetrics, into: &bytes)
        } else {
            for index in range { bytes.append(line[index]) }
        }
        guard let text = text(bytes.span) else { throw reader.error(line, at: range.lowerBound, expected: "UTF-8") }
        return text
    }
}

import Vernier

extension PageReader {
    /// Reads a sample line:
    /// `metricname [labels] SP number [SP timestamp] [SP "#" SP labels SP number [SP timestamp]]` (OpenMetrics 1.0.0, "ABNF").
    ///
    /// The text formats have blanks of any number between tokens, and no exemplars.
    mutating func readSample(
        _ line: Span<UInt8>, _ start: LineReader
    ) throws(ExpositionError) -> MetricFamilySnapshot? {
        var reader = start
        let hasBraces = try readSampleName(line, &reader)
        // The family comes first: which label is the type's own depends on it.
        let (ended, role) = try beginSample()
        try count(line, reader)
        var sample = ReadSample()
        sample.role = role
        labels.removeAll()
        if let isNameInside = hasBraces {
            try reader.readLabels(
                line, into: &labels, scratch: &scratch, special: family?.specialLabel(of: role),
                limit: limits.labelsPerSample, afterName: isNameInside)
            try reader.passGapAfterBrace(line)
        } else {
            labels.end()
        }
        try readValue(line, &reader, &sample)
        if role != .value, labels.special == nil, let reserved = family?.reservedLabel,
            labels.pairs.contains(where: { $0.name.utf8.elementsEqual(reserved) })
        {
            throw reader.error(
                found: "the label \(quoted(reserved))", expected: "it only where the type writes it itself")
        }
        try family?.take(sample, labels: labels, reader)
        return ended
    }

    /// Reads the name and the brace or the gap behind it.
    ///
    /// - Returns: whether the name stands behind the brace; `nil` when there is no brace.
    private mutating func readSampleName(_ line: Span<UInt8>, _ reader: inout LineReader) throws(ExpositionError)
        -> Bool?
    {
        if reader.take(UInt8(ascii: "{"), line) {
            if !dialect.isOpenMetrics { reader.skipBlanks(line) }
            guard reader.isNext(UInt8(ascii: "\""), line) else {
                throw reader.error(line, expected: "the name of a metric in quotes")
            }
            try reader.readMetricName(line, into: &name)
            if !dialect.isOpenMetrics { reader.skipBlanks(line) }
            return true
        }
        guard !reader.isNext(UInt8(ascii: "\""), line) else {
            throw reader.error(line, expected: "the name of a metric; quoted ones stand behind \"{\"")
        }
        try reader.readMetricName(line, into: &name)
        if reader.take(UInt8(ascii: "{"), line) { return false }
        try reader.passGap(line, before: "a value, or \"{\"")
        return !dialect.isOpenMetrics && reader.take(UInt8(ascii: "{"), line) ? false : nil
    }

    /// Makes the family of the sample the current one.
    private mutating func beginSample() throws(ExpositionError) -> (ended: MetricFamilySnapshot?, SampleRole) {
        var ended: MetricFamilySnapshot?
        var role = family?.role(of: name, dialect)
        if role == nil {
            ended = try endFamily()
            family = FamilyReader(name, line: lines)
            role = .value
        }
        if let family, !family.hasSamples {
            try claim(family)
            self.family?.beginSamples(dialect)
        }
        return (ended, role ?? .value)
    }

    /// Reads value, timestamp and exemplar up to the end of the line.
    private mutating func readValue(
        _ line: Span<UInt8>, _ reader: inout LineReader, _ sample: inout ReadSample
    ) throws(ExpositionError) {
        sample.valueColumn = reader.position
        sample.number = try reader.readNumber(line, "a value")
        try sample.judge(special: labels.special, family?.type ?? .unknown, reader)
        if dialect.isOpenMetrics {
            guard reader.take(UInt8(ascii: " "), line) else { return try reader.end(line) }
            if !reader.isNext(UInt8(ascii: "#"), line) {
                sample.timestamp = try reader.readTimestamp(line)
                guard reader.take(UInt8(ascii: " "), line) else { return try reader.end(line) }
            }
            sample.exemplar = try readExemplar(line, &reader, of: sample)
        } else {
            reader.skipBlanks(line)
            if reader.isAtEnd(line) { return }
            sample.timestamp = try reader.readTimestamp(line)
            reader.skipBlanks(line)
        }
        try reader.end(line)
    }

    private mutating func readExemplar(
        _ line: Span<UInt8>, _ reader: inout LineReader, of sample: ReadSample
    ) throws(ExpositionError) -> Exemplar {
        let start = reader.position
        guard reader.take(UInt8(ascii: "#"), line), reader.take(UInt8(ascii: " "), line),
            reader.take(UInt8(ascii: "{"), line)
        else {
            throw reader.error(line, at: start, expected: "an exemplar, which begins with \"# {\"")
        }
        exemplarLabels.removeAll()
        try reader.readLabels(
            line, into: &exemplarLabels, scratch: &scratch, special: nil, limit: limits.labelsPerSample)
        guard exemplarLabels.canonicalKey() != nil else {
            throw reader.error(at: start, found: "an exemplar with a label twice", expected: "each label once")
        }
        try reader.passGap(line, before: "the value of the exemplar")
        var exemplar = Exemplar(
            labels: exemplarLabels.pairs, value: try reader.readNumber(line, "the value of an exemplar").value)
        if reader.take(UInt8(ascii: " "), line) { exemplar.timestamp = try reader.readTimestamp(line) }
        try sample.judge(exemplar: exemplar, codePoints: exemplarLabels.codePoints, column: start, reader)
        return exemplar
    }
}

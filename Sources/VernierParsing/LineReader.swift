import Vernier

/// Reads the tokens of one line from front to back; every token's problem becomes an error with its place.
struct LineReader {
    /// The number of the line, from 1.
    let number: Int
    let dialect: Dialect
    /// The next byte.
    private(set) var position = 0

    init(_ number: Int, _ dialect: Dialect) {
        self.number = number
        self.dialect = dialect
    }

    // MARK: Errors

    /// An error about what stands at a place, by default the next byte.
    func error(_ line: Span<UInt8>, at place: Int? = nil, expected: String) -> ExpositionError {
        let place = place ?? position
        guard place < line.count else {
            return ExpositionError(
                line: number, column: place + 1, found: line.isEmpty ? "an empty line" : "the end of the line",
                expected: expected)
        }
        var rest: [UInt8] = []
        for index in place..<min(line.count, place + 4 * 61) { rest.append(line[index]) }
        return ExpositionError(line: number, column: place + 1, found: quoted(rest), expected: expected)
    }

    /// An error about what a line means.
    func error(at place: Int = 0, found: String, expected: String) -> ExpositionError {
        ExpositionError(line: number, column: place + 1, found: found, expected: expected)
    }

    // MARK: Bytes

    func isAtEnd(_ line: Span<UInt8>) -> Bool { position >= line.count }

    @inline(__always)
    func isNext(_ byte: UInt8, _ line: Span<UInt8>) -> Bool { position < line.count && line[position] == byte }

    @inline(__always)
    mutating func take(_ byte: UInt8, _ line: Span<UInt8>) -> Bool {
        guard isNext(byte, line) else { return false }
        position += 1
        return true
    }

    @inline(__always)
    private static func isBlank(_ byte: UInt8) -> Bool { byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") }

    /// Skips spaces and tabs, which have no meaning in the text formats.
    mutating func skipBlanks(_ line: Span<UInt8>) {
        while position < line.count, Self.isBlank(line[position]) { position += 1 }
    }

    /// Passes what stands between two tokens: one space in OpenMetrics, any blanks in the text formats.
    mutating func passGap(_ line: Span<UInt8>, before what: String) throws(ExpositionError) {
        if dialect.isOpenMetrics {
            guard take(UInt8(ascii: " "), line) else { throw error(line, expected: "one space and \(what)") }
        } else {
            guard position < line.count, Self.isBlank(line[position]) else {
                throw error(line, expected: "a space and \(what)")
            }
            skipBlanks(line)
        }
    }

    /// Passes what stands between the labels and the value: nothing at all will do in the text formats.
    mutating func passGapAfterBrace(_ line: Span<UInt8>) throws(ExpositionError) {
        if dialect.isOpenMetrics { return try passGap(line, before: "a value") }
        skipBlanks(line)
    }

    /// Judges that the line is read.
    func end(_ line: Span<UInt8>) throws(ExpositionError) {
        if !isAtEnd(line) { throw error(line, expected: "the end of the line") }
    }

    /// Passes blanks between the tokens of a set of labels; OpenMetrics has none there.
    @inline(__always)
    private mutating func skipInnerBlanks(_ line: Span<UInt8>) {
        if !dialect.isOpenMetrics { skipBlanks(line) }
    }

    /// Reads up to the next blank or the end.
    mutating func takeWord(_ line: Span<UInt8>) -> Range<Int> {
        let start = position
        while position < line.count, !Self.isBlank(line[position]) { position += 1 }
        return start..<position
    }

    /// Skips to the end of the line.
    mutating func takeRest(_ line: Span<UInt8>) -> Range<Int> {
        defer { position = line.count }
        return position..<line.count
    }

    // MARK: Names

    /// Reads the name of a metric into `name`: its bytes, or what stands between quotes where names may be quoted.
    mutating func readMetricName(_ line: Span<UInt8>, into name: inout [UInt8]) throws(ExpositionError) {
        name.removeAll(keepingCapacity: true)
        if isNext(UInt8(ascii: "\""), line) { return try readQuotedName(line, into: &name, what: "metric") }
        while position < line.count, Self.isNameByte(line[position], first: name.isEmpty, colon: true) {
            name.append(line[position])
            position += 1
        }
        if name.isEmpty { throw error(line, expected: "the name of a metric") }
    }

    /// Reads the name of a label into `name`.
    private mutating func readLabelName(_ line: Span<UInt8>, into name: inout [UInt8]) throws(ExpositionError) {
        let start = position
        name.removeAll(keepingCapacity: true)
        if isNext(UInt8(ascii: "\""), line) {
            try readQuotedName(line, into: &name, what: "label")
        } else {
            while position < line.count, Self.isNameByte(line[position], first: name.isEmpty, colon: false) {
                name.append(line[position])
                position += 1
            }
        }
        if name.isEmpty { throw error(line, expected: "the name of a label or \"}\"") }
        if name.starts(with: [UInt8(ascii: "_"), UInt8(ascii: "_")]) {
            throw error(line, at: start, expected: "the name of a label, which does not start with \"__\"")
        }
    }

    private mutating func readQuotedName(
        _ line: Span<UInt8>, into name: inout [UInt8], what: String
    ) throws(ExpositionError) {
        guard dialect.allowsQuotedNames else {
            throw error(line, expected: "the name of a \(what) without quotes, which this format does not have")
        }
        let start = position
        position += 1
        let range = try readQuoted(line)
        unescape(line, range, into: &name)
        guard !name.isEmpty, text(name.span) != nil else {
            throw error(line, at: start, expected: "the name of a \(what) in UTF-8")
        }
    }

    @inline(__always)
    private static func isNameByte(_ byte: UInt8, first: Bool, colon: Bool) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "_"): true
        case UInt8(ascii: "0")...UInt8(ascii: "9"): !first
        case UInt8(ascii: ":"): colon
        default: false
        }
    }

    // MARK: Quoted texts

    /// Reads to the closing quote and returns what is before it, escapes included; the opening quote was passed.
    mutating func readQuoted(_ line: Span<UInt8>) throws(ExpositionError) -> Range<Int> {
        let start = position
        while position < line.count {
            switch line[position] {
            case UInt8(ascii: "\""):
                position += 1
                return start..<(position - 1)
            case UInt8(ascii: "\\"): position += 2
            default: position += 1
            }
        }
        position = line.count
        throw error(line, expected: "a closing quote")
    }

    /// Appends a text without its escapes: a backslash before another character than these stands for itself, as in Prometheus.
    func unescape(_ line: Span<UInt8>, _ range: Range<Int>, quotes: Bool = true, into result: inout [UInt8]) {
        var index = range.lowerBound
        while index < range.upperBound {
            let byte = line[index]
            if byte == UInt8(ascii: "\\"), index + 1 < range.upperBound {
                switch line[index + 1] {
                case UInt8(ascii: "n"): result.append(UInt8(ascii: "\n"))
                case UInt8(ascii: "\\"): result.append(byte)
                case UInt8(ascii: "\"") where quotes: result.append(UInt8(ascii: "\""))
                case let other: result += [byte, other]
                }
                index += 2
            } else {
                result.append(byte)
                index += 1
            }
        }
    }
}

// MARK: Numbers

extension LineReader {
    /// Reads a number that reaches to the next blank or the end of the line.
    mutating func readNumber(_ line: Span<UInt8>, _ what: String) throws(ExpositionError) -> PageNumber {
        guard let (number, end) = NumberReader.read(line, from: position),
            end == line.count || Self.isBlank(line[end])
        else { throw error(line, expected: "\(what): a number that a Double can hold") }
        position = end
        return number
    }

    /// Reads a timestamp as seconds: a real number of them in OpenMetrics, whole milliseconds in the text formats.
    mutating func readTimestamp(_ line: Span<UInt8>) throws(ExpositionError) -> Double {
        let start = position
        if dialect.isOpenMetrics {
            let number = try readNumber(line, "a timestamp in seconds")
            guard number.value.isFinite else { throw error(line, at: start, expected: "a timestamp in seconds") }
            return number.value
        }
        let what = "a timestamp in whole milliseconds"
        guard let milliseconds = try readNumber(line, what).integer else {
            throw error(line, at: start, expected: what)
        }
        return Double(milliseconds) / 1000
    }
}

// MARK: Labels

extension LineReader {
    /// Reads labels up to the closing brace; the opening brace was passed.
    ///
    /// - Parameters:
    ///   - list: takes the labels; empty when this begins.
    ///   - special: the name of the label that the type writes itself, which goes to `list.special`.
    ///   - limit: how many labels there may be.
    ///   - afterName: whether the metric's name stands before them inside the braces.
    mutating func readLabels(
        _ line: Span<UInt8>, into list: inout LabelList, scratch: inout LabelScratch, special: [UInt8]?, limit: Int,
        afterName: Bool = false
    ) throws(ExpositionError) {
        let start = position
        skipInnerBlanks(line)
        // The text formats have commas after the last label and, in braces that are otherwise empty, alone.
        var isOpen = !dialect.isOpenMetrics && !afterName && take(UInt8(ascii: ","), line)
        if isOpen {
            skipInnerBlanks(line)
            guard isNext(UInt8(ascii: "}"), line) else { throw error(line, expected: "\"}\"") }
        } else {
            isOpen = !afterName || take(UInt8(ascii: ","), line)
        }
        while true {
            skipInnerBlanks(line)
            let mayEnd =
                !dialect.isOpenMetrics || !isOpen || (list.labelCount == 0 && list.special == nil && !afterName)
            if mayEnd, take(UInt8(ascii: "}"), line) { break }
            guard isOpen else { throw error(line, expected: "\",\" or \"}\"") }
            if list.labelCount >= limit {
                throw error(
                    at: start, found: "more than \(limit) labels", expected: "at most so many (Limits.labelsPerSample)")
            }
            try readLabel(line, into: &list, scratch: &scratch, special: special)
            skipInnerBlanks(line)
            isOpen = take(UInt8(ascii: ","), line)
        }
        list.end()
    }

    private mutating func readLabel(
        _ line: Span<UInt8>, into list: inout LabelList, scratch: inout LabelScratch, special: [UInt8]?
    ) throws(ExpositionError) {
        let start = position
        try readLabelName(line, into: &scratch.name)
        skipInnerBlanks(line)
        guard take(UInt8(ascii: "="), line) else { throw error(line, expected: "\"=\" after the name of a label") }
        skipInnerBlanks(line)
        guard take(UInt8(ascii: "\""), line) else {
            throw error(line, expected: "the value of a label in double quotes")
        }
        let range = try readQuoted(line)
        if scratch.name == special {
            if list.special != nil { throw error(line, at: start, expected: "each label once") }
            var value: [UInt8] = []
            unescape(line, range, into: &value)
            list.special = (value, range.lowerBound)
            return
        }
        var isUTF8 = false
        if hasEscapes(line, range) {
            scratch.value.removeAll(keepingCapacity: true)
            unescape(line, range, into: &scratch.value)
            isUTF8 = list.append(name: scratch.name.span, value: scratch.value.span)
        } else {
            isUTF8 = list.append(name: scratch.name.span, value: line.extracting(range))
        }
        if !isUTF8 { throw error(line, at: range.lowerBound, expected: "UTF-8") }
    }

    private func hasEscapes(_ line: Span<UInt8>, _ range: Range<Int>) -> Bool {
        for index in range where line[index] == UInt8(ascii: "\\") { return true }
        return false
    }
}

/// What reading a label needs for a moment.
struct LabelScratch {
    var name: [UInt8] = []
    var value: [UInt8] = []
}

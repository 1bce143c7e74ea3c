public import Vernier

/// A strict, incremental reader of pages of metrics.
///
/// It takes the bytes of a page in pieces of any size and hands over each family when its last line was read, as the values that
/// ``Registry/gather(names:timeout:)`` returns: names without suffixes, buckets cumulative, texts unescaped. Several points of one
/// metric are several ``MetricSnapshot`` with equal labels.
///
/// ```swift
/// var parser = ExpositionParser(.openMetrics)
/// try registry.expose(as: .openMetrics) { piece in
///     try parser.parse(piece) { family in print(family.name, family.metrics.count) }
/// }
/// try parser.finish { family in print(family.name, family.metrics.count) }
/// ```
///
/// It reads Prometheus text 0.0.4 and 1.0.0 and OpenMetrics 1.0.0, and refuses whatever these do not allow. Names in quotes, with any
/// characters, are read in text 1.0.0 and where the format's ``ExpositionFormat/escaping`` is ``EscapingScheme/allowUTF8``. In the text
/// formats a counter `x_total` becomes the family `x`; one without that suffix keeps its name and has
/// ``MetricFamilySnapshot/omitsTotal`` set.
///
/// Time is linear in the length of the page, memory in the length of its longest family and the number of families; ``Limits`` bounds
/// both. No page stops the program.
public struct ExpositionParser: Sendable {
    private var page: PageReader?
    /// The beginning of a line whose end has not come.
    private var pending: [UInt8] = []
    /// What ended the page early.
    private var failure: (any Error)?

    /// Makes a parser for one page.
    ///
    /// - Parameters:
    ///   - format: the page's format; a protobuf page is refused when its first byte comes.
    ///   - limits: what the page may need.
    public init(_ format: ExpositionFormat, limits: Limits = Limits()) {
        page = Dialect(format).map { PageReader($0, limits) }
    }

    /// Reads the next bytes of the page.
    ///
    /// - Parameters:
    ///   - bytes: any part of the page, from a single byte up.
    ///   - body: takes the families that these bytes complete, in the order of the page.
    /// - Throws: ``ExpositionError`` for what the format does not allow, and what `body` throws. After an error the parser is of no more
    ///   use: it throws the same one again.
    /// - Complexity: Linear in the number of bytes.
    public mutating func parse(_ bytes: Span<UInt8>, _ body: (MetricFamilySnapshot) throws -> Void) throws {
        if let failure { throw failure }
        do {
            try readLines(of: bytes, body)
        } catch {
            failure = error
            throw error
        }
    }

    /// Reads the next bytes of the page, such as a piece that ``Registry/expose(as:names:timeout:to:)`` writes.
    ///
    /// See ``parse(_:_:)-(Span<UInt8>,_)``.
    ///
    /// - Throws: ``ExpositionError`` for what the format does not allow, and what `body` throws.
    public mutating func parse(_ bytes: RawSpan, _ body: (MetricFamilySnapshot) throws -> Void) throws {
        // SAFETY: any initialised bytes are bytes, and the new span ends within the closure.
        try unsafe bytes.withUnsafeBytes { try unsafe parse(Span<UInt8>(_unsafeBytes: $0), body) }
    }

    /// Reads the next bytes of the page.
    ///
    /// See ``parse(_:_:)-(Span<UInt8>,_)``.
    ///
    /// - Throws: ``ExpositionError`` for what the format does not allow, and what `body` throws.
    public mutating func parse(_ bytes: some Sequence<UInt8>, _ body: (MetricFamilySnapshot) throws -> Void) throws {
        try parse(Array(bytes).span, body)
    }

    /// Says that the page is over.
    ///
    /// - Parameter body: takes the last family of the page.
    /// - Throws: ``ExpositionError`` when the page lacks its end, and what `body` throws.
    public mutating func finish(_ body: (MetricFamilySnapshot) throws -> Void) throws {
        if let failure { throw failure }
        do {
            let rest = pending
            pending = []
            guard page != nil else { return }
            if !rest.isEmpty { try readLast(rest.span, body) }
            if let family = try page?.end() { try body(family) }
        } catch {
            failure = error
            throw error
        }
    }

    private mutating func readLines(
        of bytes: Span<UInt8>, _ body: (MetricFamilySnapshot) throws -> Void
    ) throws {
        guard let limit = page?.limits.lineBytes else { throw Self.notText }
        var start = 0
        for index in bytes.indices where bytes[index] == UInt8(ascii: "\n") {
            try readLine(bytes.extracting(start..<index), body)
            start = index + 1
        }
        for index in start..<bytes.count { pending.append(bytes[index]) }
        if pending.count > limit, let page { throw page.nextLineTooLong() }
    }

    private mutating func readLine(_ end: Span<UInt8>, _ body: (MetricFamilySnapshot) throws -> Void) throws {
        var family: MetricFamilySnapshot?
        if pending.isEmpty {
            family = try page?.read(end)
        } else {
            for index in end.indices { pending.append(end[index]) }
            var line: [UInt8] = []
            swap(&line, &pending)
            family = try page?.read(line.span)
            line.removeAll(keepingCapacity: true)
            swap(&line, &pending)
        }
        if let family { try body(family) }
    }

    /// Reads what stands behind the last line feed: the end of an OpenMetrics page may, and blanks in the text formats.
    private mutating func readLast(_ line: Span<UInt8>, _ body: (MetricFamilySnapshot) throws -> Void) throws {
        guard let family = try page?.read(line) else {
            return try judgeLast(line)
        }
        try body(family)
        try judgeLast(line)
    }

    private func judgeLast(_ line: Span<UInt8>) throws {
        guard let page, !page.isEnded else { return }
        var reader = LineReader(page.lines, page.dialect)
        if !page.dialect.isOpenMetrics { reader.skipBlanks(line) }
        if reader.isAtEnd(line) { return }
        throw reader.error(line, at: line.count, expected: "a line feed")
    }

    private static let notText = ExpositionError(
        line: 1, column: 1, found: "a page in protobuf", expected: "a page in a text format")
}

/// A sink that writes Prometheus text 0.0.4 or OpenMetrics 1.0.0: every line of exposition is written here.
///
/// The two differ in metadata, in which types exist and in the end of a page; samples are the same, `le` and `quantile` included.
package struct TextSink: SampleSink, ~Copyable {
    // What was written and not yet handed on.
    private var page: PageBuffer
    private let format: ExpositionFormat
    private var family = Heads()
    /// Reused for the part that the lines of one histogram or summary share.
    private var shared = PageBuffer(minimumCapacity: 256)

    /// How many bytes are gathered before they are handed on.
    package static let pieceBytes = 32 * 1024

    /// The beginnings of a family's lines, which later families write over.
    private struct Heads: ~Copyable {
        var plain = Head()
        var bucket = Head()
        var count = Head()
        var sum = Head()
        var stateLabel: [UInt8] = []
    }

    /// The beginning of a line: the name with constant labels.
    fileprivate struct Head: ~Copyable {
        /// What stands before labels: `name{` or `name{a="b",`.
        var open = PageBuffer(minimumCapacity: 64)
        /// What stands before the value of a sample without labels of its own: `name ` or `name{a="b"} `.
        var bare = PageBuffer(minimumCapacity: 64)

        mutating func set(_ name: String, _ suffix: StaticString, constant: [UInt8]) {
            open.removeAll()
            open.append(utf8: name)
            open.append(suffix)
            bare.removeAll()
            bare.append(copying: open)
            open.append("{")
            if !constant.isEmpty {
                open.append(constant)
                bare.removeAll()
                bare.append(copying: open)
                bare.append("}")
                open.append(",")
            }
            bare.append(" ")
        }
    }

    package init(_ format: ExpositionFormat) {
        self.format = format
        page = PageBuffer(minimumCapacity: Self.pieceBytes + 4096)
    }

    package var isFull: Bool { page.count >= Self.pieceBytes }

    /// Ends the page.
    package mutating func end() {
        if format.syntax == .openMetrics { page.append("# EOF\n") }
    }

    /// Hands on what was written.
    package mutating func drain(to write: (RawSpan) throws -> Void) throws {
        try page.withBytes(write)
        page.removeAll(keepingCapacity: 4 * Self.pieceBytes)
    }

    // MARK: Families

    package mutating func begin(_ descriptor: FamilyDescriptor) {
        let constant = descriptor.constantLabels.isEmpty ? [] : LabelText.rendered(descriptor.constantLabels)
        let name = descriptor.name
        switch descriptor.type {
        case .counter: family.plain.set(name, "_total", constant: constant)
        case .gauge, .unknown: family.plain.set(name, "", constant: constant)
        case .info: family.plain.set(name, "_info", constant: constant)
        case .stateSet:
            family.plain.set(name, "", constant: constant)
            family.stateLabel = Array("\(name)=\"".utf8)
        case .summary: family.plain.set(name, "", constant: constant)
        case .histogram, .gaugeHistogram: family.bucket.set(name, "_bucket", constant: constant)
        }
        if descriptor.type == .summary || descriptor.type == .histogram {
            family.count.set(name, "_count", constant: constant)
            family.sum.set(name, "_sum", constant: constant)
        }
        writeMetadata(descriptor)
    }

    private mutating func writeMetadata(_ descriptor: FamilyDescriptor) {
        let suffix = metadataSuffix(of: descriptor.type)
        writeMetadata("# TYPE ", descriptor.name, suffix)
        page.append(utf8: typeWord(of: descriptor.type))
        page.append("\n")
        if format.syntax == .openMetrics, !descriptor.unit.isEmpty {
            writeMetadata("# UNIT ", descriptor.name, suffix)
            page.append(utf8: descriptor.unit)
            page.append("\n")
        }
        guard !descriptor.help.isEmpty else { return }
        writeMetadata("# HELP ", descriptor.name, suffix)
        page.append(escaping: descriptor.help, quotes: format.syntax == .openMetrics)
        page.append("\n")
    }

    private mutating func writeMetadata(_ keyword: StaticString, _ name: String, _ suffix: StaticString) {
        page.append(keyword)
        page.append(utf8: name)
        page.append(suffix)
        page.append(" ")
    }

    /// In the text format a family has the name of its samples, in OpenMetrics the name without suffix.
    private func metadataSuffix(of type: MetricType) -> StaticString {
        switch type {
        case .counter where format.syntax != .openMetrics: "_total"
        case .info where format.syntax != .openMetrics: "_info"
        default: ""
        }
    }

    /// The text format has no word for some types: what is 0 or 1 there is a gauge.
    private func typeWord(of type: MetricType) -> String {
        guard format.syntax != .openMetrics else { return type.rawValue }
        return switch type {
        case .info, .stateSet: MetricType.gauge.rawValue
        case .unknown: "untyped"
        default: type.rawValue
        }
    }

    // MARK: Metrics

    package mutating func counter(_ labels: Span<UInt8>, _ value: Amount, _ times: SampleTimes, _ exemplar: Exemplar?) {
        page.append(line: family.plain, labels, value)
    }

    package mutating func gauge(_ labels: Span<UInt8>, _ value: Amount, _ times: SampleTimes) {
        page.append(line: family.plain, labels, value)
    }

    package mutating func info(_ labels: Span<UInt8>, _ times: SampleTimes) {
        page.append(line: family.plain, labels, .unsigned(1))
    }

    package mutating func stateSet(_ labels: Span<UInt8>, _ states: [StatePoint], _ times: SampleTimes) {
        shared.share(family.plain, labels)
        for state in states {
            var label = family.stateLabel
            LabelText.appendEscaped(state.name, to: &label)
            label.append(UInt8(ascii: "\""))
            page.append(line: shared, label.span, unsigned: state.isOn ? 1 : 0)
        }
    }

    package mutating func histogram(
        _ labels: Span<UInt8>, bounds: HistogramBounds, counts: [UInt64], sum: Amount?, _ times: SampleTimes,
        _ extras: HistogramExtras?
    ) {
        shared.share(family.bucket, labels)
        let (text, ends) = (bounds.labelText, bounds.labelEnds)
        var (total, start): (UInt64, Int) = (0, 0)
        for index in counts.indices {
            total &+= counts[index]
            page.append(line: shared, text.span.extracting(start..<ends[index]), unsigned: total)
            start = ends[index]
        }
        let mayFall = bounds.values.first.map { $0 < 0 } ?? false
        end(labels, total, sum, showsSum: !mayFall)
    }

    package mutating func summary(
        _ labels: Span<UInt8>, quantiles: [SummaryPoint.Quantile], count: UInt64?, sum: Amount?, _ times: SampleTimes
    ) {
        shared.share(family.plain, labels)
        // A quantile of a summary is not negative in OpenMetrics (1.0.0, "Summary").
        for quantile in quantiles where format.syntax != .openMetrics || !(quantile.value < 0) {
            page.append(copying: shared)
            page.append("quantile=\"")
            page.append(canonicalBound: quantile.quantile)
            page.append("\"} ")
            page.end(.floating(quantile.value))
        }
        end(labels, count, sum, showsSum: true)
    }

    /// Writes count and sum.
    ///
    /// In OpenMetrics a sum is like a counter, neither negative nor NaN, and a count goes only with a sum (OpenMetrics 1.0.0,
    /// "Histogram"): a parser may refuse the whole page for one that is not, so both are left out then.
    private mutating func end(_ labels: Span<UInt8>, _ count: UInt64?, _ sum: Amount?, showsSum: Bool) {
        if format.syntax == .openMetrics, let sum, !(showsSum && sum.double >= 0) { return }
        if let count { page.append(line: family.count, labels, .unsigned(count)) }
        if let sum { page.append(line: family.sum, labels, sum) }
    }
}

// MARK: Lines

extension PageBuffer {
    /// Appends text in which backslash and line feed, and quotes if wanted, are escaped.
    fileprivate mutating func append(escaping text: String, quotes: Bool) {
        guard LabelText.hasEscapes(text) else { return append(utf8: text) }
        var escaped: [UInt8] = []
        LabelText.appendEscaped(text, quotes: quotes, to: &escaped)
        append(escaped)
    }

    /// Writes a line.
    @inline(__always)
    fileprivate mutating func append(line head: borrowing TextSink.Head, _ labels: Span<UInt8>, _ value: Amount) {
        if case .unsigned(let value) = value, !labels.isEmpty {
            append(line: head.open, labels, unsigned: value)
        } else {
            appendRare(line: head, labels, value)
        }
    }

    /// Writes a line without labels of its own, or with a value that is not a whole number.
    @inline(never)
    private mutating func appendRare(line head: borrowing TextSink.Head, _ labels: Span<UInt8>, _ value: Amount) {
        if labels.isEmpty {
            append(copying: head.bare)
        } else {
            append(copying: head.open)
            append(copying: labels)
            append("} ")
        }
        end(value)
    }

    /// Ends a line with its value.
    fileprivate mutating func end(_ value: Amount) {
        switch value {
        case .unsigned(let value): append(unsigned: value)
        case .signed(let value): append(signed: value)
        case .nanoseconds(let value): append(nanosecondsAsSeconds: value)
        case .floating(let value): append(double: value)
        }
        append("\n")
    }

    /// Renders what all lines of one metric begin with that add a label of their own.
    @inline(__always)
    fileprivate mutating func share(_ head: borrowing TextSink.Head, _ labels: Span<UInt8>) {
        removeAll()
        append(copying: head.open)
        if labels.isEmpty { return }
        append(copying: labels)
        append(",")
    }
}

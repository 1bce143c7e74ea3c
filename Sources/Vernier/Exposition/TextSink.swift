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

    /// The beginnings of a family's lines.
    private struct Heads {
        var plain = Head()
        var bucket = Head()
        var count = Head()
        var sum = Head()
        var stateLabel: [UInt8] = []
    }

    /// The beginning of a line: the name with constant labels.
    private struct Head {
        /// What stands before a sample that has labels of its own: `name{` or `name{a="b",`.
        var open: [UInt8] = []
        /// What stands before the value of one that has none: `name ` or `name{a="b"} `.
        var bare: [UInt8] = []

        init() {}

        init(_ name: String, constant: [UInt8]) {
            open = Array(name.utf8) + Array("{".utf8)
            if constant.isEmpty {
                bare = Array(name.utf8) + Array(" ".utf8)
            } else {
                bare = open + constant + Array("} ".utf8)
                open += constant + Array(",".utf8)
            }
        }
    }

    package init(_ format: ExpositionFormat) {
        self.format = format
        page = PageBuffer(minimumCapacity: Self.pieceBytes + 4096)
    }

    package var isFull: Bool { page.count >= Self.pieceBytes }

    /// Ends the page.
    package mutating func end() {
        if format == .openMetrics { page.append("# EOF\n") }
    }

    /// Hands on what was written.
    package mutating func drain(to write: (RawSpan) throws -> Void) throws {
        try page.withBytes(write)
        page.removeAll(keepingCapacity: 4 * Self.pieceBytes)
    }

    // MARK: Families

    package mutating func begin(_ descriptor: FamilyDescriptor) {
        let constant = LabelText.rendered(descriptor.constantLabels)
        func head(_ suffix: String) -> Head { Head(descriptor.name + suffix, constant: constant) }
        family = Heads()
        switch descriptor.type {
        case .counter: family.plain = head("_total")
        case .gauge, .unknown: family.plain = head("")
        case .info: family.plain = head("_info")
        case .stateSet:
            family.plain = head("")
            family.stateLabel = Array("\(descriptor.name)=\"".utf8)
        case .summary:
            family.plain = head("")
            (family.count, family.sum) = (head("_count"), head("_sum"))
        case .histogram:
            family.bucket = head("_bucket")
            (family.count, family.sum) = (head("_count"), head("_sum"))
        }
        writeMetadata(descriptor)
    }

    private mutating func writeMetadata(_ descriptor: FamilyDescriptor) {
        let name = metadataName(of: descriptor)
        writeMetadata("# TYPE ", name, typeWord(of: descriptor.type))
        if format == .openMetrics, !descriptor.unit.isEmpty { writeMetadata("# UNIT ", name, descriptor.unit) }
        guard !descriptor.help.isEmpty else { return }
        var help: [UInt8] = []
        LabelText.appendEscaped(descriptor.help, quotes: format == .openMetrics, to: &help)
        page.append("# HELP ")
        page.append(utf8: name)
        page.append(" ")
        page.append(help)
        page.append("\n")
    }

    private mutating func writeMetadata(_ keyword: StaticString, _ name: String, _ text: String) {
        page.append(keyword)
        page.append(utf8: name)
        page.append(" ")
        page.append(utf8: text)
        page.append("\n")
    }

    /// In the text format a family has the name of its samples, in OpenMetrics the name without suffix.
    private func metadataName(of descriptor: FamilyDescriptor) -> String {
        guard format == .text else { return descriptor.name }
        return switch descriptor.type {
        case .counter: descriptor.name + "_total"
        case .info: descriptor.name + "_info"
        default: descriptor.name
        }
    }

    /// The text format has no word for some types: what is 0 or 1 there is a gauge.
    private func typeWord(of type: MetricType) -> String {
        guard format == .text else { return type.rawValue }
        return switch type {
        case .info, .stateSet: MetricType.gauge.rawValue
        case .unknown: "untyped"
        default: type.rawValue
        }
    }

    // MARK: Metrics

    package mutating func counter(_ labels: Span<UInt8>, _ value: Amount) {
        begin(family.plain, labels)
        end(value)
    }

    package mutating func gauge(_ labels: Span<UInt8>, _ value: Amount) {
        begin(family.plain, labels)
        end(value)
    }

    package mutating func info(_ labels: Span<UInt8>) {
        begin(family.plain, labels)
        end(.unsigned(1))
    }

    package mutating func stateSet(_ labels: Span<UInt8>, _ states: [StatePoint]) {
        share(family.plain, labels)
        for state in states {
            var name = family.stateLabel
            LabelText.appendEscaped(state.name, to: &name)
            beginShared(name)
            page.append("\"} ")
            end(.unsigned(state.isOn ? 1 : 0))
        }
    }

    package mutating func histogram(_ labels: Span<UInt8>, bounds: HistogramBounds, counts: [UInt64], sum: Amount) {
        share(family.bucket, labels)
        var total: UInt64 = 0
        for index in counts.indices {
            total &+= counts[index]
            beginShared(bounds.labels[index])
            page.append(unsigned: total)
            page.append("\n")
        }
        let mayFall = bounds.values.first.map { $0 < 0 } ?? false
        end(family.count, family.sum, labels, total, sum, showsSum: !mayFall)
    }

    package mutating func summary(_ labels: Span<UInt8>, quantiles: [SummaryPoint.Quantile], count: UInt64, sum: Amount)
    {
        share(family.plain, labels)
        // A quantile of a summary is not negative in OpenMetrics (1.0.0, "Summary").
        for quantile in quantiles where format == .text || !(quantile.value < 0) {
            page.append(copyingFrom: shared)
            page.append("quantile=\"")
            page.append(canonicalBound: quantile.quantile)
            page.append("\"} ")
            end(.floating(quantile.value))
        }
        end(family.count, family.sum, labels, count, sum, showsSum: true)
    }

    /// Writes count and sum.
    ///
    /// In OpenMetrics a sum is like a counter, neither negative nor NaN, and a count goes only with a sum (OpenMetrics 1.0.0,
    /// "Histogram"): a parser may refuse the whole page for one that is not, so both are left out then.
    private mutating func end(
        _ countHead: Head, _ sumHead: Head, _ labels: Span<UInt8>, _ count: UInt64, _ sum: Amount, showsSum: Bool
    ) {
        if format == .openMetrics, !(showsSum && sum.double >= 0) { return }
        begin(countHead, labels)
        end(.unsigned(count))
        begin(sumHead, labels)
        end(sum)
    }

    // MARK: Lines

    private mutating func begin(_ head: Head, _ labels: Span<UInt8>) {
        if labels.isEmpty { return page.append(head.bare) }
        page.append(head.open)
        page.append(copying: labels)
        page.append("} ")
    }

    private mutating func end(_ value: Amount) {
        switch value {
        case .unsigned(let value): page.append(unsigned: value)
        case .signed(let value): page.append(signed: value)
        case .nanoseconds(let value): page.append(nanosecondsAsSeconds: value)
        case .floating(let value): page.append(double: value)
        }
        page.append("\n")
    }

    /// Renders what all lines of one metric begin with that add a label of their own.
    private mutating func share(_ head: Head, _ labels: Span<UInt8>) {
        shared.removeAll()
        shared.append(head.open)
        if labels.isEmpty { return }
        shared.append(copying: labels)
        shared.append(UInt8(ascii: ","))
    }

    private mutating func beginShared(_ label: [UInt8]) {
        page.append(copyingFrom: shared)
        page.append(label)
    }
}

extension PageBuffer {
    @inline(__always)
    fileprivate mutating func append(copyingFrom other: borrowing PageBuffer) {
        other.withBytes { append(copying: $0) }
    }
}

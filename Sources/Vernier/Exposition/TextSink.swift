/// A sink that writes Prometheus text 0.0.4, text 1.0.0 or OpenMetrics 1.0.0: every line of exposition is written here.
///
/// They differ in metadata, in which types exist, in times and exemplars, and in the end of a page; values are the same, `le` and
/// `quantile` included. Names that not every scraper reads are written as the format's ``EscapingScheme`` says, in any syntax.
package struct TextSink: PageSink, ~Copyable {
    /// What was written and not yet handed on.
    var page: PageBuffer
    let format: ExpositionFormat
    let scheme: EscapingScheme
    var family = Heads()
    /// Reused for the part that the lines of one histogram or summary share.
    var shared = PageBuffer(minimumCapacity: 256)
    /// The counts and the sums of a gauge histogram, which the text formats have as two families behind it.
    var counts = PageBuffer(minimumCapacity: 64)
    var sums = PageBuffer(minimumCapacity: 64)
    /// The help of those two.
    var gaugeHelp = ""

    /// How many bytes are gathered before they are handed on.
    package static let pieceBytes = 32 * 1024

    package init(_ format: ExpositionFormat) {
        self.format = format
        scheme = format.escaping ?? .underscores
        page = PageBuffer(minimumCapacity: Self.pieceBytes + 4096)
    }

    var isOpenMetrics: Bool { format.syntax == .openMetrics }

    package var isFull: Bool { page.count >= Self.pieceBytes }

    /// Ends the page.
    package mutating func end() {
        if family.isGaugeHistogram { endGaugeHistogram() }
        if isOpenMetrics { page.append("# EOF\n") }
    }

    /// Hands on what was written.
    package mutating func drain(to write: (RawSpan) throws -> Void) throws {
        try page.withBytes(write)
        page.removeAll(keepingCapacity: 4 * Self.pieceBytes)
    }

    package mutating func begin(_ descriptor: FamilyDescriptor) {
        if family.isGaugeHistogram { endGaugeHistogram() }
        family.set(descriptor, format, scheme)
        writeMetadata(descriptor)
    }

    package mutating func counter(_ labels: Span<UInt8>, _ value: Amount, _ times: SampleTimes, _ exemplar: Exemplar?) {
        if family.isPlain, times.timestamp.isNaN, exemplar == nil {
            page.append(line: family.plain, labels, value)
        } else if family.rewritesLabels {
            writeCounter(LabelText.rewritten(labels, scheme).span, value, times, exemplar)
        } else {
            writeCounter(labels, value, times, exemplar)
        }
    }

    /// Writes a counter with all that it may have.
    private mutating func writeCounter(
        _ labels: Span<UInt8>, _ value: Amount, _ times: SampleTimes, _ exemplar: Exemplar?
    ) {
        page.append(start: family.plain, labels)
        page.append(value)
        endLine(times, exemplar)
        writeCreated(labels, times)
    }

    package mutating func gauge(_ labels: Span<UInt8>, _ value: Amount, _ times: SampleTimes) {
        if family.isPlain, times.timestamp.isNaN {
            page.append(line: family.plain, labels, value)
        } else if family.rewritesLabels {
            writeValue(LabelText.rewritten(labels, scheme).span, value, times)
        } else {
            writeValue(labels, value, times)
        }
    }

    private mutating func writeValue(_ labels: Span<UInt8>, _ value: Amount, _ times: SampleTimes) {
        page.append(start: family.plain, labels)
        page.append(value)
        endLine(times)
    }

    package mutating func info(_ labels: Span<UInt8>, _ times: SampleTimes) { gauge(labels, .unsigned(1), times) }

    package mutating func stateSet(_ labels: Span<UInt8>, _ states: [StatePoint], _ times: SampleTimes) {
        if family.rewritesLabels {
            shared.share(family.plain, LabelText.rewritten(labels, scheme).span)
        } else {
            shared.share(family.plain, labels)
        }
        for state in states {
            var label = family.stateLabel
            LabelText.appendEscaped(state.name, to: &label)
            page.append(copying: shared)
            page.append(label)
            page.append(state.isOn ? "\"} 1" : "\"} 0")
            endLine(times)
        }
    }

    package mutating func histogram(
        _ labels: Span<UInt8>, bounds: HistogramBounds, counts: [UInt64], sum: Amount?, _ times: SampleTimes,
        _ extras: HistogramExtras?
    ) {
        if family.rewritesLabels {
            let labels = LabelText.rewritten(labels, scheme)
            writeHistogram(labels.span, bounds, counts, sum, times, extras)
        } else {
            writeHistogram(labels, bounds, counts, sum, times, extras)
        }
    }

    package mutating func summary(
        _ labels: Span<UInt8>, quantiles: [SummaryPoint.Quantile], count: UInt64?, sum: Amount?, _ times: SampleTimes
    ) {
        if family.rewritesLabels {
            writeSummary(LabelText.rewritten(labels, scheme).span, quantiles, count, sum, times)
        } else {
            writeSummary(labels, quantiles, count, sum, times)
        }
    }
}

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
    /// Writes labels whose names are not written as they are kept.
    var labels: LabelRewriter
    /// The time of making that was written last, which many metrics have in common, and its text.
    var lastCreated = Double.nan
    var createdText: [UInt8] = []
    /// The counts and the sums of a gauge histogram, which the text formats have as two families behind it.
    var gaugeCounts: [UInt8] = []
    var gaugeSums: [UInt8] = []
    /// The help of those two.
    var gaugeHelp = ""

    /// How many bytes are gathered before they are handed on.
    package static let pieceBytes = 32 * 1024

    package init(_ format: ExpositionFormat) {
        self.format = format
        scheme = format.escaping ?? .underscores
        labels = LabelRewriter(scheme)
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
        if family.isPlain, times.timestamp.isNaN, exemplar == nil, !labels.isEmpty, case .unsigned(let value) = value {
            page.append(line: family.plain.open, labels, unsigned: value)
        } else {
            writeRare(labels, value, times, exemplar)
        }
    }

    package mutating func gauge(_ labels: Span<UInt8>, _ value: Amount, _ times: SampleTimes) {
        writeRare(labels, value, times, nil)
    }

    /// Writes a metric of one number with all that it may have.
    @inline(never)
    private mutating func writeRare(
        _ labels: Span<UInt8>, _ value: Amount, _ times: SampleTimes, _ exemplar: Exemplar?
    ) {
        if family.rewritesLabels {
            let text = self.labels.rewritten(labels)
            write(text.span, value, times, exemplar)
            self.labels.takeBack(text)
        } else {
            write(labels, value, times, exemplar)
        }
    }

    private mutating func write(_ labels: Span<UInt8>, _ value: Amount, _ times: SampleTimes, _ exemplar: Exemplar?) {
        page.append(start: family.plain, labels)
        page.append(value)
        endLine(times, exemplar)
        writeCreated(labels, times)
    }

    package mutating func info(_ labels: Span<UInt8>, _ times: SampleTimes) { gauge(labels, .unsigned(1), times) }

    package mutating func stateSet(_ labels: Span<UInt8>, _ states: [StatePoint], _ times: SampleTimes) {
        if family.rewritesLabels {
            let text = self.labels.rewritten(labels)
            shared.share(family.plain, text.span)
            self.labels.takeBack(text)
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
}

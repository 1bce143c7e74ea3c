/// A sink that writes messages `io.prometheus.client.MetricFamily`, each after its length: the protobuf exposition format.
///
/// A message says its length first, so a family is kept until its last metric is there and handed on then; all families before it
/// were handed on already. What is kept is the bytes of one family, 60 to 90 for a counter with two or three labels: some 80 megabytes
/// for a million of them. Several messages a family would need less, and Prometheus takes them; but its library for Go reads them as
/// families of one name, and the text that it makes of those is refused.
///
/// Names are those of the text format 0.0.4, with `_total` and `_info`: that is what readers expect here.
package struct ProtobufSink: PageSink, ~Copyable {
    /// The last bytes, and all that are not yet in a piece.
    var page = PageBuffer(minimumCapacity: Self.pieceCapacity)
    /// Pieces of families that are complete, in order; what is to be handed on.
    private var complete: [Piece] = []
    /// Pieces of the family that is being written; the first may begin with families that are complete.
    private var open: [Piece] = []
    /// How many bytes `open` has.
    private var openBytes = 0
    /// Where the family's length stands, in the first open piece or the page; nil before the first family.
    private var familyPlace: Int?
    /// How many bytes the family had before its first metric.
    private var headBytes = 0
    /// What all metrics of the family begin with.
    private var constantLabels: [UInt8] = []
    private(set) var type = MetricType.unknown
    /// Whether label names have to be written another way than they were rendered.
    private var rewritesLabels = false
    private var labels: LabelRewriter
    private var stateLabel: [UInt8] = []
    /// The time of making that was written last, and its message with the length.
    private var lastCreated = Double.nan
    private var lastCreatedMessage: [UInt8] = []
    /// How names are written that are not legacy names.
    private let escaping: EscapingScheme

    /// Bytes that are not written to any more, apart from a length at their beginning.
    private final class Piece {
        var bytes: PageBuffer
        init(_ bytes: consuming PageBuffer) { self.bytes = bytes }
    }

    private static let pieceBytes = TextSink.pieceBytes
    private static let pieceCapacity = pieceBytes + 4096

    package init(_ format: ExpositionFormat) {
        escaping = format.escaping ?? .underscores
        labels = LabelRewriter(escaping)
    }

    package var isFull: Bool { !complete.isEmpty }

    package mutating func drain(to write: (RawSpan) throws -> Void) throws {
        complete.reverse()
        // Each piece goes when it was written: who reads slowly does not keep all of a large family in memory to the end.
        while let piece = complete.popLast() { try piece.bytes.withBytes(write) }
    }

    package mutating func end() {
        endFamily()
        complete.append(takePage())
    }

    // MARK: Families

    package mutating func begin(_ descriptor: FamilyDescriptor) {
        endFamily()
        if page.count >= Self.pieceBytes { complete.append(takePage()) }
        familyPlace = page.count
        page.append(0)
        type = descriptor.type
        let constant = LabelText.written(descriptor.constantLabels, escaping)
        constantLabels = constant.isEmpty ? [] : Self.messages(of: constant)
        rewritesLabels = !descriptor.hasLegacyLabels && escaping != .allowUTF8
        stateLabel = type == .stateSet ? Array(escaping.written(label: descriptor.name).utf8) : []
        let name = descriptor.writtenName(escaping)
        page.append(.familyName, name + (descriptor.omitsTotal ? "" : suffix))
        if !descriptor.help.isEmpty { page.append(.familyHelp, descriptor.help) }
        page.append(.familyType, varint: typeNumber)
        // Prometheus 3 refuses the whole page for a unit that is not the end of the name.
        if !descriptor.unit.isEmpty, name.hasSuffix("_\(descriptor.unit)") {
            page.append(.familyUnit, descriptor.unit)
        }
        headBytes = familyBytes
    }

    private var suffix: String {
        switch type {
        case .counter: "_total"
        case .info: "_info"
        default: ""
        }
    }

    /// The number of the type in `MetricType`, which has no word for some: what is 0 or 1 there is a gauge.
    private var typeNumber: UInt64 {
        switch type {
        case .counter: 0
        case .gauge, .info, .stateSet: 1
        case .summary: 2
        case .unknown: 3
        case .histogram: 4
        case .gaugeHistogram: 5
        }
    }

    private static func messages(of labels: [LabelPair]) -> [UInt8] {
        var messages = PageBuffer(minimumCapacity: 256)
        for label in labels { messages.append(.metricLabel, label) }
        return messages.array
    }

    /// How many bytes the family has behind its length.
    private var familyBytes: Int { openBytes + page.count - (familyPlace ?? 0) - 1 }

    /// Writes the family's length; a family without metrics has no message, as other libraries have none.
    private mutating func endFamily() {
        guard let place = familyPlace else { return }
        let length = familyBytes
        if length == headBytes {
            page.truncate(to: place)
        } else if let first = open.first {
            first.bytes.closeLength(at: place, length)
        } else {
            page.closeLength(at: place, length)
        }
        complete += open
        open = []
        openBytes = 0
        familyPlace = nil
    }

    private mutating func takePage() -> Piece {
        var taken = PageBuffer(minimumCapacity: Self.pieceCapacity)
        swap(&taken, &page)
        return Piece(taken)
    }

    // MARK: Metrics

    /// Begins a metric with its labels, and returns the place of its length.
    @inline(__always)
    mutating func beginMetric(_ labels: Span<UInt8>) -> Int {
        let place = page.open(.familyMetric)
        if !constantLabels.isEmpty { page.append(constantLabels) }
        if rewritesLabels {
            let text = self.labels.rewritten(labels)
            page.append(labels: text.span)
            self.labels.takeBack(text)
        } else {
            page.append(labels: labels)
        }
        return place
    }

    /// Ends a metric.
    @inline(__always)
    mutating func endMetric(at place: Int, _ times: SampleTimes) {
        if !times.timestamp.isNaN { append(milliseconds: times.timestamp) }
        page.closeLength(at: place)
        if page.count >= Self.pieceBytes { endPiece() }
    }

    @inline(never)
    private mutating func append(milliseconds seconds: Double) {
        guard let milliseconds = Int64(exactly: (seconds * 1000).rounded()) else { return }
        page.append(.metricMilliseconds, varint: UInt64(bitPattern: milliseconds))
    }

    @inline(never)
    private mutating func endPiece() {
        openBytes += page.count
        open.append(takePage())
    }

    /// Appends a field with the time of a metric's making, which many metrics have in common, or nothing where there is none.
    @inline(__always)
    mutating func append(_ tag: ProtobufTag, created: Double) {
        if created.isNaN { return }
        if created != lastCreated { renderCreated(created) }
        if lastCreatedMessage.isEmpty { return }
        page.append(tag.rawValue)
        page.append(lastCreatedMessage)
    }

    /// Appends a field with an exemplar, the names of its labels as the page writes names.
    mutating func append(_ tag: ProtobufTag, _ exemplar: Exemplar) {
        var shown = exemplar
        if !exemplar.labels.allSatisfy({ MetricName.isLegacy(label: $0.name) }) {
            shown.labels = LabelText.written(exemplar.labels, escaping)
        }
        page.append(tag, shown)
    }

    @inline(never)
    private mutating func renderCreated(_ created: Double) {
        var field = PageBuffer(minimumCapacity: 64)
        field.append(.counterCreated, time: created)
        lastCreated = created
        // Without its tag, which differs from type to type.
        lastCreatedMessage = Array(field.array.dropFirst())
    }

    /// Writes a metric of one number.
    @inline(__always)
    private mutating func append(_ tag: ProtobufTag, _ labels: Span<UInt8>, _ value: Double, _ times: SampleTimes) {
        let metric = beginMetric(labels)
        page.append(tag, number: value)
        endMetric(at: metric, times)
    }

    package mutating func counter(_ labels: Span<UInt8>, _ value: Amount, _ times: SampleTimes, _ exemplar: Exemplar?) {
        if exemplar == nil, times.created.isNaN { return append(.metricCounter, labels, value.double, times) }
        let metric = beginMetric(labels)
        let place = page.open(.metricCounter)
        page.append(.number, value.double)
        if let exemplar { append(.counterExemplar, exemplar) }
        append(.counterCreated, created: times.created)
        page.closeLength(at: place)
        endMetric(at: metric, times)
    }

    package mutating func gauge(_ labels: Span<UInt8>, _ value: Amount, _ times: SampleTimes) {
        append(type == .unknown ? .metricUntyped : .metricGauge, labels, value.double, times)
    }

    package mutating func info(_ labels: Span<UInt8>, _ times: SampleTimes) {
        append(.metricGauge, labels, 1, times)
    }

    package mutating func stateSet(_ labels: Span<UInt8>, _ states: [StatePoint], _ times: SampleTimes) {
        for state in states {
            let metric = beginMetric(labels)
            let pair = page.open(.metricLabel)
            let name = page.open(.labelName)
            page.append(stateLabel)
            page.closeLength(at: name)
            page.append(.labelValue, state.name)
            page.closeLength(at: pair)
            page.append(.metricGauge, number: state.isOn ? 1 : 0)
            endMetric(at: metric, times)
        }
    }

    package mutating func summary(
        _ labels: Span<UInt8>, quantiles: [SummaryPoint.Quantile], count: UInt64?, sum: Amount?, _ times: SampleTimes
    ) {
        let metric = beginMetric(labels)
        let place = page.open(.metricSummary)
        if let count { page.append(.summaryCount, varint: count) }
        if let sum { page.append(.summarySum, sum.double) }
        for quantile in quantiles {
            let place = page.open(.summaryQuantile)
            page.append(.quantileRank, quantile.quantile)
            page.append(.quantileValue, quantile.value)
            page.closeLength(at: place)
        }
        append(.summaryCreated, created: times.created)
        page.closeLength(at: place)
        endMetric(at: metric, times)
    }
}

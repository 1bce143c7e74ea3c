/// A family that a collector handed over, judged and ready for a sink.
struct CollectedFamily: Sendable {
    let descriptor: FamilyDescriptor
    private let metrics: [(labels: [UInt8], metric: MetricSnapshot)]

    /// Why a family was refused.
    struct Problem: Error, CustomStringConvertible {
        let description: String
    }

    /// Takes a snapshot that the formats can show.
    init(_ snapshot: MetricFamilySnapshot, prefix: String?, constantLabels: [LabelPair]) throws {
        let unit = snapshot.unit.isEmpty ? nil : MetricUnit(stringLiteral: snapshot.unit)
        descriptor = try FamilyDescriptor(
            snapshot.name, type: snapshot.type, unit: unit, help: snapshot.help, constantLabels: constantLabels,
            prefix: prefix)
        // As bytes: two texts that Unicode calls equal are two label values on the wire.
        var seen: Set<[UInt8]> = []
        var metrics: [(labels: [UInt8], metric: MetricSnapshot)] = []
        for metric in snapshot.metrics {
            _ = try FamilyDescriptor(
                snapshot.name, type: snapshot.type, unit: unit, help: "", labelNames: metric.labels.map(\.name),
                constantLabels: constantLabels, prefix: prefix)
            guard seen.insert(LabelText.rendered(metric.labels.sorted { $0.name < $1.name })).inserted else {
                throw Problem(description: "\(snapshot.name) has the labels \(metric.labels) twice")
            }
            try Self.judge(metric.point, as: snapshot.type, in: snapshot.name)
            metrics.append((LabelText.rendered(metric.labels), metric))
        }
        self.metrics = metrics
    }

    private static func judge(_ point: MetricPoint, as type: MetricType, in name: String) throws {
        switch (point, type) {
        case (.counter(let value), .counter):
            guard value >= 0 else { throw Problem(description: "the counter \(name) is \(value)") }
        case (.histogram(let histogram), .histogram), (.histogram(let histogram), .gaugeHistogram):
            let buckets = histogram.buckets
            let rises = zip(buckets, buckets.dropFirst()).allSatisfy {
                $0.upperBound < $1.upperBound && $0.cumulativeCount <= $1.cumulativeCount
            }
            guard rises, buckets.last?.upperBound == .infinity else {
                throw Problem(description: "the buckets of \(name) do not rise to +Inf")
            }
        case (.summary(let summary), .summary):
            let ranks = summary.quantiles.map(\.quantile)
            guard ranks.allSatisfy((0...1).contains), zip(ranks, ranks.dropFirst()).allSatisfy(<) else {
                throw Problem(description: "the quantiles of \(name) do not rise from 0 to 1")
            }
        case (.stateSet(let states), .stateSet):
            guard Set(states.map(\.name)).count == states.count else {
                throw Problem(description: "\(name) has a state twice")
            }
        case (.gauge, .gauge), (.info, .info), (.unknown, .unknown):
            break
        default:
            throw Problem(description: "\(name) is of type \(type.rawValue) and holds \(point)")
        }
    }

    /// Hands the family to a sink.
    func write<Sink: SampleSink & ~Copyable>(to sink: inout Sink, pause: (inout Sink) throws -> Void) throws {
        sink.begin(descriptor)
        for metric in metrics {
            Self.write(metric.metric, metric.labels.span, to: &sink)
            if sink.isFull { try pause(&sink) }
        }
    }

    private static func write<Sink: SampleSink & ~Copyable>(
        _ metric: MetricSnapshot, _ labels: Span<UInt8>, to sink: inout Sink
    ) {
        let times = SampleTimes(created: metric.created ?? .nan, timestamp: metric.timestamp ?? .nan)
        switch metric.point {
        case .counter(let value): sink.counter(labels, .floating(value), times, metric.exemplar)
        case .gauge(let value), .unknown(let value): sink.gauge(labels, .floating(value), times)
        case .histogram(let histogram):
            var before: UInt64 = 0
            let counts = histogram.buckets.map { bucket in
                defer { before = bucket.cumulativeCount }
                return bucket.cumulativeCount - before
            }
            let bounds = HistogramBounds(histogram.buckets.dropLast().map(\.upperBound))
            var exemplars = histogram.buckets.map(\.exemplar)
            if exemplars.allSatisfy({ $0 == nil }) { exemplars = [] }
            let extras = HistogramExtras(native: histogram.native, exemplars: exemplars)
            sink.histogram(
                labels, bounds: bounds, counts: counts, sum: histogram.sum.map(Amount.floating), times, extras)
        case .summary(let summary):
            sink.summary(
                labels, quantiles: summary.quantiles, count: summary.count, sum: summary.sum.map(Amount.floating),
                times)
        case .info: sink.info(labels, times)
        case .stateSet(let states): sink.stateSet(labels, states, times)
        }
    }
}

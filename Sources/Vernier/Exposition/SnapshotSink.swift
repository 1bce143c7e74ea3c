/// A sink that builds values.
package struct SnapshotSink: SampleSink {
    package private(set) var families: [MetricFamilySnapshot] = []
    private var constantLabels: [LabelPair] = []
    private var type = MetricType.unknown

    package init() {}

    package var isFull: Bool { false }

    package mutating func begin(_ family: FamilyDescriptor) {
        var snapshot = MetricFamilySnapshot(family.name, type: family.type, unit: family.unit, help: family.help)
        snapshot.omitsTotal = family.omitsTotal
        families.append(snapshot)
        constantLabels = family.constantLabels
        type = family.type
    }

    package mutating func counter(_ labels: Span<UInt8>, _ value: Amount, _ times: SampleTimes, _ exemplar: Exemplar?) {
        append(labels, .counter(value.double), times, exemplar)
    }

    package mutating func gauge(_ labels: Span<UInt8>, _ value: Amount, _ times: SampleTimes) {
        append(labels, type == .unknown ? .unknown(value.double) : .gauge(value.double), times)
    }

    package mutating func histogram(
        _ labels: Span<UInt8>, bounds: HistogramBounds, counts: [UInt64], sum: Amount?, _ times: SampleTimes,
        _ extras: HistogramExtras?
    ) {
        var total: UInt64 = 0
        var buckets = zip(bounds.values + [.infinity], counts).map { bound, count in
            total &+= count
            return HistogramPoint.Bucket(upperBound: bound, cumulativeCount: total)
        }
        for (index, exemplar) in (extras?.exemplars ?? []).enumerated() { buckets[index].exemplar = exemplar }
        append(labels, .histogram(HistogramPoint(buckets: buckets, sum: sum?.double, native: extras?.native)), times)
    }

    package mutating func summary(
        _ labels: Span<UInt8>, quantiles: [SummaryPoint.Quantile], count: UInt64?, sum: Amount?, _ times: SampleTimes
    ) {
        append(labels, .summary(SummaryPoint(quantiles: quantiles, count: count, sum: sum?.double)), times)
    }

    package mutating func info(_ labels: Span<UInt8>, _ times: SampleTimes) {
        append(labels, .info, times)
    }

    package mutating func stateSet(_ labels: Span<UInt8>, _ states: [StatePoint], _ times: SampleTimes) {
        append(labels, .stateSet(states), times)
    }

    private mutating func append(
        _ labels: Span<UInt8>, _ point: MetricPoint, _ times: SampleTimes, _ exemplar: Exemplar? = nil
    ) {
        families[families.count - 1].metrics.append(
            MetricSnapshot(
                labels: constantLabels + LabelText.pairs(in: labels), point,
                created: times.created.isNaN ? nil : times.created,
                timestamp: times.timestamp.isNaN ? nil : times.timestamp, exemplar: exemplar))
    }
}

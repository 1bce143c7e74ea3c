/// A sink that builds values.
package struct SnapshotSink: SampleSink {
    package private(set) var families: [MetricFamilySnapshot] = []
    private var constantLabels: [LabelPair] = []
    private var type = MetricType.unknown

    package init() {}

    package var isFull: Bool { false }

    package mutating func begin(_ family: FamilyDescriptor) {
        families.append(
            MetricFamilySnapshot(family.name, type: family.type, unit: family.unit, help: family.help))
        constantLabels = family.constantLabels
        type = family.type
    }

    package mutating func counter(_ labels: Span<UInt8>, _ value: Amount) {
        append(labels, .counter(value.double))
    }

    package mutating func gauge(_ labels: Span<UInt8>, _ value: Amount) {
        append(labels, type == .unknown ? .unknown(value.double) : .gauge(value.double))
    }

    package mutating func histogram(_ labels: Span<UInt8>, bounds: HistogramBounds, counts: [UInt64], sum: Amount) {
        var total: UInt64 = 0
        let buckets = zip(bounds.values + [.infinity], counts).map { bound, count in
            total &+= count
            return HistogramPoint.Bucket(upperBound: bound, cumulativeCount: total)
        }
        append(labels, .histogram(HistogramPoint(buckets: buckets, sum: sum.double)))
    }

    package mutating func summary(_ labels: Span<UInt8>, quantiles: [SummaryPoint.Quantile], count: UInt64, sum: Amount)
    {
        append(labels, .summary(SummaryPoint(quantiles: quantiles, count: count, sum: sum.double)))
    }

    package mutating func info(_ labels: Span<UInt8>) {
        append(labels, .info)
    }

    package mutating func stateSet(_ labels: Span<UInt8>, _ states: [StatePoint]) {
        append(labels, .stateSet(states))
    }

    private mutating func append(_ labels: Span<UInt8>, _ point: MetricPoint) {
        families[families.count - 1].metrics.append(
            MetricSnapshot(labels: constantLabels + LabelText.pairs(in: labels), point))
    }
}

/// Takes the metrics of a gather one after another: the one way out of a family.
///
/// An encoder is a sink that writes bytes, a snapshot is one that builds values. Families come in the order of their names;
/// between `begin` and the next `begin` come that family's metrics. Labels come as they were rendered (see ``LabelText``) and are
/// only valid during the call. Calls are made under the lock of a family's store, so a sink works on memory alone.
///
/// A sink is passed `inout` and is noncopyable where it owns a buffer: so accesses to it are proved exclusive by the compiler and cost
/// nothing at run time.
package protocol SampleSink: ~Copyable {
    /// Starts a family.
    mutating func begin(_ family: FamilyDescriptor)
    /// A counter's value.
    mutating func counter(_ labels: Span<UInt8>, _ value: Amount, _ times: SampleTimes, _ exemplar: Exemplar?)
    /// The value of a gauge or of a metric of unknown kind.
    mutating func gauge(_ labels: Span<UInt8>, _ value: Amount, _ times: SampleTimes)
    /// A histogram or gauge histogram: the counts of its buckets, not cumulative, the last one `+Inf`; no sum when it is not known.
    mutating func histogram(
        _ labels: Span<UInt8>, bounds: HistogramBounds, counts: [UInt64], sum: Amount?, _ times: SampleTimes,
        _ extras: HistogramExtras?)
    /// A summary; no count or sum when it is not known.
    mutating func summary(
        _ labels: Span<UInt8>, quantiles: [SummaryPoint.Quantile], count: UInt64?, sum: Amount?, _ times: SampleTimes)
    /// An info metric.
    mutating func info(_ labels: Span<UInt8>, _ times: SampleTimes)
    /// A state set.
    mutating func stateSet(_ labels: Span<UInt8>, _ states: [StatePoint], _ times: SampleTimes)
    /// Whether the sink would like to hand on what it has, without a lock around it.
    var isFull: Bool { get }
}

/// The times that belong to a metric, in seconds since 1970; NaN where there is none.
package struct SampleTimes: Sendable {
    /// When the metric was made or last set back.
    package var created: Double
    /// When the value was read, for values that were not read for this gather.
    package var timestamp: Double

    package init(created: Double = .nan, timestamp: Double = .nan) {
        self.created = created
        self.timestamp = timestamp
    }
}

/// What few histograms have.
package struct HistogramExtras: Sendable {
    /// The native buckets.
    package var native: NativeHistogramPoint?
    /// An exemplar for each bucket that has one; empty when none has.
    package var exemplars: [Exemplar?]

    package init(native: NativeHistogramPoint? = nil, exemplars: [Exemplar?] = []) {
        self.native = native
        self.exemplars = exemplars
    }
}

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
    mutating func counter(_ labels: Span<UInt8>, _ value: Amount)
    /// The value of a gauge or of a metric of unknown kind.
    mutating func gauge(_ labels: Span<UInt8>, _ value: Amount)
    /// A histogram: the counts of its buckets, not cumulative, the last one `+Inf`.
    mutating func histogram(_ labels: Span<UInt8>, bounds: HistogramBounds, counts: [UInt64], sum: Amount)
    /// A summary.
    mutating func summary(_ labels: Span<UInt8>, quantiles: [SummaryPoint.Quantile], count: UInt64, sum: Amount)
    /// An info metric.
    mutating func info(_ labels: Span<UInt8>)
    /// A state set.
    mutating func stateSet(_ labels: Span<UInt8>, _ states: [StatePoint])
    /// Whether the sink would like to hand on what it has, without a lock around it.
    var isFull: Bool { get }
}

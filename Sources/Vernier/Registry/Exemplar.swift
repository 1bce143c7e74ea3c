/// A reference from a sample to something outside the metrics, mostly the trace of one request that it counted.
///
/// OpenMetrics and protobuf pages show it beside a counter or a bucket (OpenMetrics 1.0.0, "Exemplars").
public struct Exemplar: Sendable, Hashable {
    /// What it refers to, such as `trace_id`; names and values together have at most 128 code points.
    public var labels: [LabelPair]
    /// The amount that was added, or the value that was observed.
    public var value: Double
    /// When that was, in seconds since 1970; `nil` when it is not known.
    public var timestamp: Double?

    /// Makes an exemplar.
    public init(labels: [LabelPair], value: Double, timestamp: Double? = nil) {
        self.labels = labels
        self.value = value
        self.timestamp = timestamp
    }
}

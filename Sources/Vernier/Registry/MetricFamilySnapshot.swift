/// The kind of a metric family, as OpenMetrics 1.0.0 names them (section "Metric Types").
public enum MetricType: String, Sendable, Hashable, CaseIterable {
    /// A value that only grows, apart from resets to zero.
    case counter
    /// A value that goes up and down.
    case gauge
    /// Counts of observations by upper bound, with their sum.
    case histogram
    /// A histogram whose counts go up and down, such as of what waits in a queue.
    case gaugeHistogram = "gaugehistogram"
    /// Quantiles of observations, with their count and sum.
    case summary
    /// Facts about the program that do not change while it runs.
    case info
    /// A set of states of which each is on or off.
    case stateSet = "stateset"
    /// A value whose kind is not known.
    case unknown
}

/// The name and the value of one label.
public struct LabelPair: Sendable, Hashable {
    /// The label's name.
    public var name: String
    /// The label's value, unescaped.
    public var value: String

    /// Makes a pair.
    public init(_ name: String, _ value: String) {
        self.name = name
        self.value = value
    }
}

/// What one metric of a family holds at the moment of a gather.
public enum MetricPoint: Sendable, Hashable {
    /// The value of a counter.
    case counter(Double)
    /// The value of a gauge.
    case gauge(Double)
    /// The buckets and the sum of a histogram or a gauge histogram.
    case histogram(HistogramPoint)
    /// The quantiles, count and sum of a summary.
    case summary(SummaryPoint)
    /// An info metric, whose content is its labels.
    case info
    /// The states of a state set, in the order of their declaration.
    case stateSet([StatePoint])
    /// A value of unknown kind.
    case unknown(Double)
}

/// The buckets of a histogram: cumulative ones with bounds that were chosen, native ones, or both.
public struct HistogramPoint: Sendable, Hashable {
    /// One bucket: all observations that are at most `upperBound`.
    public struct Bucket: Sendable, Hashable {
        /// The largest value that the bucket counts (`le`); infinity in the last one.
        public var upperBound: Double
        /// How many observations were at most `upperBound`.
        public var cumulativeCount: UInt64
        /// An observation that is in this bucket and not in the one before.
        public var exemplar: Exemplar?

        /// Makes a bucket.
        public init(upperBound: Double, cumulativeCount: UInt64, exemplar: Exemplar? = nil) {
            self.upperBound = upperBound
            self.cumulativeCount = cumulativeCount
            self.exemplar = exemplar
        }
    }

    /// The buckets by rising bound; the last one is `+Inf`.
    public var buckets: [Bucket]
    /// The sum of all observations, in the family's unit; `nil` where a page had none.
    public var sum: Double?
    /// The native buckets, when the histogram has them.
    public var native: NativeHistogramPoint?
    /// How many observations there were: the count of the `+Inf` bucket.
    public var count: UInt64 { buckets.last?.cumulativeCount ?? 0 }

    /// Makes a point.
    ///
    /// - Parameters:
    ///   - buckets: by rising bound up to `+Inf`, which is there even when all others are native.
    ///   - sum: the sum of all observations.
    ///   - native: the native buckets.
    public init(buckets: [Bucket], sum: Double?, native: NativeHistogramPoint? = nil) {
        self.buckets = buckets
        self.sum = sum
        self.native = native
    }
}

/// The quantiles, count and sum of a summary.
public struct SummaryPoint: Sendable, Hashable {
    /// One quantile.
    public struct Quantile: Sendable, Hashable {
        /// Which quantile, from 0 to 1.
        public var quantile: Double
        /// Its value; NaN when the window holds no observation.
        public var value: Double

        /// Makes a quantile.
        public init(quantile: Double, value: Double) {
            self.quantile = quantile
            self.value = value
        }
    }

    /// The quantiles by rising rank.
    public var quantiles: [Quantile]
    /// How many observations there were since the start; `nil` where a page did not say.
    public var count: UInt64?
    /// Their sum, in the family's unit; `nil` where a page did not say.
    public var sum: Double?

    /// Makes a point.
    public init(quantiles: [Quantile], count: UInt64?, sum: Double?) {
        self.quantiles = quantiles
        self.count = count
        self.sum = sum
    }
}

/// One state of a state set.
public struct StatePoint: Sendable, Hashable {
    /// The state's name.
    public var name: String
    /// Whether the state is on.
    public var isOn: Bool

    /// Makes a state.
    public init(_ name: String, isOn: Bool) {
        self.name = name
        self.isOn = isOn
    }
}

/// One metric of a family: its labels and what it holds.
public struct MetricSnapshot: Sendable, Hashable {
    /// The labels, constant ones included, in the order of their declaration.
    public var labels: [LabelPair]
    /// The value.
    public var point: MetricPoint
    /// When the metric was made or last set back, in seconds since 1970: a counter, histogram or summary was zero then.
    public var created: Double?
    /// When the value was read, in seconds since 1970; `nil`, as nearly always, for the moment of the scrape.
    ///
    /// Two points of one metric are a millisecond apart or more, as most formats show no less, and the info metrics of a family have all
    /// a time or none: a collector's family that is not so is not shown.
    public var timestamp: Double?
    /// An increment of a counter; a histogram's exemplars are in its buckets.
    public var exemplar: Exemplar?

    /// Makes a metric.
    public init(
        labels: [LabelPair] = [], _ point: MetricPoint, created: Double? = nil, timestamp: Double? = nil,
        exemplar: Exemplar? = nil
    ) {
        self.labels = labels
        self.point = point
        self.created = created
        self.timestamp = timestamp
        self.exemplar = exemplar
    }
}

/// A metric family as values: what `Registry.gather` returns and what a ``Collector`` hands over.
public struct MetricFamilySnapshot: Sendable, Hashable {
    /// The family's name with its unit, without any suffix such as `_total`.
    public var name: String
    /// The family's kind.
    public var type: MetricType
    /// The base unit, which is also the end of `name`; empty when there is none.
    public var unit: String
    /// What the family means, for people.
    public var help: String
    /// The family's metrics.
    public var metrics: [MetricSnapshot]
    /// Whether the samples of a counter lack the suffix `_total`, as some pages in the Prometheus text formats do.
    public var omitsTotal = false

    /// Makes a family.
    public init(_ name: String, type: MetricType, unit: String = "", help: String, metrics: [MetricSnapshot] = []) {
        self.name = name
        self.type = type
        self.unit = unit
        self.help = help
        self.metrics = metrics
    }
}

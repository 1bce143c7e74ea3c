/// The buckets of a native histogram: exponential, and only those that counted something.
///
/// Bucket `i` of schema `n` holds values above `b^(i-1)` and up to `b^i`, where `b` is 2 to the power of `2^-n`; the negative
/// buckets mirror that (Prometheus, "Native Histograms").
public struct NativeHistogramPoint: Sendable, Hashable {
    /// One bucket.
    public struct Bucket: Sendable, Hashable {
        /// Which bucket of the schema it is.
        public var index: Int
        /// How many observations it holds; not cumulative.
        public var count: UInt64

        /// Makes a bucket.
        public init(index: Int, count: UInt64) {
            self.index = index
            self.count = count
        }
    }

    /// The resolution, from -4, where a bucket reaches 65,536 times as far as the one before, to 8, where it is 0.27 percent.
    public var schema: Int
    /// The largest magnitude that counts as zero.
    public var zeroThreshold: Double
    /// How many observations were at most that.
    public var zeroCount: UInt64
    /// Buckets of positive values, by rising index.
    public var positive: [Bucket]
    /// Buckets of negative values, by rising index, which is away from zero.
    public var negative: [Bucket]
    /// Exemplars of any buckets, each with a timestamp.
    public var exemplars: [Exemplar]

    /// Makes a point.
    public init(
        schema: Int, zeroThreshold: Double, zeroCount: UInt64 = 0, positive: [Bucket] = [], negative: [Bucket] = [],
        exemplars: [Exemplar] = []
    ) {
        self.schema = schema
        self.zeroThreshold = zeroThreshold
        self.zeroCount = zeroCount
        self.positive = positive
        self.negative = negative
        self.exemplars = exemplars
    }
}

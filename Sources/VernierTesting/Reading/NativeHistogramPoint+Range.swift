import Vernier

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

extension NativeHistogramPoint {
    /// A bucket by what it counts, so that buckets of two resolutions can be told apart.
    struct Range: Sendable, CustomStringConvertible {
        let lower: Double
        let upper: Double
        let count: UInt64
        /// The range as mathematics writes it: `(1.0,2.0]`.
        let description: String

        /// A bucket of positive values.
        init(above lower: Double, upTo upper: Double, count: UInt64) {
            (self.lower, self.upper, self.count) = (lower, upper, count)
            description = "(\(Text.bound(lower)),\(Text.bound(upper))]"
        }

        /// A bucket of negative values.
        init(from lower: Double, below upper: Double, count: UInt64) {
            (self.lower, self.upper, self.count) = (lower, upper, count)
            description = "[\(Text.bound(lower)),\(Text.bound(upper)))"
        }

        /// The bucket of what counts as zero.
        init(zeroUpTo threshold: Double, count: UInt64) {
            // A negative zero would show as -0.0.
            (lower, upper, self.count) = (0 - threshold, threshold, count)
            description = "[\(Text.bound(lower)),\(Text.bound(upper))]"
        }
    }

    /// All buckets from the lowest to the highest; that of zero only when it counted something.
    ///
    /// A point of somebody else's making may have any index, so nothing here traps on one.
    var ranges: [Range] {
        negative.reversed().map { Range(from: -bound($0.index), below: -bound($0.index &- 1), count: $0.count) }
            + (zeroCount == 0 ? [] : [Range(zeroUpTo: zeroThreshold, count: zeroCount)])
            + positive.map { Range(above: bound($0.index &- 1), upTo: bound($0.index), count: $0.count) }
    }

    /// The largest value in a bucket: 2 to the power of `index` · 2^-`schema` (Prometheus, "Native Histograms").
    ///
    /// The last bucket of finite values ends with the largest of them, the one after it holds infinity.
    private func bound(_ index: Int) -> Double {
        let exponent = Double(index) * exp2(-Double(schema))
        return exponent > 1024 ? .infinity : exponent == 1024 ? .greatestFiniteMagnitude : exp2(exponent)
    }
}

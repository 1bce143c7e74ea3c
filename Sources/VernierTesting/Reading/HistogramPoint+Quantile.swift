public import Vernier

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

extension HistogramPoint {
    /// Estimates a quantile of what was observed, as a query with `histogram_quantile` does.
    ///
    /// From native buckets where there are any: between a bucket's bounds on a logarithmic scale, in the bucket of zero on a linear
    /// one (Prometheus 3). Otherwise from classic buckets, on a linear scale; what is in the `+Inf` bucket counts as the bound below.
    ///
    /// ```swift
    /// let waits = registry.histogram(of: "wait_seconds")
    /// #expect(waits?.quantile(0.9) ?? .infinity < 0.5)
    /// ```
    ///
    /// - Parameter quantile: which one, from 0 to 1.
    /// - Returns: the estimate in the family's unit; `nil` where nothing was observed, where all classic observations share the one
    ///   bucket `+Inf`, and for what is not a quantile.
    /// - Complexity: linear in the number of buckets.
    public func quantile(_ quantile: Double) -> Double? {
        guard (0...1).contains(quantile), count > 0 else { return nil }
        let rank = quantile * Double(count)
        return native.map { $0.value(atRank: rank) } ?? classicValue(atRank: rank)
    }

    private func classicValue(atRank rank: Double) -> Double? {
        guard buckets.count > 1 else { return nil }
        let finite = buckets.dropLast()
        var (start, below) = (min(0, finite.first?.upperBound ?? 0), 0.0)
        for bucket in finite {
            let reached = Double(bucket.cumulativeCount)
            if reached >= rank {
                let share = reached > below ? (rank - below) / (reached - below) : 1
                return start + (bucket.upperBound - start) * share
            }
            (start, below) = (bucket.upperBound, reached)
        }
        return start
    }
}

extension NativeHistogramPoint {
    /// The value up to which there are `rank` observations; `nil` without any in a bucket.
    fileprivate func value(atRank rank: Double) -> Double? {
        var below = 0.0
        let filled = ranges.filter { $0.count > 0 }
        for range in filled {
            let reached = below + Double(range.count)
            if reached >= rank { return value(in: range, share: (rank - below) / Double(range.count)) }
            below = reached
        }
        // NaN is counted and in no bucket.
        return filled.last?.upper
    }

    private func value(in range: Range, share: Double) -> Double {
        // The bucket of zero is on one side when all others are.
        let lower = range.lower < 0 && range.upper > 0 && negative.isEmpty && !positive.isEmpty ? 0 : range.lower
        let upper = range.lower < 0 && range.upper > 0 && positive.isEmpty && !negative.isEmpty ? 0 : range.upper
        guard lower.sign == upper.sign, lower != 0, upper != 0 else { return lower + (upper - lower) * share }
        return lower * pow(upper / lower, share)
    }
}

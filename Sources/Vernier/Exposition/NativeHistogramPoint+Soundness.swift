extension NativeHistogramPoint {
    /// Whether a server can take the native buckets of a histogram with this count and sum.
    ///
    /// Prometheus refuses a whole page for buckets that do not add up, and cannot be asked about what it took with a schema that it
    /// does not know; so the buckets are judged where they leave (Prometheus, "Native Histograms").
    ///
    /// - Complexity: linear in the number of buckets.
    package func isSound(count: UInt64, sum: Double?) -> Bool {
        guard (-4...8).contains(schema), zeroThreshold >= 0, zeroThreshold.isFinite else { return false }
        guard Self.rise(positive), Self.rise(negative) else { return false }
        var rest = count
        for part in [zeroCount] + positive.map(\.count) + negative.map(\.count) {
            guard part <= rest else { return false }
            rest -= part
        }
        // Observations that are not a number are in no bucket, and make the sum one that is not.
        return rest == 0 || sum?.isNaN ?? false
    }

    /// Whether the indices rise and are such that no bucket is beyond those of the infinities.
    private static func rise(_ buckets: [Bucket]) -> Bool {
        // The bucket of infinity at schema 8 has the index 262,145, and that of the least number is at -274,943.
        guard buckets.allSatisfy({ (-300_000...300_000).contains($0.index) }) else { return false }
        return zip(buckets, buckets.dropFirst()).allSatisfy { $0.index < $1.index }
    }
}

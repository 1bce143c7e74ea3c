/// How a model did when it was known to do well: what ``ModelMetrics`` compare the window with.
///
/// ```swift
/// let baseline = ModelBaseline(meanAbsoluteError: 3.9, predictions: testSet.map(model.predict))
/// ```
public struct ModelBaseline: Sendable, Hashable {
    /// The mean absolute error then; `nil` when it is not known.
    public let meanAbsoluteError: Double?
    /// The upper bounds of all bins but the last, by which predictions are compared; rising.
    public let bounds: [Double]
    /// How many predictions there were in each bin.
    public let counts: [Int]

    /// Describes a sample of predictions by bins that each hold about as many of them: deciles, unless said otherwise.
    ///
    /// - Parameters:
    ///   - meanAbsoluteError: the mean absolute error on a set of which the truth is known; what is not a positive number counts as
    ///     not known.
    ///   - predictions: what the model predicted on such a set; infinite numbers and NaN are left out. Without any there is no
    ///     stability index.
    ///   - bins: how many bins, from 2 to 100. Equal predictions are never in two, so there may be fewer.
    public init(meanAbsoluteError: Double? = nil, predictions: [Double] = [], bins: Int = 10) {
        self.meanAbsoluteError = meanAbsoluteError.flatMap { $0 > 0 && $0.isFinite ? $0 : nil }
        let sorted = predictions.filter(\.isFinite).sorted()
        let bins = min(max(bins, 2), 100)
        var bounds: [Double] = []
        for bin in 1..<bins where !sorted.isEmpty {
            let bound = sorted[max(0, (bin * sorted.count + bins - 1) / bins - 1)]
            // The last bin, above all bounds, must have something in it.
            if bound > bounds.last ?? -.infinity, bound < sorted[sorted.count - 1] { bounds.append(bound) }
        }
        self.bounds = bounds
        counts = Self.counts(of: sorted, bounds: bounds)
    }

    /// How many numbers are in each bin.
    private static func counts(of numbers: some Sequence<Double>, bounds: [Double]) -> [Int] {
        var counts = [Int](repeating: 0, count: bounds.count + 1)
        for number in numbers {
            var (low, high) = (0, bounds.count)
            while low < high {
                let middle = (low + high) / 2
                if number <= bounds[middle] { high = middle } else { low = middle + 1 }
            }
            counts[low] += 1
        }
        return counts
    }

    /// The population stability index of predictions against the baseline.
    ///
    /// It is the sum over the bins of *(q − p) · ln(q / p)*, with *p* the baseline's part in the bin and *q* that of the predictions
    /// (Siddiqi, "Credit Risk Scorecards", 2006). Half an observation is added to every bin of both, so that an empty bin gives a
    /// finite figure. Up to 0.1 is taken as no change, from 0.25 on as a great one.
    ///
    /// - Returns: the index; `nil` when there is no baseline of two bins, or there are no predictions.
    public func stabilityIndex(of predictions: some Sequence<Double>) -> Double? {
        guard counts.count > 1 else { return nil }
        let now = Self.counts(of: predictions.lazy.filter(\.isFinite), bounds: bounds)
        let (then, total) = (counts.reduce(0, +), now.reduce(0, +))
        guard then > 0, total > 0 else { return nil }
        let half = 0.5 * Double(counts.count)
        return zip(counts, now).reduce(0) { sum, bin in
            let p = (Double(bin.0) + 0.5) / (Double(then) + half)
            let q = (Double(bin.1) + 0.5) / (Double(total) + half)
            return sum + (q - p) * logarithm(q / p)
        }
    }
}

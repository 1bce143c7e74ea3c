/// How far predictions are from the truth.
///
/// All figures come from two passes over the pairs, which are numerically safe: a running sum of squares would lose all digits for
/// numbers that are far from zero and close together (Chan, Golub, LeVeque: "Algorithms for Computing the Sample Variance", 1983).
struct PredictionErrors {
    /// What was predicted and what it turned out to be.
    struct Pair: Sendable, Hashable {
        var prediction: Double
        var truth: Double

        /// Takes numbers whose difference is a number.
        init?(prediction: Double, truth: Double) {
            guard prediction.isFinite, truth.isFinite, (prediction - truth).isFinite else { return nil }
            self.prediction = prediction
            self.truth = truth
        }
    }

    /// The mean of |prediction − truth|.
    let meanAbsolute: Double
    /// The root of the mean of (prediction − truth)².
    let rootMeanSquare: Double
    /// The part of the truth's variance that the predictions explain, 1 − Σ(t − p)² / Σ(t − t̄)².
    ///
    /// It is 1 at best and may be below zero; `nil` when there is no variance, as for a single pair.
    let determination: Double?

    /// Works out the figures; `nil` without pairs.
    init?(_ pairs: [Pair]) {
        guard !pairs.isEmpty else { return nil }
        let count = Double(pairs.count)
        // Numbers are divided by the largest first, so that no square and no sum leaves the range.
        let largest = pairs.reduce(0) { max($0, ($1.prediction - $1.truth).magnitude) }
        var absolute = ExactSum()
        var squares = ExactSum()
        if largest > 0 {
            for pair in pairs {
                let error = (pair.prediction - pair.truth) / largest
                absolute.add(error.magnitude)
                squares.add(error * error)
            }
        }
        meanAbsolute = largest * (absolute.value / count)
        rootMeanSquare = largest * (squares.value / count).squareRoot()
        determination = Self.determination(pairs, squares: squares.value, scale: largest)
    }

    private static func determination(_ pairs: [Pair], squares: Double, scale: Double) -> Double? {
        let count = Double(pairs.count)
        // The mean of the distances to one of the truths, halved for their range.
        let origin = pairs[0].truth
        var shifts = ExactSum()
        for pair in pairs { shifts.add((pair.truth / 2 - origin / 2) / count) }
        let mean = shifts.value
        let largest = pairs.reduce(0) { max($0, ($1.truth / 2 - origin / 2 - mean).magnitude) }
        guard largest > 0, pairs.contains(where: { $0.truth != origin }) else { return nil }
        var variance = ExactSum()
        for pair in pairs {
            let distance = (pair.truth / 2 - origin / 2 - mean) / largest
            variance.add(distance * distance)
        }
        let ratio = scale / 2 / largest
        let figure = 1 - squares / variance.value * ratio * ratio
        return figure.isFinite ? figure : nil
    }
}

/// A sum that keeps what additions round off (Neumaier, 1974).
private struct ExactSum {
    private var sum = 0.0
    private var rest = 0.0

    mutating func add(_ number: Double) {
        let next = sum + number
        rest += sum.magnitude >= number.magnitude ? (sum - next) + number : (number - next) + sum
        sum = next
    }

    var value: Double { sum + rest }
}

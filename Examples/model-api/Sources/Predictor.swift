/// What a model says, and how sure it is: 1 less the error to expect as a share of how far targets are spread anyway.
struct Estimate: Sendable {
    var value: Double
    var confidence: Double

    init(value: Double, expectedError: Double, spread: Double) {
        self.value = value
        confidence = spread > 0 ? min(max(1 - expectedError / spread, 0), 1) : 0
    }
}

/// A model that was fitted.
protocol Predictor: Sendable {
    func estimate(_ scan: Scan) -> Estimate
}

/// How far a model's estimates are from the truth.
struct Accuracy: Sendable {
    /// The mean of the errors' sizes.
    var meanAbsoluteError: Double
    /// 1 for a model that is always right, 0 for one that is as good as the mean of all truths.
    var determination: Double

    /// Judges a model by examples that it has not been fitted to.
    init(of model: some Predictor, on examples: [(scan: Scan, truth: Double)]) {
        let truths = examples.map(\.truth)
        let mean = truths.mean
        let errors = examples.map { $0.truth - model.estimate($0.scan).value }
        meanAbsoluteError = errors.map(abs).mean
        determination = 1 - errors.map { $0 * $0 }.mean / truths.map { ($0 - mean) * ($0 - mean) }.mean
    }
}

extension [Double] {
    var mean: Double { isEmpty ? 0 : reduce(0, +) / Double(count) }

    /// The standard deviation.
    var spread: Double {
        let mean = mean
        return map { ($0 - mean) * ($0 - mean) }.mean.squareRoot()
    }
}

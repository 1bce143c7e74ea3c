import Testing

@testable import VernierInstrumentation

@Suite struct PredictionErrorsTests {
    private typealias Pair = PredictionErrors.Pair

    /// The same figures as a text book has them, from the numbers as they are.
    private func textBook(_ pairs: [Pair]) -> (mae: Double, rmse: Double, r2: Double) {
        let count = Double(pairs.count)
        let mean = pairs.map(\.truth).reduce(0, +) / count
        let squares = pairs.map { ($0.prediction - $0.truth) * ($0.prediction - $0.truth) }.reduce(0, +)
        let variance = pairs.map { ($0.truth - mean) * ($0.truth - mean) }.reduce(0, +)
        return (
            pairs.map { ($0.prediction - $0.truth).magnitude }.reduce(0, +) / count, (squares / count).squareRoot(),
            1 - squares / variance
        )
    }

    private func pairs(_ count: Int, mean: Double, spread: Double, noise: Double, seed: UInt64) -> [Pair] {
        var generator = SplitMix(state: seed)
        return (0..<count).compactMap { _ in
            let truth = mean + spread * generator.normal()
            return Pair(prediction: truth + noise * generator.normal(), truth: truth)
        }
    }

    @Test(arguments: 0..<20) func `figures are those of the text book`(seed: UInt64) throws {
        let noise = Double(seed) / 10
        let pairs = pairs(2 + Int(seed) * 97, mean: Double(seed) * 7, spread: 10, noise: noise, seed: seed)
        let expected = textBook(pairs)
        let errors = try #require(PredictionErrors(pairs))
        #expect(abs(errors.meanAbsolute - expected.mae) <= 1e-12 * max(1, expected.mae))
        #expect(abs(errors.rootMeanSquare - expected.rmse) <= 1e-12 * max(1, expected.rmse))
        let determination = try #require(errors.determination)
        #expect(abs(determination - expected.r2) <= 1e-10)
    }

    @Test func `numbers far from zero and close together keep their digits`() throws {
        // Whole numbers plus a large one: the figures without it are known exactly.
        let near = (0..<1000).compactMap { Pair(prediction: Double($0 % 7), truth: Double($0 % 5)) }
        let far = near.compactMap { Pair(prediction: $0.prediction + 0x1p50, truth: $0.truth + 0x1p50) }
        let (expected, errors) = (try #require(PredictionErrors(near)), try #require(PredictionErrors(far)))
        #expect(errors.meanAbsolute == expected.meanAbsolute)
        #expect(errors.rootMeanSquare == expected.rootMeanSquare)
        #expect(abs((errors.determination ?? 0) - (expected.determination ?? 1)) < 1e-12)
    }

    @Test(arguments: [1e-300, 1e-160, 1e160, 1e307]) func `squares do not leave the range`(scale: Double) throws {
        let pairs = [(1.0, 2.0), (3, 3), (5, 4), (2, 5)].compactMap {
            Pair(prediction: $0.0 * scale, truth: $0.1 * scale)
        }
        let errors = try #require(PredictionErrors(pairs))
        #expect(abs(errors.meanAbsolute / scale - 1.25) < 1e-12)
        #expect(abs(errors.rootMeanSquare / scale - (11.0 / 4).squareRoot()) < 1e-12)
        #expect(abs((errors.determination ?? 0) - (1 - 11.0 / 5)) < 1e-12)
    }

    @Test func `without variance there is no R²`() throws {
        let same = [1.0, 2, 3].compactMap { Pair(prediction: $0, truth: 5) }
        #expect(try #require(PredictionErrors(same)).determination == nil)
        #expect(try #require(PredictionErrors(same)).meanAbsolute == 3)
        #expect(try #require(PredictionErrors(Array(same.prefix(1)))).determination == nil)
        #expect(PredictionErrors([]) == nil)
    }

    @Test func `perfect predictions have no error and R² of one`() throws {
        let perfect = [1.0, 2, 3].compactMap { Pair(prediction: $0, truth: $0) }
        let errors = try #require(PredictionErrors(perfect))
        #expect(errors.meanAbsolute == 0 && errors.rootMeanSquare == 0 && errors.determination == 1)
    }

    @Test(arguments: [
        (Double.nan, 1.0), (1, .nan), (.infinity, 1), (1, -.infinity), (.infinity, .infinity),
        (.greatestFiniteMagnitude, -.greatestFiniteMagnitude),
    ]) func `what has no distance is no pair`(prediction: Double, truth: Double) {
        #expect(Pair(prediction: prediction, truth: truth) == nil)
    }

    @Test func `the largest numbers there are have figures`() throws {
        let largest = Double.greatestFiniteMagnitude
        let pairs = [(largest, largest), (-largest, -largest), (0, 0)].compactMap {
            Pair(prediction: $0.0, truth: $0.1)
        }
        #expect(pairs.count == 3)
        #expect(try #require(PredictionErrors(pairs)).determination == 1)
    }
}

import Testing

@testable import model_api

struct PredictorTests {
    private let scans = FinishedScan.made(1_000, seed: 3)

    private func examples(_ target: Target, _ range: Range<Int>) -> [(scan: Scan, truth: Double)] {
        scans[range].map { ($0.scan, target.truth(of: $0)) }
    }

    @Test func `the same seed makes the same scans`() {
        #expect(FinishedScan.made(5, seed: 1).map(\.seconds) == FinishedScan.made(5, seed: 1).map(\.seconds))
        #expect(FinishedScan.made(5, seed: 1).map(\.seconds) != FinishedScan.made(5, seed: 2).map(\.seconds))
    }

    @Test func `least squares finds the numbers of results that it has not seen`() throws {
        let model = try #require(LeastSquares(examples(.result, 0..<800)))
        let accuracy = Accuracy(of: model, on: examples(.result, 800..<1_000))
        #expect(accuracy.meanAbsoluteError < 5)
        #expect(accuracy.determination > 0.95)
    }

    @Test func `neighbours find durations that they have not seen`() throws {
        let model = try #require(NearestNeighbours(examples(.duration, 0..<800)))
        let accuracy = Accuracy(of: model, on: examples(.duration, 800..<1_000))
        #expect(accuracy.meanAbsoluteError < 0.6)
        #expect(accuracy.determination > 0.9)
    }

    @Test func `least squares is exact where the truth is a sum of its terms`() throws {
        let known = scans.map { ($0.scan, 2 + 0.5 * $0.scan.symbols - 3 * $0.scan.filters) }
        let model = try #require(LeastSquares(known))
        let estimate = model.estimate(Scan(symbols: 400, days: 100, filters: 2))
        #expect(abs(estimate.value - 196) < 1e-6)
        #expect(estimate.confidence > 0.999)
    }

    @Test func `a scan unlike all known ones is less sure`() throws {
        let model = try #require(LeastSquares(examples(.result, 0..<800)))
        let usual = model.estimate(Scan(symbols: 500, days: 200, filters: 3))
        let strange = model.estimate(Scan(symbols: 9_000, days: 900, filters: 20))
        #expect(usual.confidence > strange.confidence)
        #expect((0...1).contains(strange.confidence))
    }

    @Test func `too few examples are no model`() {
        #expect(LeastSquares(examples(.result, 0..<5)) == nil)
        #expect(NearestNeighbours(examples(.result, 0..<5)) == nil)
        #expect(LeastSquares(examples(.result, 0..<1).flatMap { [$0] + Array(repeating: $0, count: 20) }) == nil)
    }
}

import Testing

@testable import VernierInstrumentation

@Suite struct ModelBaselineTests {
    @Test func `bins hold about as many each`() {
        let baseline = ModelBaseline(predictions: (1...100).map(Double.init))
        #expect(baseline.bounds == [10, 20, 30, 40, 50, 60, 70, 80, 90])
        #expect(baseline.counts == Array(repeating: 10, count: 10))
        #expect(ModelBaseline(predictions: [1, 1, 1, 2, 2, 3], bins: 3).counts == [3, 2, 1])
    }

    @Test func `the index is the formula's`() throws {
        // Parts of 20, 50, 30 and 10, 60, 30 of a hundred, with half an observation more in each bin.
        let then = [Double](repeating: 1, count: 20) + .init(repeating: 2, count: 50) + .init(repeating: 3, count: 30)
        let now = [Double](repeating: 1, count: 10) + .init(repeating: 2, count: 60) + .init(repeating: 3, count: 30)
        let baseline = ModelBaseline(predictions: then, bins: 5)
        #expect(baseline.counts == [20, 50, 30])
        let index = try #require(baseline.stabilityIndex(of: now))
        let (p, q) = ([20.5, 50.5, 30.5].map { $0 / 101.5 }, [10.5, 60.5, 30.5].map { $0 / 101.5 })
        let expected = zip(p, q).map { ($1 - $0) * logarithm($1 / $0) }.reduce(0, +)
        #expect(abs(index - expected) < 1e-12)
        #expect(abs(index - 0.0875) < 0.005)
    }

    @Test func `the same distribution is stable, another is not`() throws {
        var generator = SplitMix(state: 11)
        let baseline = ModelBaseline(predictions: (0..<5000).map { _ in generator.normal() })
        let same = (0..<2000).map { _ in generator.normal() }
        #expect(try #require(baseline.stabilityIndex(of: same)) < 0.05)
        #expect(try #require(baseline.stabilityIndex(of: same.map { $0 + 1 })) > 0.25)
        #expect(try #require(baseline.stabilityIndex(of: same.map { $0 * 3 })) > 0.25)
    }

    @Test func `an empty bin gives a finite index`() throws {
        let baseline = ModelBaseline(predictions: (1...100).map(Double.init))
        let index = try #require(baseline.stabilityIndex(of: [Double](repeating: 5, count: 100)))
        #expect(index.isFinite && index > 1)
    }

    @Test(arguments: [[], [.nan, .infinity], [5], [5, 5, 5]] as [[Double]])
    func `without two bins there is no index`(predictions: [Double]) {
        #expect(ModelBaseline(predictions: predictions).stabilityIndex(of: [1, 2]) == nil)
    }

    @Test func `what is no number has no part`() {
        let baseline = ModelBaseline(predictions: [1, 2, 3, 4, .nan, .infinity], bins: 2)
        #expect(baseline.counts == [2, 2])
        #expect(baseline.stabilityIndex(of: [.nan, .infinity]) == nil)
        #expect(baseline.stabilityIndex(of: [1, 4, .nan]) == 0)
    }

    @Test(arguments: [0, -1, .nan, .infinity]) func `an error of the baseline is a positive number`(error: Double) {
        #expect(ModelBaseline(meanAbsoluteError: error).meanAbsoluteError == nil)
    }
}

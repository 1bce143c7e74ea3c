import Testing
import Vernier
import VernierTesting

@Suite struct HistogramQuantileTests {
    private static func classic(_ buckets: [(Double, UInt64)]) -> HistogramPoint {
        HistogramPoint(buckets: buckets.map { .init(upperBound: $0.0, cumulativeCount: $0.1) }, sum: nil)
    }

    /// Natives with their count, which is that of the `+Inf` bucket.
    private static func native(
        schema: Int = 0, zero: UInt64 = 0, positive: [(Int, UInt64)] = [], negative: [(Int, UInt64)] = [],
        threshold: Double = 0.25, notNumbers: UInt64 = 0
    ) -> HistogramPoint {
        let total = positive.reduce(negative.reduce(zero) { $0 + $1.1 }) { $0 + $1.1 }
        return HistogramPoint(
            buckets: [.init(upperBound: .infinity, cumulativeCount: total + notNumbers)], sum: nil,
            native: NativeHistogramPoint(
                schema: schema, zeroThreshold: threshold, zeroCount: zero,
                positive: positive.map { .init(index: $0.0, count: $0.1) },
                negative: negative.map { .init(index: $0.0, count: $0.1) }))
    }

    private static func isNear(_ one: Double?, _ other: Double?) -> Bool {
        guard let one, let other else { return one == nil && other == nil }
        return one == other || abs(one - other) <= 1e-12 * abs(other)
    }

    @Test(arguments: [
        (0.5, 1.0), (0.25, 0.5), (0.75, 2), (1, 3), (0, 0),
    ])
    func aClassicQuantileLiesOnALineBetweenBounds(quantile: Double, value: Double) {
        let histogram = Self.classic([(1, 4), (3, 8), (.infinity, 8)])
        #expect(Self.isNear(histogram.quantile(quantile), value))
    }

    @Test func aQuantileBeyondTheLastBoundIsThatBound() {
        #expect(Self.classic([(1, 1), (3, 2), (.infinity, 10)]).quantile(0.9) == 3)
    }

    @Test func aFirstBucketOfNegativeValuesIsItsBound() {
        #expect(Self.classic([(-2, 4), (1, 8), (.infinity, 8)]).quantile(0.25) == -2)
        #expect(Self.isNear(Self.classic([(-2, 4), (1, 8), (.infinity, 8)]).quantile(0.75), -0.5))
    }

    @Test func withoutObservationsOrBoundsThereIsNoQuantile() {
        #expect(Self.classic([(1, 0), (.infinity, 0)]).quantile(0.5) == nil)
        #expect(Self.classic([(.infinity, 5)]).quantile(0.5) == nil)
        #expect(Self.classic([]).quantile(0.5) == nil)
        #expect(Self.native(notNumbers: 3).quantile(0.5) == nil)
    }

    @Test(arguments: [-0.1, 1.1, .nan, .infinity])
    func whatIsNoQuantileHasNoValue(quantile: Double) {
        #expect(Self.classic([(1, 4), (.infinity, 4)]).quantile(quantile) == nil)
    }

    /// The example is that of a query over native histograms: one in (0.5,1], two in (1,2], two in (4,8].
    @Test(arguments: [(0.0, 0.5), (0.2, 1), (0.4, 2.0.squareRoot()), (0.6, 2), (0.8, 32.0.squareRoot()), (1, 8)])
    func aNativeQuantileLiesOnALogarithmicScale(quantile: Double, value: Double) {
        let histogram = Self.native(positive: [(0, 1), (1, 2), (3, 2)])
        #expect(Self.isNear(histogram.quantile(quantile), value))
    }

    @Test func negativeBucketsComeFirstAndMirrorThePositive() {
        let histogram = Self.native(positive: [(1, 2)], negative: [(1, 2), (2, 2)])
        #expect(Self.isNear(histogram.quantile(0), -4))
        #expect(Self.isNear(histogram.quantile(1.0 / 6), -(8.0.squareRoot())))
        #expect(Self.isNear(histogram.quantile(2.0 / 3), -1))
        #expect(Self.isNear(histogram.quantile(1), 2))
    }

    @Test func theBucketOfZeroIsOnTheSideOfTheOthers() {
        #expect(Self.native(zero: 2).quantile(0.5) == 0)
        #expect(Self.native(zero: 2, positive: [(1, 2)]).quantile(0.25) == 0.125)
        #expect(Self.native(zero: 2, negative: [(1, 2)]).quantile(0.75) == -0.125)
        #expect(Self.native(zero: 2, positive: [(1, 1)], negative: [(1, 1)]).quantile(0.5) == 0)
    }

    @Test func theLastBucketsReachTheLargestNumberAndInfinity() {
        #expect(Self.native(positive: [(1024, 1)]).quantile(1) == .greatestFiniteMagnitude)
        #expect(Self.native(positive: [(1025, 1)]).quantile(1) == .infinity)
        #expect(Self.native(schema: 8, positive: [(262_145, 1)]).quantile(1) == .infinity)
    }

    @Test func observationsThatAreNoNumbersLieAboveAllBuckets() {
        #expect(Self.native(positive: [(1, 2)], notNumbers: 2).quantile(0.9) == 2)
    }

    @Test(arguments: [(3, 1, 1.0905077326652577), (-1, 1, 4), (-4, 1, 65536), (8, 256, 2)])
    func boundsFollowTheSchema(schema: Int, index: Int, bound: Double) {
        #expect(Self.isNear(Self.native(schema: schema, positive: [(index, 1)]).quantile(1), bound))
    }

    @Test(arguments: [0.1, 0.5, 0.9, 0.99])
    func whatAnInstrumentKeptIsEstimatedAsFinelyAsItsBucketsAre(quantile: Double) throws {
        let registry = Registry()
        let wait = Histogram(
            "wait", unit: .seconds, help: "Wait.", buckets: .none, native: .standard, registry: registry)
        for hundredths in 1...1000 { wait.observe(Double(hundredths) / 100) }
        let estimate = try #require(registry.histogram(of: "wait_seconds")?.quantile(quantile))
        #expect(abs(estimate / (quantile * 10) - 1) < 0.1)
    }
}

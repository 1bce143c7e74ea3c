import Testing
import Vernier
import VernierInstrumentation

/// Bounds that conventions name, and those that thresholds are asked at.
@Suite struct BucketsTests {
    @Test func `durations of HTTP, databases and calls have the bounds of the conventions`() {
        #expect(
            Buckets.httpDurations.bounds == [
                0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10,
            ])
        #expect(Buckets.databaseDurations.bounds == [0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5, 10])
        #expect(
            Buckets.rpcDurations.bounds == [
                0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10,
            ])
    }

    @Test func `thresholds are bounds`() {
        #expect(Buckets.hookDurations.bounds.contains(5))
        #expect(Buckets.searchDurations.bounds.contains(2))
        #expect(Buckets.predictionDurations.bounds.contains(0.5))
        #expect(Buckets.queryDurations.bounds.first ?? 1 < 0.001)
    }
}

import Testing

@testable import Vernier

@Suite struct HistogramBoundsTests {
    @Test func `labels show bounds in the canonical way, +Inf last`() {
        let bounds = HistogramBounds([-2.5, 0, 0.00001, 0.1, 1, 100_000, 1e6])
        let starts = [0] + bounds.labelEnds
        let labels = zip(starts, bounds.labelEnds).map { text(Array(bounds.labelText[$0..<$1])) }
        #expect(
            labels == [
                "le=\"-2.5\"", "le=\"0.0\"", "le=\"1e-05\"", "le=\"0.1\"", "le=\"1.0\"", "le=\"100000.0\"",
                "le=\"1e+06\"", "le=\"+Inf\"",
            ])
        #expect(labels.count == bounds.bucketCount)
    }
}

import Testing
import Vernier

@testable import VernierTesting

@Suite struct SampleIDTests {
    @Test func samplesStandByNameLabelsAndRank() {
        let a = [LabelPair("a", "b")]
        let sorted = [
            SampleID("x", []), SampleID("x", [], .label("le", 2)), SampleID("x", [], .label("le", 10)),
            SampleID("x", [], .label("le", .infinity)), SampleID("x", [], .label("le", .nan)), SampleID("x", a),
            SampleID("x", a, .label("quantile", 0.5)), SampleID("x", a + [LabelPair("b", "")]),
            SampleID("x", [LabelPair("a", "c")]), SampleID("y", []),
        ]
        for (index, one) in sorted.enumerated() {
            for (place, other) in sorted.enumerated() {
                #expect((one < other) == (index < place), "\(one.description) and \(other.description)")
                #expect((one == other) == (index == place))
            }
        }
    }

    @Test func theOrderOfLabelsDoesNotMatter() {
        let (a, b) = (LabelPair("a", "1"), LabelPair("b", "2"))
        #expect(SampleID("x", [a, b]) == SampleID("x", [b, a]))
        #expect(SampleID("x", [a, b]).hashValue == SampleID("x", [b, a]).hashValue)
        #expect(SampleID("x", [b, a], .label("le", 1)).description == #"x{a="1",b="2",le="1.0"}"#)
    }

    @Test func aBucketWithAnyIndexHasARange() {
        for index in [Int.min, -5000, 5000, Int.max] {
            for schema in [Int.min, -4, 8, Int.max] {
                let bucket = NativeHistogramPoint.Bucket(index: index, count: 1)
                let point = NativeHistogramPoint(
                    schema: schema, zeroThreshold: 0, positive: [bucket], negative: [bucket])
                #expect(point.ranges.count == 2)
            }
        }
    }
}

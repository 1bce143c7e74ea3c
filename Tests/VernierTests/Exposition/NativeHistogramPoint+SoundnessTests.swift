import Testing

@testable import Vernier

@Suite struct NativeHistogramPointSoundnessTests {
    private static let point = NativeHistogramPoint(
        schema: 3, zeroThreshold: 0.001, zeroCount: 1,
        positive: [.init(index: -2, count: 2), .init(index: 4, count: 1)],
        negative: [.init(index: 0, count: 1)])

    @Test func `buckets that add up to the count are sound`() {
        #expect(Self.point.isSound(count: 5, sum: 1))
        #expect(Self.point.isSound(count: 5, sum: nil))
    }

    @Test func `buckets may be short of the count by what was not a number`() {
        #expect(Self.point.isSound(count: 7, sum: .nan))
        #expect(!Self.point.isSound(count: 7, sum: 1))
        #expect(!Self.point.isSound(count: 7, sum: nil))
        #expect(!Self.point.isSound(count: 4, sum: .nan))
    }

    @Test func `counts that overflow are not sound`() {
        var point = Self.point
        point.zeroCount = .max
        point.negative[0].count = .max
        #expect(!point.isSound(count: 5, sum: 1))
        #expect(!point.isSound(count: .max, sum: .nan))
    }

    @Test(arguments: [-53, -5, 9, .max, .min])
    func `a schema that servers do not know is not sound`(schema: Int) {
        var point = Self.point
        point.schema = schema
        #expect(!point.isSound(count: 5, sum: 1))
    }

    @Test(arguments: [-4, 0, 8])
    func `a schema from -4 to 8 is sound`(schema: Int) {
        var point = Self.point
        point.schema = schema
        #expect(point.isSound(count: 5, sum: 1))
    }

    @Test(arguments: [-0.1, .nan, .infinity])
    func `a zero bucket has a width`(threshold: Double) {
        var point = Self.point
        point.zeroThreshold = threshold
        #expect(!point.isSound(count: 5, sum: 1))
    }

    @Test(arguments: [[4, 4], [4, 3], [Int.min, 3], [3, Int.max], [3, 300_001]])
    func `indices rise within what a number has`(indices: [Int]) {
        var point = Self.point
        point.positive = [.init(index: indices[0], count: 2), .init(index: indices[1], count: 1)]
        #expect(!point.isSound(count: 5, sum: 1))
        (point.negative, point.positive) = (point.positive, Self.point.negative)
        #expect(!point.isSound(count: 5, sum: 1))
    }
}

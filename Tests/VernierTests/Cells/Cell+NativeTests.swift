import Testing

@testable import Vernier

@Suite struct CellNativeTests {
    private typealias Bucket = NativeHistogramPoint.Bucket

    private static func point(_ registry: Registry, _ name: String = "sizes") -> HistogramPoint? {
        registry.histogram(name)
    }

    @Test func `an observation counts in its native bucket and in the classic one`() throws {
        let registry = Registry()
        let histogram = Histogram("sizes", help: "S.", buckets: [1, 2], native: .standard, registry: registry)
        for value in [0, 1, 1.5, 1.5, -3, 1e-40] { histogram.observe(value) }
        let point = try #require(registry.histogram("sizes"))
        #expect(point.counts == [4, 2, 0].reduce(into: []) { $0.append(($0.last ?? 0) + $1) })
        #expect(point.sum == 1e-40 + 1)
        let native = try #require(point.native)
        #expect(native.schema == 3)
        #expect(native.zeroThreshold == 0x1p-128)
        #expect(native.zeroCount == 2)
        #expect(native.positive == [Bucket(index: 0, count: 1), Bucket(index: 5, count: 2)])
        #expect(native.negative == [Bucket(index: 13, count: 1)])
    }
}

import Testing

@testable import Vernier

@Suite struct NativeHistogramPointSpansTests {
    private typealias Span = NativeHistogramPoint.Span

    private static func encoded(_ buckets: KeyValuePairs<Int, UInt64>) -> (spans: [Span], deltas: [Int64]) {
        NativeHistogramPoint.spans(of: buckets.map { NativeHistogramPoint.Bucket(index: $0, count: $1) })
    }

    @Test func `no buckets are no spans`() {
        let (spans, deltas) = Self.encoded([:])
        #expect(spans.isEmpty)
        #expect(deltas.isEmpty)
    }

    @Test func `buckets side by side are one span that starts at the first index`() {
        let (spans, deltas) = Self.encoded([-2: 3, -1: 5, 0: 5])
        #expect(spans == [Span(offset: -2, length: 3)])
        #expect(deltas == [3, 2, 0])
    }

    @Test func `gaps of up to two buckets are filled with empty ones`() {
        let (spans, deltas) = Self.encoded([1: 4, 3: 1, 6: 2])
        #expect(spans == [Span(offset: 1, length: 6)])
        #expect(deltas == [4, -4, 1, -1, 0, 2])
    }

    @Test func `a wider gap starts a span whose offset is the gap`() {
        let (spans, deltas) = Self.encoded([-2: 3, -1: 5, 3: 1, 9: 7])
        #expect(spans == [Span(offset: -2, length: 2), Span(offset: 3, length: 1), Span(offset: 5, length: 1)])
        #expect(deltas == [3, 2, -4, 6])
    }

    @Test func `counts of any size and indexes that do not rise end in some spans`() {
        let (spans, deltas) = Self.encoded([5: .max, 4: 0])
        #expect(spans == [Span(offset: 5, length: 2)])
        #expect(deltas == [-1, 1])
    }
}

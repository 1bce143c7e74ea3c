/// How native buckets go over the wire: runs of neighbouring buckets, and the change of the count from each bucket to the next.
extension NativeHistogramPoint {
    /// A run of buckets.
    package struct Span: Sendable, Hashable {
        /// The index of the first bucket in the first span; later, how many buckets lie between this span and the one before.
        package var offset: Int32
        /// How many buckets it has.
        package var length: UInt32

        package init(offset: Int32, length: UInt32) {
            self.offset = offset
            self.length = length
        }
    }

    /// The widest gap that is filled with empty buckets, as that takes less room than another span.
    private static var bridged: Int { 2 }

    /// The spans of buckets by rising index, and for each bucket in them its count less that of the bucket before
    /// (Prometheus, "Native Histograms", section "Integer histograms").
    ///
    /// - Complexity: linear; a gap adds at most two buckets.
    package static func spans(of buckets: [Bucket]) -> (spans: [Span], deltas: [Int64]) {
        var spans: [Span] = []
        var deltas: [Int64] = []
        var (last, next): (UInt64, Int) = (0, 0)
        func append(_ count: UInt64) {
            deltas.append(Int64(bitPattern: count &- last))
            last = count
        }
        for bucket in buckets {
            let gap = bucket.index &- next
            if spans.isEmpty || gap > bridged {
                spans.append(Span(offset: Int32(truncatingIfNeeded: gap), length: 1))
            } else {
                let empty = max(0, gap)
                for _ in 0..<empty { append(0) }
                spans[spans.count - 1].length &+= UInt32(empty) &+ 1
            }
            append(bucket.count)
            next = bucket.index &+ 1
        }
        return (spans, deltas)
    }
}

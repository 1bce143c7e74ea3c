/// The upper bounds of a histogram's buckets, laid out for the search that every observation makes.
///
/// The search compares eight bounds at once and counts those below the value: no branch depends on the value, so that it costs the
/// same for every distribution.
@usableFromInline
package final class HistogramBounds: Sendable {
    /// The bounds in rising order, without `+Inf`.
    @usableFromInline package let values: [Double]
    /// `values` in eights, the last one filled with infinity.
    @usableFromInline let blocks: [SIMD8<Double>]
    /// The same in nanoseconds, for durations.
    @usableFromInline let nanosecondBlocks: [SIMD8<Double>]
    /// The end of each bucket's labels with the bound as all formats show it, such as `le="0.5"} `; `+Inf` included.
    let labels: [[UInt8]]

    /// Takes bounds that are finite and rising.
    init(_ values: [Double]) {
        self.values = values
        blocks = Self.blocks(values)
        nanosecondBlocks = Self.blocks(values.map { ($0 * 1e9).rounded() })
        labels = (values + [.infinity]).map { bound in
            var text = PageBuffer()
            text.append("le=\"")
            text.append(canonicalBound: bound)
            text.append("\"} ")
            return text.array
        }
    }

    private static func blocks(_ values: [Double]) -> [SIMD8<Double>] {
        stride(from: 0, to: values.count, by: 8).map { start in
            var block = SIMD8<Double>(repeating: .infinity)
            for lane in 0..<min(8, values.count - start) { block[lane] = values[start + lane] }
            return block
        }
    }

    /// How many buckets there are, `+Inf` included.
    var bucketCount: Int { values.count + 1 }

    /// The bucket of a value: the first whose bound is not below it, and the last one for NaN.
    @inlinable
    @inline(__always)
    func bucket(of value: Double) -> Int {
        min(Self.search(blocks, value), values.count)
    }

    /// The bucket of a duration.
    @inlinable
    @inline(__always)
    func bucket(ofNanoseconds value: UInt64) -> Int {
        min(Self.search(nanosecondBlocks, Double(value)), values.count)
    }

    @inlinable
    @inline(__always)
    static func search(_ blocks: [SIMD8<Double>], _ value: Double) -> Int {
        let needle = SIMD8<Double>(repeating: value)
        var below = SIMD8<Int64>(repeating: 0)
        for block in blocks {
            // A lane is -1 where the bound is not at least the value, which NaN makes true for all.
            below &+= SIMD8<Int64>(repeating: -1).replacing(with: SIMD8<Int64>(repeating: 0), where: block .>= needle)
        }
        return Int(truncatingIfNeeded: 0 &- below.wrappedSum())
    }
}

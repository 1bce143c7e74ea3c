/// The upper bounds of a histogram's buckets as a page shows them.
package final class HistogramBounds: Sendable {
    /// The bounds in rising order, without `+Inf`.
    package let values: [Double]
    /// The label of each bucket with the bound as all formats show it, such as `le="0.5"`, one behind the other; `+Inf` included.
    let labelText: [UInt8]
    /// Where in `labelText` each one ends.
    let labelEnds: [Int]

    /// Takes bounds that are finite and rising.
    init(_ values: [Double]) {
        self.values = values
        var text = PageBuffer(minimumCapacity: 64)
        labelEnds = (values + [.infinity]).map { bound in
            text.append("le=\"")
            text.append(canonicalBound: bound)
            text.append("\"")
            return text.count
        }
        labelText = text.array
    }

    /// How many buckets there are, `+Inf` included.
    var bucketCount: Int { values.count + 1 }
}

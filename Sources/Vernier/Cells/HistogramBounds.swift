/// The upper bounds of a histogram's buckets as a page shows them.
package final class HistogramBounds: Sendable {
    /// The bounds in rising order, without `+Inf`.
    package let values: [Double]
    /// The end of each bucket's labels with the bound as all formats show it, such as `le="0.5"} `; `+Inf` included.
    let labels: [[UInt8]]

    /// Takes bounds that are finite and rising.
    init(_ values: [Double]) {
        self.values = values
        labels = (values + [.infinity]).map { bound in
            var text = PageBuffer(minimumCapacity: 64)
            text.append("le=\"")
            text.append(canonicalBound: bound)
            text.append("\"} ")
            return text.array
        }
    }

    /// How many buckets there are, `+Inf` included.
    var bucketCount: Int { values.count + 1 }
}

extension Histogram {
    /// Whether its series is still that of its labels: false from when it was removed.
    ///
    /// - Complexity: one load.
    @inlinable
    @inline(__always)
    package var isLive: Bool { cell.isLive }
}

extension MetricFamily where Member == Histogram {
    /// Whether a histogram has a series of its own: not that which stands for all beyond the limit.
    ///
    /// - Complexity: takes the family's lock.
    package func isOwnSeries(_ histogram: Histogram) -> Bool {
        !store.isOverflow(histogram.cell.place)
    }
}

/// Gauges: one word, in one stripe, with the bits of a `Double`.
extension Cell {
    /// Sets the value.
    @inlinable
    @inline(__always)
    func set(_ value: Double) {
        guard isCurrent else { return }
        words.storeRelaxed(0, value.bitPattern)
    }

    /// Adds to the value.
    @inlinable
    @inline(__always)
    func addToValue(_ amount: Double) {
        guard isCurrent else { return }
        words.addReleasing(0, double: amount)
    }

    /// Reads the value.
    @inlinable
    func value() -> Double {
        Double(bitPattern: words.loadRelaxed(0))
    }
}

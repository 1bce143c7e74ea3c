/// Counters and up-down counters: a word for integer amounts and one for floating ones in each stripe.
extension Cell {
    /// Adds an integer amount, wrapping.
    @inlinable
    @inline(__always)
    func add(_ amount: UInt64) {
        guard isCurrent else { return }
        stripe.addRelaxed(0, amount)
    }

    /// Adds a floating amount.
    @inlinable
    @inline(__always)
    func add(double amount: Double) {
        guard isCurrent else { return }
        stripe.addReleasing(1, double: amount)
    }

    /// The sums over all stripes.
    ///
    /// Each word only moves as its writers move it, so the sum of a counter never falls from one reading to the next.
    func sums() -> (integer: UInt64, floating: Double) {
        var integer: UInt64 = 0
        var floating = 0.0
        for index in 0..<stripeCount {
            let words = stripe(at: index)
            integer &+= words.loadRelaxed(0)
            floating += Double(bitPattern: words.loadRelaxed(1))
        }
        return (integer, floating)
    }

    /// Sets the sums back to zero; every addition is either before or after.
    func resetSums() {
        for index in 0..<stripeCount {
            let words = stripe(at: index)
            _ = words.exchangeRelaxed(0, 0)
            _ = words.exchangeRelaxed(1, 0)
        }
    }
}

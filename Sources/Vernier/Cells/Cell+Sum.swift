/// Counters and up-down counters: a word for integer amounts and one for floating ones in each stripe.
extension Cell {
    /// Adds an integer amount, wrapping.
    @inlinable
    @inline(__always)
    func add(_ amount: UInt64) {
        guard isCurrent else { return addIfMarked(amount) }
        addPlainly(amount)
    }

    /// Adds an integer amount, whatever series this is.
    @inlinable
    @inline(__always)
    func addPlainly(_ amount: UInt64) {
        stripe.addRelaxed(0, amount)
    }

    /// Adds a floating amount.
    @inlinable
    @inline(__always)
    func add(double amount: Double) {
        guard isCurrent else { return addIfMarked(double: amount) }
        addPlainly(double: amount)
    }

    /// Adds a floating amount, whatever series this is.
    @inlinable
    @inline(__always)
    func addPlainly(double amount: Double) {
        stripe.addReleasing(1, double: amount)
    }

    /// The sums over all stripes.
    ///
    /// Each word only moves as its writers move it, so the sum of a counter never falls from one reading to the next.
    @inline(__always)
    func sums() -> (integer: UInt64, floating: Double) {
        var integer: UInt64 = 0
        var floatingBits: UInt64 = 0
        var words = words
        for _ in 0..<stripeCount {
            integer &+= words.loadRelaxed(0)
            floatingBits |= words.loadRelaxed(1)
            words = words.advanced(by: place.stripeStride)
        }
        // Most counters never saw a floating amount.
        return (integer, floatingBits == 0 ? 0 : floatingSum())
    }

    @inline(never)
    private func floatingSum() -> Double {
        (0..<stripeCount).reduce(0) { $0 + Double(bitPattern: stripe(at: $1).loadRelaxed(1)) }
    }

    /// The sums of a counter that goes up and down (see Cell+Settled.swift).
    func balance() -> (integer: UInt64, floating: Double) {
        Self.settled {
            var sums: (integer: UInt64, floating: Double) = (0, 0)
            var mark: UInt64 = 0
            for index in 0..<stripeCount {
                let words = stripe(at: index)
                let (integer, floating) = (words.loadAcquiring(0), words.loadAcquiring(1))
                sums.integer &+= integer
                sums.floating += Double(bitPattern: floating)
                Self.note(integer, in: &mark)
                Self.note(floating, in: &mark)
            }
            return (sums, mark)
        }
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

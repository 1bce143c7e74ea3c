/// Gauges: a number that is set and added to, in one word as long as threads do not meet there.
///
/// A gauge starts with its word alone: setting stores, adding is one compare-exchange. The first addition that finds another thread
/// in its way turns the family to *shares*, for good. From then on a thread adds to the share in its own stripe, and the value is the
/// word and all shares together.
///
/// Setting must make the shares of before count no more, at once and without visiting them. So beside the value stands an *epoch*,
/// which setting raises in the same operation, and beside a share the epoch that it belongs to: a share of another epoch is nothing.
/// Both pairs are changed by compare-exchanges of two words.
extension Cell {
    /// Sets the value.
    @inlinable
    @inline(__always)
    func set(_ value: Double) {
        guard isCurrent else { return }
        if shared.hasShares { return replaceValue(value) }
        words.storeRelaxed(GaugeWords.value, value.bitPattern)
    }

    /// Sets the number of a state, to which nothing is ever added.
    func setState(_ number: Double) {
        guard isCurrent else { return }
        words.storeRelaxed(GaugeWords.value, number.bitPattern)
    }

    /// Adds to the value.
    @inlinable
    @inline(__always)
    func addToValue(_ amount: Double) {
        guard isCurrent else { return }
        if shared.hasShares { return addToShare(amount) }
        let seen = words.loadRelaxed(GaugeWords.value)
        let sum = (Double(bitPattern: seen) + amount).bitPattern
        if !words.replaceReleasing(GaugeWords.value, expected: seen, with: sum) { addAmongOthers(amount) }
    }

    /// Adds to a value that another thread is changing.
    @usableFromInline
    @inline(never)
    func addAmongOthers(_ amount: Double) {
        shared.startShares()
        addToShare(amount)
    }

    /// Adds to the share of the calling thread's stripe.
    @inlinable
    @inline(__always)
    func addToShare(_ amount: Double) {
        let share = stripe.advanced(by: place.stripeStride)
        while true {
            let epoch = words.loadAcquiring(GaugeWords.epoch)
            let seen = (share.loadRelaxed(GaugeWords.value), share.loadAcquiring(GaugeWords.epoch))
            // A share may be ahead where the gauge was set just now: then the epoch is read again.
            if seen.1 > epoch { continue }
            let sum = seen.1 == epoch ? Double(bitPattern: seen.0) + amount : amount
            if share.replacePair(GaugeWords.value, expected: seen, with: (sum.bitPattern, epoch)) { return }
        }
    }

    /// Sets a value that has shares: a new epoch begins.
    @usableFromInline
    @inline(never)
    func replaceValue(_ value: Double) {
        while true {
            let seen = (words.loadRelaxed(GaugeWords.value), words.loadRelaxed(GaugeWords.epoch))
            if words.replacePair(GaugeWords.value, expected: seen, with: (value.bitPattern, seen.1 &+ 1)) { return }
        }
    }

    /// Reads the value.
    func value() -> Double {
        guard shared.hasShares else { return Double(bitPattern: words.loadRelaxed(GaugeWords.value)) }
        return Self.settled(valueOfPass)
    }

    /// Reads the value and all shares once.
    private func valueOfPass() -> (value: Double, mark: UInt64?) {
        let epoch = words.loadAcquiring(GaugeWords.epoch)
        let bits = words.loadAcquiring(GaugeWords.value)
        var (value, mark) = (Double(bitPattern: bits), epoch)
        Self.note(bits, in: &mark)
        for index in 1...stripeCount {
            let share = stripe(at: index)
            // Read between two equal epochs, an amount is of that epoch: epochs only rise.
            let isCurrent = share.loadAcquiring(GaugeWords.epoch) == epoch
            var amount = isCurrent ? share.loadAcquiring(GaugeWords.value) : 0
            if amount != 0, share.loadAcquiring(GaugeWords.epoch) != epoch { amount = 0 }
            // Zero is left out as it would turn -0 to 0.
            if amount != 0 { value += Double(bitPattern: amount) }
            Self.note(amount, in: &mark)
        }
        // Set meanwhile: right after that, which was during this call, it was what it was set to.
        guard words.loadAcquiring(GaugeWords.epoch) == epoch else {
            return (Double(bitPattern: words.loadRelaxed(GaugeWords.value)), nil)
        }
        return (value, mark)
    }

    /// Sets the value back to zero, whatever series this is.
    func resetValue() {
        if shared.hasShares { replaceValue(0) } else { words.storeRelaxed(GaugeWords.value, 0) }
    }
}

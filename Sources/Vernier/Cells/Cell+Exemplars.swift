/// Exemplars of a counter and of the buckets of a histogram.
///
/// Each has a word with the address of its exemplar, and one with the time from which it may be replaced (see ``ExemplarWords``).
/// Nobody waits: an update exchanges its exemplar in and lets go of the one that it got out. A scrape, which has the lock of the store,
/// exchanges nothing in, reads what it got, and puts it back unless an update has put a newer one there.
extension Cell {
    /// Keeps an exemplar that an update names, if it may be replaced now.
    ///
    /// - Parameters:
    ///   - index: of the exemplar in the cell: the number of the bucket, 0 for a counter.
    ///   - value: the amount, or what was observed.
    ///   - now: the time on the coarse clock.
    ///   - labels: not called when the exemplar may not be replaced yet.
    func keepExemplar(
        at index: Int, value: Double, now: @autoclosure () -> UInt64 = CoarseClock.nanoseconds(),
        _ labels: () -> ExemplarLabels?
    ) {
        guard let interval = shared.exemplarInterval, interval > 0 else {
            if let labels = labels() { keepExemplar(at: index, value: value, labels) }
            return
        }
        let now = now()
        let due = place.dueWords.loadRelaxed(ExemplarWords.firstDue + index)
        // An update without an exemplar, or with a wrong one, takes no turn from others.
        guard now >= due, let labels = labels(), accept(labels, value),
            takeTurn(at: index, due: due, next: now &+ interval)
        else { return }
        putExemplar(at: index, value: value, labels)
    }

    /// Asks the provider for an exemplar, if it is time to: what an update does by itself where sampling is automatic.
    @inline(__always)
    func sampleExemplar(
        at index: @autoclosure () -> Int, value: @autoclosure () -> Double,
        now: @autoclosure () -> UInt64 = CoarseClock.nanoseconds()
    ) {
        guard ExemplarProvider.mayBeSet, let interval = shared.exemplarInterval else { return }
        let index = index()
        guard interval > 0 else {
            sampleExemplarNow(at: index, value: value())
            return
        }
        let now = now()
        let due = place.dueWords.loadRelaxed(ExemplarWords.firstDue + index)
        guard now >= due, takeTurn(at: index, due: due, next: now &+ interval) else { return }
        if sampleExemplarNow(at: index, value: value()) { return }
        // Most updates may have nothing to refer to, as where one trace in a hundred is kept. They are asked more often, so that the one that has
        // is not missed for as many intervals.
        _ = takeTurn(at: index, due: now &+ interval, next: now &+ interval / Self.turnsWithout)
    }

    /// How many updates are asked in an interval as long as none has an exemplar.
    private static var turnsWithout: UInt64 { 16 }

    /// - Returns: whether there was something to refer to.
    @inline(never)
    @discardableResult
    private func sampleExemplarNow(at index: Int, value: Double) -> Bool {
        guard let labels = ExemplarProvider.current?() else { return false }
        keepExemplar(at: index, value: value, labels)
        return true
    }

    /// Takes the turn of an interval; one of several threads gets it.
    private func takeTurn(at index: Int, due: UInt64, next: UInt64) -> Bool {
        place.dueWords.replaceReleasing(ExemplarWords.firstDue + index, expected: due, with: next)
    }

    /// Keeps an exemplar if it is allowed.
    private func keepExemplar(at index: Int, value: Double, _ labels: ExemplarLabels) {
        if accept(labels, value) { putExemplar(at: index, value: value, labels) }
    }

    /// Whether a page may show an exemplar; one that it may not show is counted.
    private func accept(_ labels: ExemplarLabels, _ value: Double) -> Bool {
        let isAllowed = !value.isNaN && labels.areAllowed
        if !isAllowed { shared.countRejectedExemplar() }
        return isAllowed
    }

    private func putExemplar(at index: Int, value: Double, _ labels: ExemplarLabels) {
        shared.noteExemplars()
        let box = ExemplarBox(Exemplar(labels: labels.pairs, value: value, timestamp: CoarseClock.unixSeconds()))
        let word = ExemplarWords.first + index
        // Acquire and release: the box is complete for whoever takes it out, and so was the one that is let go of here.
        _ = ExemplarBox.owned(place.exemplarWords.exchangeAcquiringAndReleasing(word, box.retainedAddress()))
    }

    /// The exemplar that an observation's may replace.
    ///
    /// Where all observations are in one classic bucket their magnitudes and signs are spread over the exemplars that there are, so that
    /// different native buckets mostly have different ones.
    func exemplarIndex(of value: Double, bucket: Int) -> Int {
        guard shared.isNative, shared.bucketCount == 1 else { return bucket }
        // The sign, the exponent and three more bits: as fine as buckets of schema 3.
        let hash = (value.bitPattern >> 49) &* 0x9e37_79b9_7f4a_7c15
        return Int(truncatingIfNeeded: (hash >> 32) % UInt64(shared.exemplarCount))
    }

    // MARK: Reading

    /// Reads an exemplar; of two who do so at once, which the store's lock prevents, one may miss it.
    func exemplar(at index: Int) -> Exemplar? {
        let (words, word) = (place.exemplarWords, ExemplarWords.first + index)
        // Looking first leaves memory untouched that has no exemplar.
        guard words.loadRelaxed(word) != 0, let box = takeExemplar(at: index) else { return nil }
        let address = box.retainedAddress()
        // Releasing, as this too gives the box to whoever takes it out. A newer one stays.
        if !words.replaceReleasing(word, expected: 0, with: address) { _ = ExemplarBox.owned(address) }
        return box.exemplar
    }

    /// Reads all exemplars into an array that is used again and again; it is empty when there is none.
    func readExemplars(into exemplars: inout [Exemplar?]) {
        exemplars.removeAll(keepingCapacity: true)
        var hasOne = false
        for index in 0..<shared.exemplarCount {
            let exemplar = exemplar(at: index)
            hasOne = hasOne || exemplar != nil
            exemplars.append(exemplar)
        }
        if !hasOne { exemplars.removeAll(keepingCapacity: true) }
    }

    /// Lets go of the exemplars and lets new ones come at once.
    ///
    /// One that is being read at the same time may stay.
    func dropExemplars() {
        for index in 0..<shared.exemplarCount {
            if place.exemplarWords.loadRelaxed(ExemplarWords.first + index) != 0 { _ = takeExemplar(at: index) }
            let due = ExemplarWords.firstDue + index
            if place.dueWords.loadRelaxed(due) != 0 { place.dueWords.storeRelaxed(due, 0) }
        }
    }

    private func takeExemplar(at index: Int) -> ExemplarBox? {
        // Acquire and release, as in `putExemplar`.
        ExemplarBox.owned(place.exemplarWords.exchangeAcquiringAndReleasing(ExemplarWords.first + index, 0))
    }
}

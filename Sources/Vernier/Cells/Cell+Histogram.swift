/// Histograms whose writers never wait and whose readings are always of one set of observations.
///
/// In each stripe an observation takes a *ticket*, adds to a sum, and adds to a bucket, in this order. As many tickets as counts
/// in buckets means: every observation begun is finished. So a reading is right when the ticket is the same before and after it,
/// and equals the sum of the buckets it read.
///
/// Where writers are so busy that no such moment comes, the reader sets the top bit in the tickets of all busy stripes. Observations
/// that begin after that go to the store's *spare* cell, and the stripes fall quiet as soon as those under way are done. The reader
/// reads them, clears the bits, waits until the spare is quiet, and pours the spare into one of the stripes. Writers never notice:
/// they do the same three steps in either place. Readers of one store take turns under its lock.
///
/// The orderings: the ticket is taken with *acquire*, so no write of the observation moves before it. The sum and the bucket are
/// written with *release* and read with *acquire*: a reader that sees an observation's sum or bucket also sees its ticket when it
/// reads that again, and one that sees a bucket sees the sum that went before.
extension Cell {
    /// Observes a number.
    @inlinable
    @inline(__always)
    func observe(_ value: Double) {
        guard isCurrent else { return observeIfMarked(value) }
        observePlainly(value, bucket: shared.bucket(of: value))
    }

    /// Observes a number, whatever series this is.
    @inlinable
    @inline(__always)
    func observePlainly(_ value: Double, bucket: Int) {
        var target = stripe
        if target.addAcquiring(HistogramWords.ticket, 1) & HistogramWords.diverted != 0 { target = shared.spareCell }
        target.addReleasing(HistogramWords.sum, double: value)
        target.addReleasing(HistogramWords.firstBucket &+ bucket, 1)
    }

    /// Observes a duration.
    @inlinable
    @inline(__always)
    func observe(nanoseconds: UInt64) {
        guard isCurrent else { return observeIfMarked(nanoseconds: nanoseconds) }
        observePlainly(nanoseconds: nanoseconds, bucket: shared.bucket(ofNanoseconds: nanoseconds))
    }

    /// Observes a duration, whatever series this is.
    @inlinable
    @inline(__always)
    func observePlainly(nanoseconds: UInt64, bucket: Int) {
        var target = stripe
        if target.addAcquiring(HistogramWords.ticket, 1) & HistogramWords.diverted != 0 { target = shared.spareCell }
        target.addReleasing(HistogramWords.nanoseconds, nanoseconds)
        target.addReleasing(HistogramWords.firstBucket &+ bucket, 1)
    }

    /// Adds what all stripes hold to a reading, under the store's lock.
    ///
    /// - Returns: whether no observation under way had to be waited for.
    func read(into reading: inout HistogramReading) -> Bool {
        guard reading.native != nil else { return readStripes(into: &reading) }
        shared.awaitTurn()
        defer { shared.endTurn() }
        let isQuiet = readStripes(into: &reading)
        reading.native?.settle(NativeCell(self).state)
        return isQuiet
    }

    @inline(__always)
    private func readStripes(into reading: inout HistogramReading) -> Bool {
        let busy = (0..<stripeCount).filter { index in
            let words = stripe(at: index)
            return words.loadAcquiring(HistogramWords.ticket) != 0 && !reading.add(ifQuiet: words, of: self)
        }
        if busy.isEmpty { return true }
        divert(busy) { words, begun in
            reading.add(words, of: self)
            return begun
        }
        return false
    }

    /// Sets the histogram back to zero, under the store's lock; every observation is wholly before or after.
    func resetHistogram() {
        guard shared.isNative else { return resetStripes() }
        shared.awaitTurn()
        let native = NativeCell(self)
        native.noteRestart(0)
        native.reset(self)
        shared.endTurn()
    }

    /// Sets the words of all stripes back to zero.
    func resetStripes() {
        divert(Array(0..<stripeCount)) { words, begun in
            for word in HistogramWords.nanoseconds..<HistogramWords.firstBucket + shared.bucketCount {
                words.storeRelaxed(word, 0)
            }
            if shared.isNative { NativeCell(self).clear(words) }
            _ = words.addAcquiringAndReleasing(HistogramWords.ticket, 0 &- begun)
            return 0
        }
    }

    /// Leads the writers of some stripes to the spare cell while `body` has the words for itself, and then pours the spare out.
    ///
    /// All stripes are diverted before any is waited for: where threads lose their processors in the middle of observations, the
    /// waits for them are one. `body` is given the words of each stripe and how many observations they hold, and returns how many it
    /// leaves in them.
    private func divert(_ stripes: [Int], _ body: (_ words: CellMemory, _ begun: UInt64) -> UInt64) {
        let count = shared.bucketCount
        // Acquire and release: the spare, emptied before, is seen empty by those whom the bit leads there.
        let begun = stripes.map {
            stripe(at: $0).addAcquiringAndReleasing(HistogramWords.ticket, HistogramWords.diverted)
        }
        for (index, begun) in zip(stripes, begun) { stripe(at: index).waitForObservations(begun, buckets: count) }
        let kept = zip(stripes, begun).map { body(stripe(at: $0), $1) }
        var diverted: UInt64 = 0
        for (index, kept) in zip(stripes, kept) {
            let words = stripe(at: index)
            let seen = words.addAcquiringAndReleasing(HistogramWords.ticket, HistogramWords.diverted)
            let led = seen &- HistogramWords.diverted &- kept
            // Their tickets go where their buckets will be.
            _ = words.addAcquiringAndReleasing(HistogramWords.ticket, 0 &- led)
            diverted &+= led
        }
        shared.spareCell.waitForObservations(diverted, buckets: count)
        guard diverted > 0, let first = stripes.first else { return }
        _ = stripe(at: first).addAcquiringAndReleasing(HistogramWords.ticket, diverted)
        if shared.isNative { NativeCell(self).pour(into: stripe(at: first)) }
        shared.spareCell.pour(into: stripe(at: first), buckets: count)
    }
}

extension CellMemory {
    /// How many observations have finished.
    fileprivate func bucketTotal(_ count: Int) -> UInt64 {
        (0..<count).reduce(0) { $0 &+ loadAcquiring(HistogramWords.firstBucket + $1) }
    }

    /// Waits until as many observations have finished as were begun: they are between two instructions, or their thread is preempted.
    fileprivate func waitForObservations(_ begun: UInt64, buckets: Int) {
        var turns = 0
        while bucketTotal(buckets) != begun {
            turns += 1
            if turns > 64 { Platform.yieldThread() }
        }
    }

    /// Moves a quiet spare's observations, whose tickets the words have counted already.
    fileprivate func pour(into words: CellMemory, buckets: Int) {
        words.addReleasing(HistogramWords.nanoseconds, exchangeRelaxed(HistogramWords.nanoseconds, 0))
        words.addReleasing(
            HistogramWords.sum, double: Double(bitPattern: exchangeRelaxed(HistogramWords.sum, 0)))
        for bucket in HistogramWords.firstBucket..<HistogramWords.firstBucket + buckets {
            words.addReleasing(bucket, exchangeRelaxed(bucket, 0))
        }
    }
}

/// The counts and sums of a histogram over all its stripes.
struct HistogramReading {
    /// The count of each bucket, not cumulative.
    var buckets: [UInt64]
    var nanoseconds: UInt64 = 0
    var sum = 0.0
    /// The native buckets, of histograms that have them.
    var native: NativeReading?
    private var candidate: [UInt64]

    init(buckets count: Int, isNative: Bool = false) {
        if isNative { native = NativeReading() }
        buckets = Array(repeating: 0, count: count)
        candidate = buckets
    }

    /// Forgets what was read, to be used for the next series.
    mutating func clear() {
        for index in buckets.indices { buckets[index] = 0 }
        nanoseconds = 0
        sum = 0
        native?.clear()
    }

    /// Adds the words if no observation is under way; otherwise leaves the reading as it is.
    fileprivate mutating func add(ifQuiet words: CellMemory, of cell: Cell) -> Bool {
        let ticket = words.loadAcquiring(HistogramWords.ticket)
        var total: UInt64 = 0
        for index in candidate.indices {
            candidate[index] = words.loadAcquiring(HistogramWords.firstBucket + index)
            total &+= candidate[index]
        }
        guard total == ticket else { return false }
        let nanoseconds = words.loadAcquiring(HistogramWords.nanoseconds)
        let sum = words.loadAcquiring(HistogramWords.sum)
        let mark = native?.mark
        native?.add(words, NativeCell(cell))
        guard words.loadAcquiring(HistogramWords.ticket) == ticket else {
            if let mark { native?.forget(after: mark) }
            return false
        }
        for index in buckets.indices { buckets[index] &+= candidate[index] }
        self.nanoseconds &+= nanoseconds
        self.sum += Double(bitPattern: sum)
        return true
    }

    /// Adds words that nobody writes to.
    fileprivate mutating func add(_ words: CellMemory, of cell: Cell) {
        for index in buckets.indices {
            buckets[index] &+= words.loadAcquiring(HistogramWords.firstBucket + index)
        }
        nanoseconds &+= words.loadAcquiring(HistogramWords.nanoseconds)
        sum += Double(bitPattern: words.loadAcquiring(HistogramWords.sum))
        native?.add(words, NativeCell(cell))
    }

    /// The sum of all observations.
    var total: Amount {
        Amount(nanoseconds: nanoseconds, floating: sum)
    }
}

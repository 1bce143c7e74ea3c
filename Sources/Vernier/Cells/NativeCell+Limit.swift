#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// What is done about too many native buckets (Prometheus, "Native Histograms", "Limiting the bucket count"): the histogram starts again
/// if it is old enough for that; otherwise the zero bucket takes in the bucket next to it, if it may grow that far; otherwise
/// all buckets become twice as wide. One of these an observation, until it is enough.
///
/// Widening and halving change one pair of words, by compare-exchange, and move no count: pages stay as they are, and readers add up what is
/// one bucket now (``NativeReading``).
extension NativeCell {
    /// Does one thing about too many buckets, if there are; returns whether that is to start again, which has to wait for the end of the
    /// observation.
    ///
    /// The observation that calls this has its ticket and not yet its bucket, and was not diverted: so nobody takes the pages away
    /// that are read here.
    @inline(never)
    func limitBuckets() -> Bool {
        let state = self.state
        // Acquiring: what was counted before is in the pages.
        let used = state.loadAcquiring(NativeWords.used)
        let isDue = isDueToStartAgain
        // Nothing could be done about these buckets, and no other one came.
        if !isDue, state.loadRelaxed(NativeWords.stuck) == used { return false }
        let resolution = NativeResolution(word: state.loadAcquiring(NativeWords.resolution))
        let threshold = state.loadAcquiring(NativeWords.threshold)
        if resolution.isResetting { return false }
        let (count, lowest) = usedBuckets(resolution)
        if count <= shared.nativeLimit {
            // It was counted in several stripes, or before the last halving. Raised meanwhile, it stays, and is looked at again.
            _ = state.replaceReleasing(
                NativeWords.used, expected: used, with: used & ~NativeWords.usedMask | count)
            return false
        }
        if isDue { return true }
        var next = (resolution: resolution, threshold: threshold)
        let wider = lowest.map {
            ($0 << resolution.halvings, NativeIndex.upperBound(ofFinest: $0 << resolution.halvings))
        }
        if let (index, bound) = wider, Double(bitPattern: threshold) < shared.maximumZeroThreshold,
            bound <= shared.maximumZeroThreshold
        {
            next.resolution.zeroIndex = index
            next.threshold = bound.bitPattern
        } else if resolution.schema > NativeIndex.coarsest {
            next.resolution.halvings += 1
        } else {
            state.storeRelaxed(NativeWords.stuck, used)
            return false
        }
        // Where it fails, another thread has done something, or the histogram is being set back.
        let isDone = state.replacePair(
            NativeWords.resolution, expected: (resolution.word, threshold),
            with: (next.resolution.word, next.threshold))
        if isDone, next.threshold != threshold { setEdge() }
        return false
    }

    /// How many buckets there are in all stripes together, and the index of the one nearest to zero.
    private func usedBuckets(_ resolution: NativeResolution) -> (count: UInt64, lowest: Int?) {
        var reading = NativeReading()
        for index in 0...Int(stripeMask) { reading.add(stripe(at: index), self) }
        let (_, positive, negative) = reading.merged(resolution)
        let lowest = [positive.first, negative.first].compactMap { $0?.index }.min()
        return (UInt64(positive.count + negative.count), lowest)
    }

    /// Whether the histogram is so old that it starts again rather than become coarser.
    private var isDueToStartAgain: Bool {
        let interval = shared.nativeResetInterval
        // Relaxed: a time on which no memory depends.
        return interval != 0 && NativeClock.nanoseconds() &- state.loadRelaxed(NativeWords.begun) >= interval
    }

    /// Sets a histogram back to zero that has too many buckets, and returns whether it did.
    ///
    /// It does not while somebody else reads or sets one of the family back; then the next observation asks again. This is the one
    /// observation that waits, for those of other threads that are between two instructions: once in the interval that the family was
    /// declared with.
    @inline(never)
    func startAgain() -> Bool {
        let shared = shared
        guard shared.takeTurn() else { return false }
        defer { shared.endTurn() }
        // Another thread may have done it since this one looked.
        let resolution = NativeResolution(word: state.loadAcquiring(NativeWords.resolution))
        guard isDueToStartAgain, usedBuckets(resolution).count > shared.nativeLimit else { return false }
        let cell = cell(shared)
        // Before the words: what is added right after that counts from a time that was before it.
        noteRestart(CoarseClock.unixSeconds())
        reset(cell)
        if shared.hasExemplars { cell.dropExemplars() }
        return true
    }

    /// Notes that the histogram starts again by itself, or with 0 that its series starts: then the store says when.
    func noteRestart(_ time: Double) {
        let (shared, words) = (shared, cell(shared).place.exemplarWords)
        words.storeRelaxed(ExemplarWords.restart(behind: shared.exemplarCount), time.bitPattern)
    }

    /// When the histogram last started again by itself since its series did, in seconds since 1970; 0 when it never did.
    ///
    /// Relaxed: a scrape that misses it shows an older time with its counts, and the right one the next time.
    var restart: Double {
        let (shared, words) = (shared, cell(shared).place.exemplarWords)
        return Double(bitPattern: words.loadRelaxed(ExemplarWords.restart(behind: shared.exemplarCount)))
    }

    /// The cell again, as far as that is the words.
    private func cell(_ shared: SharedWords) -> Cell {
        Cell(CellPlace(words: words, stripeMask: stripeMask, stripeStride: stripeStride), shared)
    }

    /// Sets the histogram back to zero, under the turn.
    func reset(_ cell: Cell) {
        beginReset()
        cell.resetStripes()
        endReset()
    }

    /// Sets what the stripes share back, under the turn and before writers are diverted.
    ///
    /// So those who are led to the spare cell, whose counts will stay, already use the first resolution: they took their tickets after the
    /// bit that led them was set. The flag keeps an observation that begun before from making it coarser because of counts that go.
    func beginReset() {
        let state = self.state
        var start = shared.nativeStart
        start.resolution.isResetting = true
        while true {
            let seen = (state.loadRelaxed(NativeWords.resolution), state.loadRelaxed(NativeWords.threshold))
            start.resolution.resets = NativeResolution(word: seen.0).resets &+ 1
            if state.replacePair(NativeWords.resolution, expected: seen, with: (start.resolution.word, start.threshold))
            {
                break
            }
        }
        setEdge()
        // Another number of resets, so that who counted buckets before does not lower what is counted from now on.
        let resets = (state.loadRelaxed(NativeWords.used) & ~NativeWords.usedMask) &+ (NativeWords.usedMask + 1)
        _ = state.exchangeRelaxed(NativeWords.used, resets)
        state.storeRelaxed(NativeWords.stuck, 0)
        state.storeRelaxed(NativeWords.begun, NativeClock.nanoseconds())
    }

    /// Ends what ``beginReset()`` began, when nobody is left in the stripes who began before.
    func endReset() {
        let state = self.state
        while true {
            let seen = (state.loadRelaxed(NativeWords.resolution), state.loadRelaxed(NativeWords.threshold))
            var resolution = NativeResolution(word: seen.0)
            resolution.isResetting = false
            resolution.isOpen = shared.exemplarInterval == nil
            if state.replacePair(NativeWords.resolution, expected: seen, with: (resolution.word, seen.1)) { break }
        }
        // Once more: one who widened before may only have come to it now.
        setEdge()
    }
}

/// The monotonic clock, exactly: asked only when a histogram is made, and when it has too many buckets.
enum NativeClock {
    static func nanoseconds() -> UInt64 {
        UInt64(bitPattern: Platform.nanoseconds(of: CLOCK_MONOTONIC) ?? 0)
    }
}

/// Where the words of a native histogram are, and what is done with them besides observing.
extension NativeCell {
    /// The native histogram of a cell.
    init(_ cell: Cell) {
        self.init(
            words: cell.place.words, stripeMask: cell.place.stripeMask, stripeStride: cell.place.stripeStride)
    }

    /// The words that the stripes share, before the first of them: see ``NativeWords``.
    @inline(__always)
    var state: CellMemory { words.advanced(by: 0 &- stripeStride) }

    /// The words of the stripe that the calling thread writes to.
    @inline(__always)
    var stripe: CellMemory {
        words.advanced(by: Int(truncatingIfNeeded: Stripe.hint & stripeMask) &* stripeStride)
    }

    /// The words of the stripe at an index.
    func stripe(at index: Int) -> CellMemory { words.advanced(by: index * stripeStride) }

    /// What all series of the family share.
    var shared: SharedWords { SharedWords(CellMemory(address: state.loadRelaxed(NativeWords.shared))) }

    /// The word of a stripe that counts zeros; the one after it is the root of the pages.
    var zero: Int { Int(state.loadRelaxed(NativeWords.zero)) }

    /// The pages of a stripe.
    func pages(of stripe: CellMemory) -> NativePages { NativePages(root: stripe.advanced(by: zero + 1)) }

    /// Gives the words that the stripes share their first values.
    func prepare(_ shared: SharedWords) {
        var (resolution, threshold) = shared.nativeStart
        resolution.isOpen = shared.exemplarInterval == nil
        state.storeRelaxed(NativeWords.resolution, resolution.word)
        state.storeRelaxed(NativeWords.threshold, threshold)
        setEdge()
        state.storeRelaxed(NativeWords.begun, NativeClock.nanoseconds())
        state.storeRelaxed(NativeWords.table, address: NativeIndex.shared.table)
        state.storeRelaxed(NativeWords.limit, shared.nativeLimit)
        state.storeRelaxed(NativeWords.zero, UInt64(HistogramWords.firstBucket + shared.bucketCount))
        state.storeRelaxed(NativeWords.shared, address: shared.words)
        state.storeRelaxed(NativeWords.bounds, address: shared.bounds)
        state.storeRelaxed(NativeWords.nanosecondBounds, address: shared.nanosecondBounds)
    }

    /// Notes up to where a number may count as zero, after the threshold was set.
    ///
    /// Relaxed: who sees another edge than belongs to the threshold asks further, or counts in a bucket that readers add to the zeros.
    /// Where others set the threshold at the same time, it is the last of them who goes on until both belong together.
    func setEdge() {
        let least = Double.leastNormalMagnitude.bitPattern - 1
        var threshold = state.loadAcquiring(NativeWords.threshold)
        while true {
            state.storeRelaxed(NativeWords.edge, max(threshold, least) + NativeIndex.tolerance)
            let now = state.loadAcquiring(NativeWords.threshold)
            if now == threshold { return }
            threshold = now
        }
    }

    /// Sets the counts of a stripe back that nobody counts in.
    func clear(_ stripe: CellMemory) {
        stripe.storeRelaxed(zero, 0)
        pages(of: stripe).empty(into: shared)
    }

    /// Adds the native buckets of a quiet spare cell to a stripe, under the turn; the buckets that end their observations come after.
    func pour(into stripe: CellMemory) {
        let shared = shared
        let spare = shared.spareCell
        stripe.addReleasing(zero, spare.exchangeRelaxed(zero, 0))
        let (from, to) = (pages(of: spare), pages(of: stripe))
        from.forEach { tag, page, chain in
            let target = to.made(tag, in: chain, shared)
            for word in NativePages.firstCount..<NativePages.firstCount + NativePages.counts {
                let count = NativeCount.count(page.loadAcquiring(word))
                let bucket = NativeBucketPlace(tag: tag, chain: chain, word: word)
                if count != 0, add(count, to: target.advanced(by: word), bucket) {
                    // Releasing, as in `note`.
                    state.addReleasing(NativeWords.used, 1)
                }
            }
        }
        from.empty(into: shared)
    }
}

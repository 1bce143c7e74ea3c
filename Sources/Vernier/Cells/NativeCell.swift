/// Histograms with native buckets: an observation counts in one of them too, or as a zero.
///
/// It does so between its sum and its bucket, in the same stripe (see Cell+Histogram.swift). The bucket, `+Inf` at least, is what ends an
/// observation: a reader that finds as many counts in buckets as tickets sees the native count of each of them, and one that sees a
/// native count sees its ticket when it reads that again.
///
/// ## What makes it fast
///
/// The word that will be counted in is looked for before the ticket is taken, and after it one comparison tells whether that is the right
/// word still: the histogram was neither made coarser nor set back. The ticket keeps it so, as who takes pages away waits for all that
/// have one. Everything rare is left to other functions, which get no more than registers hold: that is why a cell is made of
/// these three here. Instructions are what counts: four atomic additions take a processor as long as some 130 of them.
struct NativeCell {
    /// The words of the first stripe.
    let words: CellMemory
    let stripeMask: UInt32
    let stripeStride: Int

    @inline(__always)
    init(words: CellMemory, stripeMask: UInt32, stripeStride: Int) {
        self.words = words
        self.stripeMask = stripeMask
        self.stripeStride = stripeStride
    }

    /// Observes an amount, if that is quickly done; otherwise does nothing.
    ///
    /// For a marked cell whose histogram is not native, too: its state says that there is no quick way.
    ///
    /// - Returns: whether it was observed.
    @inline(__always)
    func observeQuickly(_ amount: some NativeAmount) -> Bool {
        let (state, target) = (state, stripe)
        // Acquiring: the rest is not read before.
        let resolution = NativeResolution(word: state.loadAcquiring(NativeWords.resolution))
        // Relaxed: a count on which no memory depends.
        let isFull = state.loadRelaxed(NativeWords.used) & NativeWords.usedMask > state.loadRelaxed(NativeWords.limit)
        guard resolution.isOpen, !isFull else { return false }
        // Subnormal numbers, infinities and what only may count as zero take the slow way, and so does NaN, which has no bucket.
        var bits = amount.estimate
        let zero = Int(truncatingIfNeeded: state.loadRelaxed(NativeWords.zero))
        let word: CellMemory
        var bucket = HistogramWords.firstBucket
        // Numbers that are not negative order as their bits do. Relaxed: a hint.
        if bits > state.loadRelaxed(NativeWords.edge) {
            guard amount.isEstimated || bits &>> 52 != 0x7ff else { return false }
            let table = NativeIndex(table: CellMemory(address: state.loadRelaxed(NativeWords.table)))
            var sum = table.sum(ofBits: bits)
            if amount.isEstimated, NativeIndex.isNear(sum) {
                bits = amount.exact
                sum = table.sum(ofBits: bits)
            }
            let below = NativeIndex.below(NativeIndex.index(sum, bits), by: resolution.halvings)
            let tag = NativePages.tag(below: below, halvings: resolution.halvings, isNegative: amount.isNegative)
            let pages = NativePages(root: target.advanced(by: zero &+ 1))
            guard let page = pages.existing(tag, in: NativePages.chain(below: below)) else { return false }
            word = page.advanced(by: NativePages.word(below: below))
            // Relaxed: once it is not zero, it stays so until the histogram is set back, and so does all but the count.
            let counted = word.loadRelaxed(0)
            guard counted != 0 else { return false }
            bucket &+= NativeCount.boundsBelow(counted)
        } else {
            // Relaxed: it changes with the resolution, which is looked at again. Readers see that one, and so the threshold.
            guard bits == 0 || !amount.isEstimated && bits <= state.loadRelaxed(NativeWords.threshold) else {
                return false
            }
            word = target.advanced(by: zero)
        }
        // Behind the bounds stands infinity.
        while amount.isAbove(bound: bucket &- HistogramWords.firstBucket, state) { bucket &+= 1 }
        let seen = amount.look(at: target)
        let isDiverted = target.addAcquiring(HistogramWords.ticket, 1) & HistogramWords.diverted != 0
        // Relaxed: who set the histogram back did so before the addition to the ticket that this thread's addition came after.
        guard !isDiverted, state.loadRelaxed(NativeWords.resolution) == resolution.word else {
            Self.finish(amount, words, stripeMask, stripeStride, target, isDiverted)
            return true
        }
        amount.add(to: target, seen: seen)
        word.addReleasing(0, 1)
        target.addReleasing(bucket, 1)
        return true
    }

    /// Observes an amount.
    func observe(_ amount: some NativeAmount) {
        if observeQuickly(amount) { return }
        let target = stripe
        let isDiverted = target.addAcquiring(HistogramWords.ticket, 1) & HistogramWords.diverted != 0
        Self.finish(amount, words, stripeMask, stripeStride, target, isDiverted)
    }

    // MARK: The rare ways

    /// Ends an observation that has its ticket.
    @inline(never)
    private static func finish(
        _ amount: some NativeAmount, _ words: CellMemory, _ mask: UInt32, _ stride: Int,
        _ stripe: CellMemory, _ isDiverted: Bool
    ) {
        let cell = NativeCell(words: words, stripeMask: mask, stripeStride: stride)
        let target = isDiverted ? cell.shared.spareCell : stripe
        amount.add(to: target, seen: amount.look(at: target))
        cell.count(amount.value, in: target, isDiverted)
        // Relaxed: no memory depends on it. Diverted, it looks no further: who has the stripes for itself may be taking pages away.
        let used = cell.state.loadRelaxed(NativeWords.used) & NativeWords.usedMask
        let isFull = !isDiverted && !amount.value.isNaN && used > cell.shared.nativeLimit
        let isDue = isFull && cell.limitBuckets()
        target.addReleasing(HistogramWords.firstBucket &+ amount.bucket(cell.shared), 1)
        if isDue, cell.startAgain() { cell.observe(amount) }
    }

    /// Counts a value in its native bucket.
    private func count(_ value: Double, in target: CellMemory, _ isDiverted: Bool) {
        // NaN is in the count and the sum alone (Prometheus, "Native Histograms", "Special cases of observed values").
        if value.isNaN { return }
        // Acquiring: the reader that sees a zero counted sees the threshold that made it one.
        if value.magnitude.bitPattern <= state.loadAcquiring(NativeWords.threshold) {
            return target.addReleasing(zero, 1)
        }
        let bucket = place(of: value)
        let word = pages(of: target).made(bucket.tag, in: bucket.chain, shared).advanced(by: bucket.word)
        if add(1, to: word, bucket) { note(bucket, in: target, isDiverted: isDiverted) }
    }

    /// Adds to the word of a bucket, and returns whether it is the first count there.
    func add(_ count: UInt64, to word: CellMemory, _ bucket: NativeBucketPlace) -> Bool {
        if word.loadRelaxed(0) == 0 {
            let first = NativeCount.word(count, boundsBelow: boundsBelow(bucket))
            if word.replaceReleasing(0, expected: 0, with: first) { return true }
        }
        word.addReleasing(0, count)
        return false
    }

    /// How many classic bounds are certainly below all values of a bucket.
    private func boundsBelow(_ bucket: NativeBucketPlace) -> Int {
        let (firstIndex, halvings, isNegative) = NativePages.meaning(of: bucket.tag)
        let index = firstIndex + bucket.word - NativePages.firstCount
        // A little lower than the bucket begins, as durations are compared in nanoseconds with bounds that were rounded.
        let lower =
            isNegative
            ? -NativeIndex.upperBound(ofFinest: index << halvings) * (1 + 0x1p-48)
            : NativeIndex.upperBound(ofFinest: (index - 1) << halvings) * (1 - 0x1p-48)
        return shared.bucket(of: lower)
    }

    /// Raises the number of buckets when a bucket of a stripe has its first count.
    ///
    /// Every bucket is counted at least once: by the lowest of the stripes that have it, whatever it sees of the others.
    private func note(_ bucket: NativeBucketPlace, in target: CellMemory, isDiverted: Bool) {
        if !isDiverted {
            for index in 0...Int(stripeMask) {
                let stripe = stripe(at: index)
                if stripe.address == target.address { break }
                let page = pages(of: stripe).existing(bucket.tag, in: bucket.chain)
                if let page, page.loadRelaxed(bucket.word) != 0 { return }
            }
        }
        // Releasing: who counts buckets because of it finds this one.
        state.addReleasing(NativeWords.used, 1)
    }

    /// Where a value is counted that is neither NaN nor counted as a zero.
    func place(of value: Double) -> NativeBucketPlace {
        // Relaxed: a page says how coarse it is.
        let resolution = NativeResolution(word: state.loadRelaxed(NativeWords.resolution))
        let table = NativeIndex(table: CellMemory(address: state.loadRelaxed(NativeWords.table)))
        let (bits, halvings) = (value.magnitude.bitPattern, resolution.halvings)
        let below = NativeIndex.below(table.finest(ofBits: bits), by: halvings)
        return NativeBucketPlace(
            tag: NativePages.tag(below: below, halvings: halvings, isNegative: value < 0),
            chain: NativePages.chain(below: below), word: NativePages.word(below: below))
    }
}

/// What is observed in a native histogram.
///
/// The types are single numbers: such a value is passed in a register.
protocol NativeAmount {
    /// What decides the native bucket.
    var value: Double { get }
    /// The bits of its magnitude; where only the slow way will do, bits that lead to no page.
    var exact: UInt64 { get }
    /// The same or, where ``isEstimated`` says so, what is off by the tolerance of ``NativeIndex`` at most.
    var estimate: UInt64 { get }
    /// Whether ``estimate`` is not exact, but certainly finite.
    var isEstimated: Bool { get }
    /// Whether ``value`` is below zero.
    var isNegative: Bool { get }
    /// The classic bucket.
    func bucket(_ shared: SharedWords) -> Int
    /// Whether it is above one of the classic bounds.
    func isAbove(bound: Int, _ state: CellMemory) -> Bool
    /// Reads what ``add(to:seen:)`` wants to know, ahead of time.
    func look(at stripe: CellMemory) -> UInt64
    /// Adds to the sum that the amount belongs to.
    func add(to stripe: CellMemory, seen: UInt64)
}

/// A number.
struct NativeNumber: NativeAmount {
    let value: Double

    @inline(__always)
    var exact: UInt64 { value.magnitude.bitPattern }

    @inline(__always)
    var estimate: UInt64 { exact }

    @inline(__always)
    var isEstimated: Bool { false }

    @inline(__always)
    var isNegative: Bool { value.sign == .minus }

    func bucket(_ shared: SharedWords) -> Int { shared.bucket(of: value) }

    // Relaxed, here and below: bounds never change.
    @inline(__always)
    func isAbove(bound: Int, _ state: CellMemory) -> Bool {
        value > Double(bitPattern: CellMemory(address: state.loadRelaxed(NativeWords.bounds)).loadRelaxed(bound))
    }

    @inline(__always)
    func look(at stripe: CellMemory) -> UInt64 { stripe.loadRelaxed(HistogramWords.sum) }

    @inline(__always)
    func add(to stripe: CellMemory, seen: UInt64) {
        stripe.addReleasing(HistogramWords.sum, double: value, seen: seen)
    }
}

/// A duration in nanoseconds.
struct NativeNanoseconds: NativeAmount {
    let count: UInt64

    /// Divided, and not multiplied by a billionth, which is no binary number: a second is a bound of a bucket, and so must be 1.
    @inline(__always)
    var value: Double { Double(count) / 1e9 }

    /// The count as a signed number, which is quicker to convert.
    ///
    /// From 2^63 on, which is 292 years, it is below zero. Then the bits of ``exact`` and ``estimate`` have the sign's, with which they lead
    /// to no page: the exponent is beyond all others.
    @inline(__always)
    private var signed: Double { Double(Int64(bitPattern: count)) }

    @inline(__always)
    var exact: UInt64 { (signed / 1e9).bitPattern }

    /// Multiplied, which takes a third of the time and is off by two units of the last place at most.
    @inline(__always)
    var estimate: UInt64 { (signed * 1e-9).bitPattern }

    @inline(__always)
    var isEstimated: Bool { true }

    @inline(__always)
    var isNegative: Bool { false }

    func bucket(_ shared: SharedWords) -> Int { shared.bucket(ofNanoseconds: count) }

    /// Asked only of counts below 2^63, whose bits lead to a page.
    @inline(__always)
    func isAbove(bound: Int, _ state: CellMemory) -> Bool {
        let bounds = CellMemory(address: state.loadRelaxed(NativeWords.nanosecondBounds))
        return signed > Double(bitPattern: bounds.loadRelaxed(bound))
    }

    @inline(__always)
    func look(at stripe: CellMemory) -> UInt64 { 0 }

    @inline(__always)
    func add(to stripe: CellMemory, seen: UInt64) { stripe.addReleasing(HistogramWords.nanoseconds, count) }
}

/// Where a value is counted that is not zero.
struct NativeBucketPlace {
    let tag: UInt64
    let chain: Int
    let word: Int
}

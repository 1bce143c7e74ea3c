/// Histograms with native buckets: an observation counts in one of them too, or as a zero.
///
/// It does so between its sum and its bucket, in the same stripe (see Cell+Histogram.swift). The bucket, `+Inf` at least, is what ends an
/// observation: a reader that finds as many counts in buckets as tickets sees the native count of each of them, and one that sees a
/// native count sees its ticket when it reads that again.
///
/// Processors read nothing ahead of an atomic addition. So the word that will be counted in is looked for before the ticket is taken, and
/// after it one comparison tells whether that is the right word still: the histogram was neither made coarser nor set back. The ticket
/// keeps it so, as who takes pages away waits for all that have one.
extension Cell {
    /// Observes a number.
    @inline(__always)
    func observeNative(_ value: Double, bucket: Int) {
        observe(NativeObservation(value: value, nanoseconds: 0, isDuration: false, bucket: bucket))
    }

    /// Observes a duration.
    @inline(__always)
    func observeNative(nanoseconds: UInt64, bucket: Int) {
        // Divided, and not multiplied by a billionth, which is no binary number: a second is a bound of a bucket, and so must be 1.
        observe(
            NativeObservation(
                value: Double(nanoseconds) / 1e9, nanoseconds: nanoseconds, isDuration: true, bucket: bucket))
    }

    @inline(__always)
    private func observe(_ observation: NativeObservation) {
        let state = place.nativeWords
        // Acquiring: the rest is not read before.
        let resolution = NativeResolution(word: state.loadAcquiring(NativeWords.resolution))
        let target = stripe
        let seen = observation.isDuration ? 0 : target.loadRelaxed(HistogramWords.sum)
        let word = knownWord(of: observation.value, resolution, in: target)
        let ticket = target.addAcquiring(HistogramWords.ticket, 1)
        // Relaxed: who set the histogram back did so before the addition to the ticket that this thread's addition came after.
        guard let word, ticket & HistogramWords.diverted == 0,
            state.loadRelaxed(NativeWords.resolution) == resolution.word
        else {
            return finish(observation, in: target, isDiverted: ticket & HistogramWords.diverted != 0)
        }
        if observation.isDuration {
            target.addReleasing(HistogramWords.nanoseconds, observation.nanoseconds)
        } else {
            target.addReleasing(HistogramWords.sum, double: observation.value, seen: seen)
        }
        if word.exchangeAddReleasing(0, 1) == 0 { return finishFirst(observation, resolution, in: target) }
        target.addReleasing(HistogramWords.firstBucket &+ observation.bucket, 1)
    }

    /// The word that a value counts in, if there is one already and not too many of them.
    @inline(__always)
    private func knownWord(of value: Double, _ resolution: NativeResolution, in stripe: CellMemory) -> CellMemory? {
        let state = place.nativeWords
        // Relaxed, all of them: what decides is looked at again after the ticket, or is a count on which no memory depends.
        let isFull = state.loadRelaxed(NativeWords.used) & NativeWords.usedMask > state.loadRelaxed(NativeWords.limit)
        // While it is set back, pages are on their way elsewhere. NaN has no bucket.
        if isFull || resolution.isResetting || value.isNaN { return nil }
        let zero = Int(truncatingIfNeeded: state.loadRelaxed(NativeWords.zero))
        let bits = value.magnitude.bitPattern
        // Numbers that are not negative order as their bits do.
        if bits <= state.loadRelaxed(NativeWords.threshold) { return stripe.advanced(by: zero) }
        let halvings = resolution.halvings
        let pages = NativePages(root: stripe.advanced(by: zero &+ 1), pool: shared)
        let table = NativeIndex(table: CellMemory(address: state.loadRelaxed(NativeWords.table)))
        let index = NativeIndex.coarser(table.finest(ofBits: bits), by: halvings)
        return pages.existing(
            NativePages.tag(index: index, halvings: halvings, isNegative: value < 0),
            in: NativePages.chain(ofBits: bits, halvings: halvings)
        )?.advanced(by: NativePages.word(of: index))
    }

    /// Ends an observation that has its ticket, where something is new, full or under way.
    @inline(never)
    private func finish(_ observation: NativeObservation, in stripe: CellMemory, isDiverted: Bool) {
        let target = isDiverted ? shared.spareCell : stripe
        if observation.isDuration {
            target.addReleasing(HistogramWords.nanoseconds, observation.nanoseconds)
        } else {
            target.addReleasing(HistogramWords.sum, double: observation.value)
        }
        countNative(observation.value, in: target, isDiverted)
        end(observation, in: target, mayLimit: !isDiverted)
    }

    /// Ends an observation that was the first in its word.
    @inline(never)
    private func finishFirst(_ observation: NativeObservation, _ resolution: NativeResolution, in target: CellMemory) {
        let bits = observation.value.magnitude.bitPattern
        if bits > place.nativeWords.loadRelaxed(NativeWords.threshold) {
            noteBucket(NativeBucketPlace(observation.value, resolution, table), in: target, isDiverted: false)
        }
        end(observation, in: target, mayLimit: true)
    }

    /// Looks whether there are too many buckets, and adds to the bucket that ends an observation.
    ///
    /// Diverted, it looks no further: who has the stripes for itself may be taking pages away.
    private func end(_ observation: NativeObservation, in target: CellMemory, mayLimit: Bool) {
        let state = place.nativeWords
        // Relaxed: no memory depends on it.
        let used = state.loadRelaxed(NativeWords.used) & NativeWords.usedMask
        let isFull = mayLimit && !observation.value.isNaN && used > state.loadRelaxed(NativeWords.limit)
        let isDue = isFull && limitBuckets()
        target.addReleasing(HistogramWords.firstBucket &+ observation.bucket, 1)
        if isDue, startAgain() { observe(observation) }
    }

    /// Counts an observation in its native bucket, which no other step of it does.
    private func countNative(_ value: Double, in target: CellMemory, _ isDiverted: Bool) {
        // NaN is in the count and the sum alone (Prometheus, "Native Histograms", "Special cases of observed values").
        if value.isNaN { return }
        let state = place.nativeWords
        // Acquiring: the reader that sees a zero counted sees the threshold that made it one.
        if value.magnitude.bitPattern <= state.loadAcquiring(NativeWords.threshold) {
            return target.addReleasing(nativeZero, 1)
        }
        // Relaxed: a page says how coarse it is.
        let resolution = NativeResolution(word: state.loadRelaxed(NativeWords.resolution))
        let bucket = NativeBucketPlace(value, resolution, table)
        let page = pages(of: target).made(bucket.tag, in: bucket.chain)
        if page.exchangeAddReleasing(bucket.word, 1) == 0 { noteBucket(bucket, in: target, isDiverted: isDiverted) }
    }

    /// Raises the number of buckets when a bucket of a stripe has its first count.
    ///
    /// Every bucket is counted at least once: by the lowest of the stripes that have it, whatever it sees of the others.
    private func noteBucket(_ bucket: NativeBucketPlace, in target: CellMemory, isDiverted: Bool) {
        if !isDiverted {
            for index in 0..<stripeCount {
                let stripe = stripe(at: index)
                if stripe.address == target.address { break }
                let page = pages(of: stripe).existing(bucket.tag, in: bucket.chain)
                if let page, page.loadRelaxed(bucket.word) != 0 { return }
            }
        }
        // Relaxed: a count on which no memory depends.
        place.nativeWords.addRelaxed(NativeWords.used, 1)
    }

    // MARK: Words

    /// The word of a stripe that counts zeros; the one after it is the root of the pages.
    var nativeZero: Int { HistogramWords.firstBucket + shared.bucketCount }

    /// The pages of a stripe.
    func pages(of stripe: CellMemory) -> NativePages {
        NativePages(root: stripe.advanced(by: nativeZero + 1), pool: shared)
    }

    private var table: NativeIndex {
        NativeIndex(table: CellMemory(address: place.nativeWords.loadRelaxed(NativeWords.table)))
    }

    /// Gives the words that the stripes share their first values.
    func prepareNative() {
        let (state, start) = (place.nativeWords, shared.nativeStart)
        state.storeRelaxed(NativeWords.resolution, start.resolution.word)
        state.storeRelaxed(NativeWords.threshold, start.threshold)
        state.storeRelaxed(NativeWords.begun, NativeClock.nanoseconds())
        state.storeRelaxed(NativeWords.table, NativeIndex.shared.table.address)
        state.storeRelaxed(NativeWords.limit, shared.nativeLimit)
        state.storeRelaxed(NativeWords.zero, UInt64(nativeZero))
    }

    /// Adds the native buckets of a quiet spare cell to a stripe, under the turn; the buckets that end their observations come after.
    func pourNative(into stripe: CellMemory) {
        let spare = shared.spareCell
        stripe.addReleasing(nativeZero, spare.exchangeRelaxed(nativeZero, 0))
        let (from, to) = (pages(of: spare), pages(of: stripe))
        from.forEach { tag, page, chain in
            let target = to.made(tag, in: chain)
            for word in NativePages.firstCount..<NativePages.firstCount + NativePages.counts {
                let count = page.loadAcquiring(word)
                if count != 0, target.exchangeAddReleasing(word, count) == 0 {
                    // Relaxed, as in `noteBucket`.
                    place.nativeWords.addRelaxed(NativeWords.used, 1)
                }
            }
        }
        from.empty()
    }
}

/// One observation on its way through a native histogram.
struct NativeObservation {
    /// What decides the native bucket.
    let value: Double
    /// The same as the sum has it, for a duration.
    let nanoseconds: UInt64
    let isDuration: Bool
    /// The classic bucket.
    let bucket: Int
}

/// Where a value that is not zero is counted.
struct NativeBucketPlace {
    let tag: UInt64
    let chain: Int
    let word: Int

    init(_ value: Double, _ resolution: NativeResolution, _ table: NativeIndex) {
        let (bits, halvings) = (value.magnitude.bitPattern, resolution.halvings)
        let index = NativeIndex.coarser(table.finest(ofBits: bits), by: halvings)
        tag = NativePages.tag(index: index, halvings: halvings, isNegative: value < 0)
        chain = NativePages.chain(ofBits: bits, halvings: halvings)
        word = NativePages.word(of: index)
    }
}

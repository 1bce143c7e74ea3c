/// The words that all series of a family share, beside their cells.
///
/// They are the counts of refused updates and exemplars, whether gauges have shares, where exemplars come from, the settings of native
/// histograms, the spare cell of histograms, and the bounds of the buckets, laid out for the search that every observation makes: in
/// eights, the last one filled with infinity. The search compares eight bounds at once and counts those below the value; no branch depends on the value, so it costs the same for every distribution.
@usableFromInline
struct SharedWords: Sendable {
    @usableFromInline let words: CellMemory

    /// Where refused updates are counted.
    private static var rejected: Int { 0 }
    /// How many bounds there are.
    @usableFromInline static var boundCount: Int { 1 }
    /// How many words the bounds take in one unit.
    @usableFromInline static var boundWords: Int { 2 }
    /// Whether gauges have shares: 0 or 1.
    @usableFromInline static var shares: Int { 3 }
    /// Where the number of the first bound's word is kept, for who has only the address of these words.
    private static var firstBoundWord: Int { 4 }
    /// How often exemplars may be replaced: see ``ExemplarSampling/word``.
    private static var sampling: Int { 5 }
    /// Whether there ever was an exemplar: 0 or 1.
    private static var exemplars: Int { 6 }
    /// Where refused exemplars are counted.
    private static var rejectedExemplars: Int { 7 }
    /// The spare cell starts on cache lines of its own.
    @usableFromInline static var spare: Int { 16 }
    /// The first bound: those in the family's unit, then those in nanoseconds.
    @usableFromInline let firstBound: Int

    /// Finds the words again.
    @inline(__always)
    init(_ words: CellMemory) {
        self.words = words
        firstBound = Int(truncatingIfNeeded: words.loadRelaxed(Self.firstBoundWord))
    }

    init(
        cellWords: Int, bounds: [Double], exemplars: ExemplarSampling = .byHand, native: NativeSettings? = nil
    ) {
        // Native histograms look along the bounds one by one, to one that no value is above (NativeCell.swift).
        let padded = (bounds.count + (native == nil ? 0 : 1) + 7) & ~7
        firstBound = (Self.spare + cellWords + 15) & ~15
        words = CellMemory.allocate(words: firstBound + 2 * padded)
        words.storeRelaxed(Self.sampling, exemplars.word)
        words.storeRelaxed(Self.firstBoundWord, UInt64(firstBound))
        words.storeRelaxed(Self.boundCount, UInt64(bounds.count))
        words.storeRelaxed(Self.boundWords, UInt64(padded))
        if let native { set(native) }
        for index in 0..<padded {
            let bound = index < bounds.count ? bounds[index] : .infinity
            words.storeRelaxed(firstBound + index, bound.bitPattern)
            words.storeRelaxed(firstBound + padded + index, Self.nanoseconds(bound).bitPattern)
        }
    }

    /// A bound in nanoseconds: the whole number that its decimal text means, or what lies between two of them.
    private static func nanoseconds(_ bound: Double) -> Double {
        let exact = bound * 1e9
        let whole = exact.rounded()
        return abs(exact - whole) <= 2 * whole.ulp ? whole : exact
    }

    /// Where observations go while a cell is read (see Cell+Histogram.swift).
    @inlinable
    var spareCell: CellMemory { words.advanced(by: Self.spare) }

    /// How many buckets a histogram has, `+Inf` included.
    var bucketCount: Int { Int(words.loadRelaxed(Self.boundCount)) + 1 }

    /// The bounds of a histogram in its unit.
    var bounds: CellMemory { words.advanced(by: firstBound) }

    /// The bounds of a histogram in nanoseconds.
    var nanosecondBounds: CellMemory { bounds.advanced(by: Int(words.loadRelaxed(Self.boundWords))) }

    /// Whether additions to gauges go to shares (see Cell+Value.swift).
    ///
    /// Relaxed: an update that has not seen it yet changes the word that stands beside the shares, which is as right.
    @inlinable
    @inline(__always)
    var hasShares: Bool { words.loadRelaxed(Self.shares) != 0 }

    /// Lets additions to gauges go to shares from now on.
    func startShares() { words.storeRelaxed(Self.shares, 1) }

    /// Counts an update that was refused because of its amount.
    @usableFromInline
    func countRejected() { words.addRelaxed(Self.rejected, 1) }

    /// How many updates were refused.
    var rejectedCount: UInt64 { words.loadRelaxed(Self.rejected) }

    /// How often exemplars may be replaced, in nanoseconds; nil where updates do not look for one.
    var exemplarInterval: UInt64? {
        let word = words.loadRelaxed(Self.sampling)
        return word == 0 ? nil : word &- 1
    }

    /// Whether there ever was an exemplar, so that a scrape has to look for them.
    ///
    /// Relaxed: a scrape that has not seen it yet shows the first exemplar the next time.
    var hasExemplars: Bool { words.loadRelaxed(Self.exemplars) != 0 }

    /// Lets scrapes look for exemplars from now on.
    func noteExemplars() {
        // Looking first leaves the line to the threads that read it.
        if !hasExemplars { words.storeRelaxed(Self.exemplars, 1) }
    }

    /// How many exemplars a cell has: one for a counter, and one for each classic bucket.
    ///
    /// A histogram that has native buckets alone, of which there may be any number, has some for all of them.
    var exemplarCount: Int {
        let buckets = bucketCount
        return isNative && buckets == 1 ? NativeWords.count - 1 : buckets
    }

    /// Counts an exemplar that no page may show.
    func countRejectedExemplar() { words.addRelaxed(Self.rejectedExemplars, 1) }

    /// How many exemplars were refused.
    var rejectedExemplarCount: UInt64 { words.loadRelaxed(Self.rejectedExemplars) }

    /// The bucket of a value: the first whose bound is not below it, and the last one for NaN.
    @inlinable
    @inline(__always)
    func bucket(of value: Double) -> Int {
        search(value, from: firstBound)
    }

    /// The bucket of a duration.
    @inlinable
    @inline(__always)
    func bucket(ofNanoseconds value: UInt64) -> Int {
        search(Double(value), from: firstBound &+ Int(truncatingIfNeeded: words.loadRelaxed(Self.boundWords)))
    }

    @inlinable
    @inline(__always)
    func search(_ value: Double, from first: Int) -> Int {
        let needle = SIMD8<Double>(repeating: value)
        let zero = SIMD8<Int64>(repeating: 0)
        var below = zero
        var offset = 0
        let count = Int(truncatingIfNeeded: words.loadRelaxed(Self.boundWords))
        while offset < count {
            let block = words.eightDoubles(at: first &+ offset)
            // A lane is -1 where the bound is not at least the value, which NaN makes true for all.
            below &+= SIMD8<Int64>(repeating: -1).replacing(with: zero, where: block .>= needle)
            offset &+= 8
        }
        let found = Int(truncatingIfNeeded: 0 &- below.wrappedSum())
        return min(found, Int(truncatingIfNeeded: words.loadRelaxed(Self.boundCount)))
    }
}

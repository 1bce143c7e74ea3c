/// What native histograms of a family share: their settings, and whose turn it is to have stripes for itself.
extension SharedWords {
    /// Whether histograms of the family are native: 0 or 1.
    private static var native: Int { 8 }
    /// How many buckets there may be; above that, how coarse they are at first.
    private static var nativeLimit: Int { 9 }
    private static var nativeThreshold: Int { 10 }
    private static var nativeMaximumThreshold: Int { 11 }
    private static var nativeResetInterval: Int { 12 }
    private static var turn: Int { 13 }
    /// The address of the first page that waits, and how many were taken: a pair.
    private static var pool: Int { 14 }

    /// Writes the settings, before anything is shared.
    func set(_ native: NativeSettings) {
        words.storeRelaxed(Self.native, 1)
        words.storeRelaxed(
            Self.nativeLimit, UInt64(native.limit) | UInt64(NativeIndex.finest - native.schema) << 32)
        // Adding zero makes the negative zero positive: bits are compared as whole numbers.
        words.storeRelaxed(Self.nativeThreshold, (native.zeroThreshold + 0).bitPattern)
        words.storeRelaxed(Self.nativeMaximumThreshold, native.maximumZeroThreshold.bitPattern)
        words.storeRelaxed(Self.nativeResetInterval, native.resetInterval)
    }

    // Relaxed, all of them: written before the family was shared.

    /// Whether histograms have native buckets.
    @inline(__always)
    var isNative: Bool { words.loadRelaxed(Self.native) != 0 }

    /// How many buckets there may be.
    var nativeLimit: UInt64 { words.loadRelaxed(Self.nativeLimit) & 0xffff_ffff }

    /// The resolution and the bits of the zero threshold at first.
    var nativeStart: (resolution: NativeResolution, threshold: UInt64) {
        let schema = NativeIndex.finest - Int(words.loadRelaxed(Self.nativeLimit) >> 32)
        return (NativeResolution(schema: schema), words.loadRelaxed(Self.nativeThreshold))
    }

    /// How far the zero threshold may rise.
    var maximumZeroThreshold: Double { Double(bitPattern: words.loadRelaxed(Self.nativeMaximumThreshold)) }

    /// The age in nanoseconds from which a histogram with too many buckets starts again; 0 for never.
    var nativeResetInterval: UInt64 { words.loadRelaxed(Self.nativeResetInterval) }

    /// Takes the turn to divert writers, read pages and free them, if nobody has it.
    ///
    /// Acquiring: what the one before did, to the spare cell above all, is seen. The store's lock is not enough, as an observation may
    /// set a histogram back to zero and has no store.
    func takeTurn() -> Bool {
        words.replaceAcquiring(Self.turn, expected: 0, with: 1)
    }

    /// Takes the turn, after the one who has it: an observation that sets a histogram back, which ends by itself.
    func awaitTurn() {
        while !takeTurn() { Platform.yieldThread() }
    }

    /// Ends the turn; releasing, for the next one.
    func endTurn() { words.storeReleasing(Self.turn, 0) }

    /// Takes a page that waits for somebody to need it, all its counts zero.
    ///
    /// - Parameter next: the word of a page with the address of the one after it.
    func takePage(next: Int) -> CellMemory? {
        while true {
            // Acquiring: the page is as who gave it back left it. The number of pages that were taken, read first, keeps an exchange from
            // succeeding that was held up while the first page was taken and came back, before others.
            let taken = words.loadAcquiring(Self.pool + 1)
            let seen = (words.loadAcquiring(Self.pool), taken)
            if seen.0 == 0 { return nil }
            let page = CellMemory(address: seen.0)
            if words.replacePair(Self.pool, expected: seen, with: (page.loadRelaxed(next), seen.1 &+ 1)) { return page }
        }
    }

    /// Lets a page wait for the next one that needs it.
    func giveBack(page: CellMemory, next: Int) {
        while true {
            let seen = (words.loadRelaxed(Self.pool), words.loadRelaxed(Self.pool + 1))
            page.storeRelaxed(next, seen.0)
            if words.replacePair(Self.pool, expected: seen, with: (page.address, seen.1)) { return }
        }
    }
}

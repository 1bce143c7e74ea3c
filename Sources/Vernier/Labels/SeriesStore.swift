import Synchronization

/// Keeps the series of one family: their cells, keys and label texts.
///
/// A *fixed* store has all its series from the start, in one chunk, found by their place. An *open* one finds them by key in an
/// index that is read without a lock, and makes new ones under its lock. Slots live in chunks that never move; a removed series'
/// slot is used again only after a rest (see ``SeriesStore/rest``).
@usableFromInline
@safe
package final class SeriesStore: @unchecked Sendable {
    // SAFETY (Sendable): chunks are written under the lock before a slot in them is published, and never change after that;
    // everything else is immutable, atomic or inside the mutex.

    /// Some slots of a store.
    @usableFromInline
    struct Chunk {
        @usableFromInline var cells: CellMemory
        /// Three words a slot: the key, then the generation under the place of the label text.
        @usableFromInline var identities: CellMemory
        @usableFromInline var stripeMask: UInt32
        @usableFromInline var stripeStride: Int
    }

    let layout: CellLayout
    @usableFromInline let words: Int
    /// Whether all series exist from the start.
    @usableFromInline package let isFixed: Bool
    /// How many series a fixed store has.
    ///
    /// The slot after them takes what a schema of the host's own places outside.
    @usableFromInline let fixedCount: Int
    @usableFromInline package let seeds = KeySeeds()
    @usableFromInline let index = SeriesIndex()
    @usableFromInline let chunks: UnsafeMutablePointer<Chunk>
    /// What all series share.
    @usableFromInline let shared: SharedWords
    /// The bounds of a histogram; none for other layouts.
    let bounds: HistogramBounds
    /// What stands before each label value in the text of a series: `method="`, then `",path="`.
    let labelHeads: [[UInt8]]
    /// Where an open store counts lookups that ended at the overflow series, a word in each stripe.
    let overflowed: CellMemory?
    /// While the family is full, the number of this time of fullness above that of the overflow series' slot plus one; else zero.
    let fullness = Atomic<UInt64>(0)
    let state: Lock<State>
    /// Makes the window of a summary's series.
    let makeWindow: (@Sendable () -> QuantileWindow)?

    /// How many chunks cover all slots: the first two have 16 slots, each later one twice as many as the one before.
    private static let chunkCount = 22
    @usableFromInline static var firstChunkBits: Int { 4 }
    /// In the word of the generation, beside it: lookups pass the series by; instruments, which compare the generation, do not.
    @usableFromInline static var closed: UInt64 { 1 << 63 }

    /// How far a series is on its way off the page.
    struct Leaving {
        /// Whether lookups no longer find it.
        var isClosed = false
        /// The last reading that has shown it.
        var shownIn: UInt64?
    }

    /// What changes under the lock.
    struct State {
        var texts = LabelTextArena()
        var slotCount = 0
        var chunkCount = 0
        var liveCount = 0
        let limit: Int
        let overflowText: [UInt8]
        var overflowSlot: Int?
        /// How many times the family became full.
        var fullCount: UInt32 = 0
        /// Removed slots with the time of their removal, oldest first, from `restingHead` on.
        var resting: [(slot: Int, since: UInt64)] = []
        var restingHead = 0
        /// When each removed slot was removed.
        var removed: [Int: UInt64] = [:]
        /// How many leases hold a slot.
        var leases: [Int: Int] = [:]
        /// Slots whose lease ended.
        var leaving: [Int: Leaving] = [:]
        /// How many readings of the series were begun.
        var readings: UInt64 = 0
        var windows: [QuantileWindow] = []
        /// When series were made; empty for layouts without creation times.
        var created = CreationTimes()
        /// Where label names come with each series and may be any: the name that took each text that pages show.
        var labelForms: [String: String] = [:]
    }

    /// Makes a store whose series are all there, with these label texts.
    init(
        layout: CellLayout, fixed texts: [[UInt8]], bounds: HistogramBounds = SeriesStore.noBounds,
        makeWindow: (@Sendable () -> QuantileWindow)? = nil
    ) {
        self.layout = layout
        self.bounds = bounds
        self.makeWindow = makeWindow
        words = layout.words
        isFixed = true
        fixedCount = texts.count
        labelHeads = []
        overflowed = nil
        // SAFETY: room for the one chunk that a fixed store has; freed by the deinit.
        unsafe chunks = .allocate(capacity: 1)
        shared = SharedWords(
            cellWords: layout.words, bounds: bounds.values, exemplars: layout.exemplars, native: layout.native)
        state = Lock(State(limit: texts.count, overflowText: []))
        state.withLock { state in
            addChunk(slots: texts.count + 1, firstSlot: 0, to: &state)
            let now = CoarseClock.unixSeconds()
            for text in texts {
                fill(slot: state.slotCount, SeriesKey(low: 0, high: 0), text.span, at: now, in: &state)
            }
            prepare(slot: texts.count, in: &state)
        }
    }

    /// Makes a store for up to `limit` series, beyond which one whose label values are all `overflowValue` takes the rest.
    init(
        layout: CellLayout, limit: Int, labelNames: [String], overflowValue: String,
        bounds: HistogramBounds = SeriesStore.noBounds,
        makeWindow: (@Sendable () -> QuantileWindow)? = nil
    ) {
        self.layout = layout
        self.bounds = bounds
        self.makeWindow = makeWindow
        words = layout.words
        isFixed = false
        fixedCount = 0
        labelHeads = LabelTextBuilder.heads(of: labelNames)
        overflowed = .allocate(words: Stripe.count * Self.overflowStride)
        // SAFETY: room for as many chunks as the largest number of slots needs; freed by the deinit.
        unsafe chunks = .allocate(capacity: Self.chunkCount)
        shared = SharedWords(
            cellWords: layout.words, bounds: bounds.values, exemplars: layout.exemplars, native: layout.native)
        let limit = min(max(1, limit), SeriesIndex.maximumSlots / 2 - 1)
        var overflow = LabelTextBuilder(heads: labelHeads)
        for _ in labelNames { overflow.append(overflowValue) }
        state = Lock(State(limit: limit, overflowText: overflow.finished()))
    }

    deinit {
        // SAFETY: nobody else has the store; the first `chunkCount` chunks are initialised. The cells stay: instruments may be kept.
        let count = state.withLock { state in
            if shared.hasExemplars {
                for slot in 0..<state.slotCount { dropExemplars(slot) }
                if isFixed { dropExemplars(fixedCount) }
            }
            return state.chunkCount
        }
        unsafe chunks.deinitialize(count: count)
        unsafe chunks.deallocate()
    }

    static let noBounds = HistogramBounds([])

    // MARK: Lookup

    /// The place of a series that was there from the start; for a place outside, one that is never shown.
    @inlinable
    @inline(__always)
    func fixedPlace(_ slot: Int) -> CellPlace {
        let offset = UInt(bitPattern: slot) < UInt(bitPattern: fixedCount) ? slot : fixedCount
        // SAFETY: the first chunk of a fixed store is made in its init, with one slot more than `fixedCount`.
        return unsafe place(chunk: chunks, offset: offset).place
    }

    /// The cell of the only series.
    var onlyCell: Cell { Cell(fixedPlace(0), shared) }

    /// The place of the series with a key, if there is one: no lock, no allocation.
    @inlinable
    @inline(__always)
    func place(for key: SeriesKey) -> CellPlace? {
        index.first(hash: key.hash) { slot in
            let (number, offset) = Self.locate(slot)
            // SAFETY: the index only has slots whose chunk was made before they were published.
            let (place, word) = unsafe place(chunk: chunks + number, offset: offset)
            guard place.generationWord.loadRelaxed(-2) == key.low, place.generationWord.loadRelaxed(-1) == key.high,
                word & (Self.closed | 1) == 0
            else { return nil }
            return place
        }
    }

    /// The chunk of a slot and the place in it.
    @inlinable
    @inline(__always)
    static func locate(_ slot: Int) -> (chunk: Int, offset: Int) {
        if slot < 1 << firstChunkBits { return (0, slot) }
        let top = Int.bitWidth &- 1 &- slot.leadingZeroBitCount
        return (top &- firstChunkBits &+ 1, slot &- (1 &<< top))
    }

    @inlinable
    @inline(__always)
    func place(chunk: UnsafeMutablePointer<Chunk>, offset: Int) -> (place: CellPlace, word: UInt64) {
        // SAFETY: the caller names an initialised chunk, which is not written to any more, and a slot in it.
        let generationWord = unsafe chunk.pointee.identities.advanced(by: offset &* 3 &+ 2)
        // Acquiring: the key that belongs to this generation is read after it.
        let word = generationWord.loadAcquiring(0)
        let place = unsafe CellPlace(
            words: chunk.pointee.cells.advanced(by: offset &* words),
            generationWord: generationWord,
            generation: CellPlace.generation(in: word),
            stripeMask: chunk.pointee.stripeMask,
            stripeStride: chunk.pointee.stripeStride)
        return (place, word)
    }

    // MARK: Slots

    /// The place of a slot.
    func place(slot: Int) -> CellPlace {
        let (number, offset) = isFixed ? (0, slot) : Self.locate(slot)
        // SAFETY: callers name slots below `slotCount`, whose chunks exist.
        return unsafe place(chunk: chunks + number, offset: offset).place
    }

    /// The word of a slot's generation, after those of its key.
    func generationWord(of slot: Int) -> CellMemory {
        let (number, offset) = isFixed ? (0, slot) : Self.locate(slot)
        // SAFETY: callers name slots below `slotCount`, whose chunks exist.
        return unsafe chunks[number].identities.advanced(by: offset &* 3 &+ 2)
    }

    /// Makes the next chunk.
    func addChunk(slots: Int, firstSlot: Int, to state: inout State) {
        let stripes = layout.stripes(forSlot: firstSlot)
        let stride = (max(1, slots * words) + 15) & ~15
        let copies = layout.leadingCopies + layout.copies(forStripes: stripes) + layout.exemplarCopies
        let cells = CellMemory.allocate(words: stride * copies).advanced(by: stride * layout.leadingCopies)
        let identities = CellMemory.allocate(words: max(1, slots) * 3)
        // SAFETY: `chunks` has room for this one, as slots are limited; it is written before any of its slots is published.
        unsafe (chunks + state.chunkCount).initialize(
            to: Chunk(
                cells: cells, identities: identities, stripeMask: UInt32(stripes - 1), stripeStride: stride))
        state.chunkCount += 1
    }

    /// Gives the next new slot, whose chunk must exist, a key and a text.
    func fill(slot: Int, _ key: SeriesKey, _ text: Span<UInt8>, at time: Double, in state: inout State) {
        state.slotCount += 1
        if layout.hasCreationTime { state.created.append(slot, at: time) }
        if layout.isMarked { Cell(place(slot: slot), shared).noteShared() }
        let word = generationWord(of: slot)
        word.storeRelaxed(-2, key.low)
        word.storeRelaxed(-1, key.high)
        // Releasing: who sees this generation sees the key.
        word.storeReleasing(
            0, UInt64(state.texts.insert(text)) << 32 | (layout.isMarked ? UInt64(CellPlace.mark) : 0))
        state.liveCount += 1
        prepare(slot: slot, in: &state)
    }

    /// Gives the words of a new slot what is not zero at first.
    private func prepare(slot: Int, in state: inout State) {
        if let makeWindow { attach(makeWindow(), toSlot: slot, in: &state) }
        if shared.isNative { NativeCell(Cell(place(slot: slot), shared)).prepare(shared) }
    }
}

import Synchronization

/// Making, removing and reusing the series of an open family. All of it under the store's lock.
extension SeriesStore {
    /// How long, in nanoseconds, a removed slot rests before another series may have it.
    ///
    /// A thread that looked the old series up just before the removal may still be about to update it. The rest is longer than any
    /// thread stands still between two instructions; see Docs/CONCURRENCY.md, "Removal".
    static let rest: UInt64 = 10_000_000_000

    /// How many bytes the label text of a series has at most; one with more goes to the overflow series.
    static let maximumTextBytes = 65_536

    /// The place of the series with a key, made if need be; the overflow series' when there are too many.
    ///
    /// - Complexity: amortised constant. Takes the lock; allocates for a new series.
    @usableFromInline
    func makePlace(for key: SeriesKey, _ text: consuming LabelTextBuilder) -> CellPlace {
        text.withText { text in
            state.withLock { state in
                place(slot: liveSlot(key, text, in: &state) ?? overflowingSlot(in: &state))
            }
        }
    }

    /// Removes a series; its cells stay safe to use and count nothing any more.
    ///
    /// - Returns: whether there was one.
    @discardableResult
    func remove(_ key: SeriesKey) -> Bool {
        state.withLock { state in
            guard let slot = slot(for: key), isExposed(slot, in: state) else { return false }
            remove(slot, in: &state)
            return true
        }
    }

    /// Sets a series back to zero; its instruments go on counting.
    ///
    /// - Parameter generation: that of an instrument of the series; one of another that was removed meanwhile has no say.
    /// - Returns: whether there was one.
    @discardableResult
    func reset(_ key: SeriesKey, _ generation: UInt32) -> Bool {
        state.withLock { state in
            guard let slot = slot(for: key), place(slot: slot).generation == generation else { return false }
            reset(slot, in: &state)
            return true
        }
    }

    /// Removes the series whose labels satisfy a condition, or sets those of a fixed store back to zero, and returns how many
    /// there were.
    ///
    /// The condition is called without the lock, so it may use the family.
    func removeAll(where condition: ([LabelPair]) -> Bool) -> Int {
        let candidates = state.withLock { state in
            (0..<state.slotCount).filter { isExposed($0, in: state) }.map { slot in
                (slot, place(slot: slot).generation, withText(of: slot, in: state) { LabelText.pairs(in: $0) })
            }
        }
        let chosen = candidates.filter { condition($0.2) }
        return state.withLock { state in
            var count = 0
            for (slot, generation, _) in chosen
            where place(slot: slot).generation | 1 == generation | 1 && isExposed(slot, in: state) {
                if isFixed { reset(slot, in: &state) } else { remove(slot, in: &state) }
                count += 1
            }
            return count
        }
    }

    /// Holds a series until `endLease`.
    func beginLease(_ key: SeriesKey, _ text: consuming LabelTextBuilder) -> (place: CellPlace, slot: Int?) {
        text.withText { text in
            state.withLock { state in
                guard let slot = liveSlot(key, text, in: &state) else {
                    return (place(slot: overflowingSlot(in: &state)), nil)
                }
                state.leases[slot, default: 0] += 1
                return (place(slot: slot), slot)
            }
        }
    }

    /// Lets a series go: it disappears after a scrape has seen its last value.
    func endLease(_ generation: UInt32, slot: Int) {
        state.withLock { state in
            guard let count = state.leases[slot], place(slot: slot).generation | 1 == generation | 1 else { return }
            if count > 1 {
                state.leases[slot] = count - 1
            } else {
                state.leases[slot] = nil
                if state.removed[slot] == nil { state.leaving[slot] = Leaving() }
            }
        }
    }

    /// Moves the series of ended leases on that a reading has shown, once whoever asked for it has all of it.
    ///
    /// The first reading closes the series to lookups: who looks it up now makes it stay. The second shows what was added meanwhile
    /// by those who had it before, and takes it away. One that broke off moves nothing.
    func confirm(reading: UInt64) {
        state.withLock { state in
            for (slot, leaving) in state.leaving where leaving.shownIn == reading {
                if leaving.isClosed {
                    remove(slot, in: &state)
                } else {
                    state.leaving[slot] = Leaving(isClosed: true)
                    let word = generationWord(of: slot)
                    word.storeReleasing(0, word.loadRelaxed(0) | Self.closed)
                }
            }
        }
    }

    /// Whether a scrape shows the slot.
    func isExposed(_ slot: Int, in state: State) -> Bool {
        place(slot: slot).generation & 1 == 0 || state.leaving[slot] != nil
    }

    // MARK: Steps

    private func slot(for key: SeriesKey) -> Int? {
        index.first(hash: key.hash) { slot in self.key(of: slot) == key ? slot : nil }
    }

    private func key(of slot: Int) -> SeriesKey {
        let word = generationWord(of: slot)
        return SeriesKey(low: word.loadRelaxed(-2), high: word.loadRelaxed(-1))
    }

    private func setGeneration(of slot: Int, _ change: (UInt32) -> UInt32) {
        let word = generationWord(of: slot)
        let old = word.loadRelaxed(0)
        // Releasing: the key and the reset cell come before the generation that they belong to.
        word.storeReleasing(
            0, old & ~(UInt64(~CellPlace.mark) | Self.closed) | UInt64(change(CellPlace.generation(in: old))))
    }

    /// The slot of the live series with a key, made live or made at all if need be; nil when the family is full.
    private func liveSlot(_ key: SeriesKey, _ text: Span<UInt8>, in state: inout State) -> Int? {
        guard let slot = slot(for: key) else { return newSlot(key, text, in: &state) }
        if state.removed[slot] == nil {
            // A series that is leaving stays; a live one stays as it is.
            state.leaving[slot] = nil
            setGeneration(of: slot) { $0 }
        } else {
            guard state.liveCount < state.limit else { return nil }
            bringBack(slot, in: &state)
            state.liveCount += 1
        }
        return slot
    }

    /// Makes a removed series live again, from zero and under a new generation: who had it before drops updates still.
    func bringBack(_ slot: Int, in state: inout State) {
        state.removed[slot] = nil
        reset(slot, in: &state)
        setGeneration(of: slot) { CellPlace.next(after: $0) }
    }

    private func remove(_ slot: Int, in state: inout State) {
        // Before all else: who finds something missing that was moved or removed meanwhile sees this too.
        fullness.store(0, ordering: .relaxed)
        setGeneration(of: slot) { $0 | 1 }
        dropExemplars(slot)
        let now = CoarseClock.nanoseconds()
        state.leaving[slot] = nil
        state.leases[slot] = nil
        state.removed[slot] = now
        // The overflow series keeps its slot and does not count towards the limit.
        if state.overflowSlot == slot { return }
        state.liveCount -= 1
        state.resting.append((slot, now))
        dropStaleRest(in: &state)
    }

    /// Drops the entries of slots that came back, when most are: a series that comes and goes must not grow the list.
    private func dropStaleRest(in state: inout State) {
        guard state.resting.count > 2 * state.removed.count + 64 else { return }
        var resting: [(slot: Int, since: UInt64)] = []
        var seen: Set<Int> = []
        for entry in state.resting[state.restingHead...]
        where state.removed[entry.slot] == entry.since && seen.insert(entry.slot).inserted {
            resting.append(entry)
        }
        state.resting = resting
        state.restingHead = 0
    }

    /// A slot with a key, or nil when the family is full.
    private func newSlot(_ key: SeriesKey, _ text: Span<UInt8>, in state: inout State) -> Int? {
        // A client may send the text of the overflow series; it is not to stand on the page twice.
        guard state.liveCount < state.limit, text.count <= Self.maximumTextBytes, !state.texts.isFull,
            !Self.areEqual(text, state.overflowText.span)
        else { return nil }
        if let slot = restedSlot(in: &state) {
            give(slot, key, text, in: &state)
            return slot
        }
        // Removed series that still rest take as much room again as live ones may; the overflow series takes none of it.
        guard state.slotCount < state.limit * 2 + (state.overflowSlot == nil ? 0 : 1) else { return nil }
        return appendSlot(key, text, in: &state)
    }

    func appendSlot(_ key: SeriesKey, _ text: Span<UInt8>, in state: inout State) -> Int {
        let slot = state.slotCount
        let (number, offset) = Self.locate(slot)
        if offset == 0, number == state.chunkCount {
            addChunk(slots: slot == 0 ? 1 << Self.firstChunkBits : slot, firstSlot: slot, to: &state)
        }
        fill(slot: slot, key, text, at: CoarseClock.unixSeconds(), in: &state)
        growIndexIfNeeded(state.slotCount)
        index.insert(slot: slot, hash: key.hash)
        return slot
    }

    /// Gives a rested slot to another series.
    private func give(_ slot: Int, _ key: SeriesKey, _ text: Span<UInt8>, in state: inout State) {
        let word = generationWord(of: slot)
        let old = word.loadRelaxed(0)
        let generation = CellPlace.next(after: CellPlace.generation(in: old))
        index.remove(slot: slot, hash: self.key(of: slot).hash) { self.key(of: $0).hash }
        state.texts.remove(textPlace(of: slot))
        if state.texts.isWasteful { compactTexts(except: slot, in: &state) }
        reset(slot, in: &state)
        word.storeRelaxed(-2, key.low)
        word.storeRelaxed(-1, key.high)
        word.storeReleasing(
            0, UInt64(state.texts.insert(text)) << 32 | old & UInt64(CellPlace.mark) | UInt64(generation))
        index.insert(slot: slot, hash: key.hash)
        state.liveCount += 1
    }

    /// Moves all texts but that of one slot to an arena of their own, and lets the old one go.
    private func compactTexts(except leftOut: Int, in state: inout State) {
        let texts = LabelTextArena()
        for slot in 0..<state.slotCount where slot != leftOut {
            let word = generationWord(of: slot)
            let text = withText(of: slot, in: state) { text in text.indices.map { text[$0] } }
            // Releasing, as every store of this word: who sees the generation sees the key.
            word.storeReleasing(0, word.loadRelaxed(0) & (0xffff_ffff | Self.closed) | UInt64(texts.insert(text)) << 32)
        }
        state.texts = texts
    }

    /// The slot that was removed longest ago, if it has rested.
    private func restedSlot(in state: inout State) -> Int? {
        while state.restingHead < state.resting.count {
            let (slot, since) = state.resting[state.restingHead]
            let isStillRemoved = state.removed[slot] == since
            if isStillRemoved, CoarseClock.nanoseconds() < since + Self.rest { return nil }
            state.restingHead += 1
            if state.restingHead > 64, state.restingHead * 2 > state.resting.count {
                state.resting.removeFirst(state.restingHead)
                state.restingHead = 0
            }
            if isStillRemoved {
                state.removed[slot] = nil
                return slot
            }
        }
        return nil
    }

    private static func areEqual(_ text: Span<UInt8>, _ other: Span<UInt8>) -> Bool {
        text.count == other.count && text.indices.allSatisfy { text[$0] == other[$0] }
    }

    private func growIndexIfNeeded(_ count: Int) {
        // At most 13 of 16 entries are taken, so that probes stay short.
        guard count * 16 > index.capacity * 13 else { return }
        index.rebuild(capacity: index.capacity * 2) { insert in
            for slot in 0..<count - 1 { insert(slot, key(of: slot).hash) }
        }
    }
}

import Synchronization

/// The series that takes what comes when the family is full.
extension SeriesStore {
    /// The place that a key leads to which was not found, if that can be said without the lock: the overflow series' while the
    /// family is full.
    ///
    /// A lookup may have missed a series that was being moved in the index. So it is made once more, between two looks at
    /// ``fullness``: while that stays the same nothing is removed, and so nothing is moved, made or brought back either.
    ///
    /// - Complexity: No lock, no allocation; an addition to a word that other threads rarely touch.
    @usableFromInline
    func overflowPlace(for key: SeriesKey) -> CellPlace? {
        // Acquiring: the overflow series was made before, and the table is not older.
        let full = fullness.load(ordering: .acquiring)
        return full == 0 ? nil : overflowPlace(for: key, ifStill: full)
    }

    /// The second half of it, after the first look at ``fullness``.
    func overflowPlace(for key: SeriesKey, ifStill full: UInt64) -> CellPlace? {
        let found = index.first(hash: key.hash) { slot -> UInt64? in
            let word = generationWord(of: slot)
            // Acquiring, as in any lookup; and the second look at `fullness` comes after it.
            let generation = word.loadAcquiring(0)
            return word.loadRelaxed(-2) == key.low && word.loadRelaxed(-1) == key.high ? generation : nil
        }
        // A removed series has no room to come back to; one that is closed stays when it is asked for, which takes the lock.
        if let found, found & 1 == 0 { return nil }
        let overflow = place(slot: Int(full & 0xffff_ffff) &- 1)
        guard overflow.generation & 1 == 0, fullness.load(ordering: .relaxed) == full else { return nil }
        countOverflow()
        return overflow
    }

    /// Whether a place is that of the overflow series.
    func isOverflow(_ place: CellPlace) -> Bool {
        state.withLock { state in
            state.overflowSlot.map { self.place(slot: $0).words.address == place.words.address } ?? false
        }
    }

    /// How many lookups ended at the overflow series.
    var overflowedCount: UInt64 {
        guard let overflowed else { return 0 }
        return (0..<Stripe.count).reduce(0) { $0 &+ overflowed.loadRelaxed($1 * Self.overflowStride) }
    }

    /// Words from one stripe of that count to the next: a pair of cache lines.
    static var overflowStride: Int { 16 }

    private func countOverflow() {
        overflowed?.addRelaxed((Int(Stripe.hint) & (Stripe.count - 1)) * Self.overflowStride, 1)
    }

    /// The slot of the overflow series for a lookup that ends there.
    func overflowingSlot(in state: inout State) -> Int {
        let slot = overflowSlot(in: &state)
        countOverflow()
        if state.liveCount >= state.limit, fullness.load(ordering: .relaxed) == 0 {
            state.fullCount &+= 1
            // Releasing: the overflow series and all that is in the index come before.
            fullness.store(UInt64(state.fullCount) << 32 | UInt64(slot + 1), ordering: .releasing)
        }
        return slot
    }

    /// The slot of the overflow series, which it keeps for good, removed or not.
    private func overflowSlot(in state: inout State) -> Int {
        if let slot = state.overflowSlot {
            if state.removed[slot] != nil { bringBack(slot, in: &state) }
            return slot
        }
        let text = state.overflowText
        let slot = appendSlot(SeriesKey(low: seeds.fourth.0, high: seeds.fourth.1), text.span, in: &state)
        // It stands for those beyond the limit and does not count towards it.
        state.liveCount -= 1
        state.overflowSlot = slot
        return slot
    }
}

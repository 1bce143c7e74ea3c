/// Reading the series of a store, and setting them back.
extension SeriesStore {
    /// How many series one turn under the lock reads, so that who makes a series does not wait long.
    static let batch = 128

    /// Calls a closure with the label text, the cell and the creation time of every exposed series, by rising slot, some at a time
    /// under the lock.
    ///
    /// - Parameters:
    ///   - sink: handed to both closures.
    ///   - body: returns whether more of this batch may follow.
    ///   - pause: called without the lock after each batch; here a page may be sent on.
    /// - Returns: the number of this reading, for ``confirm(reading:)``.
    @discardableResult
    @inline(__always)
    func forEachSeries<Sink: ~Copyable>(
        into sink: inout Sink,
        _ body: (inout Sink, _ labels: Span<UInt8>, _ cell: Cell, _ times: SampleTimes) -> Bool,
        pause: (inout Sink) throws -> Void
    ) rethrows -> UInt64 {
        let reading = state.withLock { state in
            state.readings += 1
            return state.readings
        }
        var next = 0
        var run = 0
        var isDone = false
        while !isDone {
            state.withLock { state in
                let end = min(next + Self.batch, state.slotCount)
                var goesOn = true
                while next < end, goesOn {
                    // Slots of one chunk lie side by side, and most were made at one time.
                    let (created, runEnd) = state.created.run(of: next, &run)
                    let (first, start, end) = (place(slot: next), next, min(end, runEnd, chunkEnd(from: next)))
                    let hasExceptions = state.created.hasExceptions
                    repeat {
                        let place = first.neighbour(next &- start, words: words)
                        if place.generation & 1 == 0 || state.leaving[next] != nil {
                            let created = hasExceptions ? state.created.exception(next) ?? created : created
                            goesOn = state.texts.withText(at: Self.textPlace(place)) {
                                body(&sink, $0, Cell(place, shared), SampleTimes(created: created))
                            }
                            if !state.leaving.isEmpty { state.leaving[next]?.shownIn = reading }
                        }
                        next &+= 1
                    } while next < end && goesOn
                }
                isDone = next >= state.slotCount
            }
            try pause(&sink)
        }
        return reading
    }

    /// Sets a series of a fixed store back to zero.
    func resetFixed(_ slot: Int) {
        guard (0..<fixedCount).contains(slot) else { return }
        state.withLock { reset(slot, in: &$0) }
    }

    /// How many series there are.
    var seriesCount: Int {
        state.withLock { state in (0..<state.slotCount).count { isExposed($0, in: state) } }
    }

    func reset(_ slot: Int, in state: inout State) {
        // Before the words: what is added right after that counts from a time that was before it.
        if layout.hasCreationTime { state.created.set(slot, at: CoarseClock.unixSeconds()) }
        let cell = Cell(place(slot: slot), shared)
        switch layout.kind {
        case .sum: cell.resetSums()
        case .value, .state: cell.resetValue()
        case .histogram, .nativeHistogram: cell.resetHistogram()
        case .summary:
            cell.resetHistogram()
            state.windows[slot].clear()
        }
        dropExemplars(slot)
    }

    /// Lets go of the exemplars of a slot.
    func dropExemplars(_ slot: Int) {
        if shared.hasExemplars { Cell(place(slot: slot), shared).dropExemplars() }
    }

    func textPlace(of slot: Int) -> UInt32 { Self.textPlace(place(slot: slot)) }

    /// The place of a series' label text, which stands beside the generation.
    @inline(__always)
    private static func textPlace(_ place: CellPlace) -> UInt32 {
        UInt32(truncatingIfNeeded: place.generationWord.loadRelaxed(0) &>> 32) & 0x7fff_ffff
    }

    /// The first slot behind the chunk that a slot is in.
    private func chunkEnd(from slot: Int) -> Int {
        if isFixed { return .max }
        return max(1 << Self.firstChunkBits, 1 << (Int.bitWidth - slot.leadingZeroBitCount))
    }

    func withText<R>(of slot: Int, in state: borrowing State, _ body: (Span<UInt8>) -> R) -> R {
        state.texts.withText(at: textPlace(of: slot), body)
    }

    /// Keeps a window and lets the cell of a slot find it.
    func attach(_ window: QuantileWindow, toSlot slot: Int, in state: inout State) {
        state.windows.append(window)
        // SAFETY: the reference that is retained here is never released, as the cell's memory is never freed.
        let address = unsafe UInt(bitPattern: Unmanaged.passRetained(window).toOpaque())
        place(slot: slot).words.storeReleasing(SummaryWords.window, UInt64(address))
    }
}

extension CellPlace {
    /// The place of a slot that is so much further in the same chunk, in a store whose cells have so many words.
    @inline(__always)
    fileprivate func neighbour(_ distance: Int, words count: Int) -> CellPlace {
        let generationWord = generationWord.advanced(by: distance &* 3)
        return CellPlace(
            words: words.advanced(by: distance &* count), generationWord: generationWord,
            // Acquiring, as in a lookup.
            generation: CellPlace.generation(in: generationWord.loadAcquiring(0)),
            stripeMask: stripeMask, stripeStride: stripeStride)
    }
}

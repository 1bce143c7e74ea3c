#if SwiftMetrics
    import Synchronization
    import Vernier

    /// Counts who is reading right now, so that what was taken away is let go of when nobody can have it any more.
    ///
    /// A reader adds one to a count, looks at what is shared, takes a reference to what it found, and subtracts the one again. Who took something
    /// away waits until each count was zero once: then whoever might have found it has its own reference, or did not take one. The counts are in
    /// stripes, and in two phases of which readers use one: a count that is waited for gets no new readers.
    @safe
    struct ReaderCounts: ~Copyable, @unchecked Sendable {
        // SAFETY (Sendable): the words are only reached through atomic operations.
        private let words: UnsafeMutableRawPointer
        /// The phase that readers count in: 0 or 1.
        private let phase = Atomic<UInt>(0)
        private let mask: UInt32

        /// A pair of cache lines for each stripe.
        private static var stride: Int { 128 }
        /// How often a count is looked at before the wait is given up: then its thread may be stopped, or be in another process.
        private static var patience: Int { 1 << 14 }

        init() {
            let count = Stripe.count
            mask = UInt32(count - 1)
            // SAFETY: the block is zeroed, which is an initialised `Atomic<UInt64>`, aligned, and freed by the deinit.
            unsafe words = .allocate(byteCount: count * Self.stride, alignment: Self.stride)
            unsafe words.initializeMemory(as: UInt8.self, repeating: 0, count: count * Self.stride)
        }

        deinit {
            // SAFETY: nobody reads any more.
            unsafe words.deallocate()
        }

        @inline(__always)
        private func count(_ stripe: Int, _ phase: UInt) -> UnsafeMutablePointer<Atomic<UInt64>> {
            // SAFETY: the stripe was masked, and there are two words at the start of each.
            unsafe (words + stripe &* Self.stride + Int(bitPattern: phase) &* 8)
                .assumingMemoryBound(to: Atomic<UInt64>.self)
        }

        /// Begins to read; what it returns goes to ``leave(_:)``.
        ///
        /// Sequentially consistent, as what is read after it: either who takes something away sees the count, or the reader sees that it was taken.
        @inline(__always)
        func enter() -> UnsafeMutablePointer<Atomic<UInt64>> {
            // Relaxed: a count of the other phase is waited for too.
            // SAFETY: see `count`.
            let count = unsafe count(Int(truncatingIfNeeded: Stripe.hint & mask), phase.load(ordering: .relaxed))
            unsafe count.pointee.wrappingAdd(1, ordering: .sequentiallyConsistent)
            return unsafe count
        }

        /// Ends to read; releasing, so that a reference that was taken comes before the end of the wait for it.
        @inline(__always)
        func leave(_ count: UnsafeMutablePointer<Atomic<UInt64>>) {
            // SAFETY: it is one that `enter` gave.
            unsafe count.pointee.wrappingSubtract(1, ordering: .releasing)
        }

        /// Waits until nobody reads who began before; one caller at a time.
        ///
        /// - Returns: false when somebody did not end.
        func wait() -> Bool {
            let current = phase.load(ordering: .relaxed)
            // Those that read which phase it is before it last changed.
            guard isDrained(1 - current) else { return false }
            phase.store(1 - current, ordering: .sequentiallyConsistent)
            return isDrained(current)
        }

        private func isDrained(_ phase: UInt) -> Bool {
            for stripe in 0...Int(mask) {
                var turns = 0
                // SAFETY: see `count`.
                while unsafe count(stripe, phase).pointee.load(ordering: .sequentiallyConsistent) != 0 {
                    turns += 1
                    if turns > Self.patience { return false }
                    if turns > 64 { Platform.yieldThread() }
                }
            }
            return true
        }
    }
#endif

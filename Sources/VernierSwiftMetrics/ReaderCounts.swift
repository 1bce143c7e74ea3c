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
        /// How many nanoseconds all counts are waited for before the wait is given up: then a thread may be stopped in the middle.
        private static var patience: UInt64 { 1_000_000 }

        init() {
            let count = Stripe.count
            mask = UInt32(count - 1)
            // SAFETY: the block is zeroed, which is an initialised `Atomic<UInt64>`, aligned, and freed by the deinit.
            unsafe words = .allocate(byteCount: count * Self.stride, alignment: Self.stride)
            unsafe words.initializeMemory(as: UInt8.self, repeating: 0, count: count * Self.stride)
        }

        deinit {
            // SAFETY: a block of `allocate`; who reads has the counts, so nobody does.
            unsafe words.deallocate()
        }

        @inline(__always)
        private func count(_ stripe: Int, _ phase: UInt) -> UnsafeMutablePointer<Atomic<UInt64>> {
            // SAFETY: the caller's stripe is at most the mask, the phase is 0 or 1, and there are two words at the start of each stripe.
            unsafe (words + stripe &* Self.stride + Int(bitPattern: phase) &* 8)
                .assumingMemoryBound(to: Atomic<UInt64>.self)
        }

        /// Begins to read; what it returns goes to ``leave(_:)``.
        ///
        /// Sequentially consistent, as what is read after it: either who takes something away sees the count, or the reader sees that it was taken.
        @inline(__always)
        func enter() -> UnsafeMutablePointer<Atomic<UInt64>> {
            // Relaxed: a count of the other phase is waited for too.
            // SAFETY: the stripe is masked.
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
        /// Readers are between a few instructions, unless their thread lost its processor there: so the wait mostly is none. It ends after
        /// about a millisecond, or when the processor comes back that was given away at its end.
        ///
        /// - Returns: false when somebody did not end.
        func wait() -> Bool {
            let deadline = Platform.monotonicNanoseconds &+ Self.patience
            let current = phase.load(ordering: .relaxed)
            // Those that read which phase it is before it last changed.
            guard isDrained(1 - current, until: deadline) else { return false }
            phase.store(1 - current, ordering: .sequentiallyConsistent)
            return isDrained(current, until: deadline)
        }

        private func isDrained(_ phase: UInt, until deadline: UInt64) -> Bool {
            for stripe in 0...Int(mask) {
                var turns = 0
                // SAFETY: stripes go up to the mask.
                while unsafe count(stripe, phase).pointee.load(ordering: .sequentiallyConsistent) != 0 {
                    turns += 1
                    guard turns > 64 else { continue }
                    if Platform.monotonicNanoseconds >= deadline { return false }
                    Platform.yieldThread()
                }
            }
            return true
        }
    }
#endif

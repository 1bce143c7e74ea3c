public import Synchronization

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Zeroed 64-bit words that threads share, and the atomic operations on them.
///
/// This is the only type that turns a raw pointer into atomics. Whoever makes one decides how many words there are and keeps the
/// indexes below that.
@usableFromInline
@safe
package struct CellMemory: @unchecked Sendable {
    // SAFETY (Sendable): words are only reached through atomic operations, and freed by their owner after the last of them.
    @usableFromInline let base: UnsafeMutableRawPointer

    @usableFromInline
    init(base: UnsafeMutableRawPointer) {
        unsafe self.base = base
    }

    /// The size of a cache line pair, which processors fetch together.
    static let alignment = 128

    /// Allocates zeroed words that start on a cache line of their own.
    ///
    /// Pages that nobody touches cost no memory: large blocks come from the system as zero pages.
    static func allocate(words: Int) -> Allocation {
        let bytes = words * 8
        // SAFETY: `calloc` gives `bytes + alignment` zeroed bytes or nil, which ends the process as any failed allocation does.
        guard let raw = unsafe calloc(1, bytes + alignment) else { outOfMemory(bytes) }
        let aligned = unsafe UnsafeMutableRawPointer(
            bitPattern: (UInt(bitPattern: raw) + UInt(alignment - 1)) & ~UInt(alignment - 1))
        // SAFETY: rounding up stays inside the block, as `alignment` more bytes were asked for.
        return unsafe Allocation(memory: CellMemory(base: aligned ?? raw), raw: raw, bytes: bytes)
    }

    private static func outOfMemory(_ bytes: Int) -> Never {
        preconditionFailure("Vernier: the system gave no memory for \(bytes) bytes of metrics.")
    }

    /// A block and what frees it.
    @safe
    struct Allocation {
        let memory: CellMemory
        let raw: UnsafeMutableRawPointer
        let bytes: Int

        /// Frees the block. Nobody may use it any more.
        func free() {
            // SAFETY: `raw` came from `calloc` and its owner frees it once, in its own deinit.
            unsafe releaseMemory(raw)
        }
    }

    /// The words from `index` on.
    @inlinable
    @inline(__always)
    package func advanced(by words: Int) -> CellMemory {
        // SAFETY: the owner keeps `words` inside the block.
        unsafe CellMemory(base: base + words &* 8)
    }

    @inlinable
    @inline(__always)
    func word(_ index: Int) -> UnsafeMutablePointer<Atomic<UInt64>> {
        // SAFETY: in bounds by the owner's layout; zeroed memory is an initialised `Atomic<UInt64>`; 8-byte aligned; shared use is atomic.
        unsafe (base + index &* 8).assumingMemoryBound(to: Atomic<UInt64>.self)
    }

    /// Reads a word.
    @inlinable
    @inline(__always)
    package func loadRelaxed(_ index: Int) -> UInt64 {
        // SAFETY: see `word`.
        unsafe word(index).pointee.load(ordering: .relaxed)
    }

    /// Reads a word; what its writer did before a releasing write is then visible.
    @inlinable
    @inline(__always)
    package func loadAcquiring(_ index: Int) -> UInt64 {
        // SAFETY: see `word`.
        unsafe word(index).pointee.load(ordering: .acquiring)
    }

    /// Writes a word.
    @inlinable
    @inline(__always)
    package func storeRelaxed(_ index: Int, _ value: UInt64) {
        // SAFETY: see `word`.
        unsafe word(index).pointee.store(value, ordering: .relaxed)
    }

    /// Writes a word and publishes what was done before.
    @inlinable
    @inline(__always)
    package func storeReleasing(_ index: Int, _ value: UInt64) {
        // SAFETY: see `word`.
        unsafe word(index).pointee.store(value, ordering: .releasing)
    }

    /// Adds to a word, wrapping.
    @inlinable
    @inline(__always)
    package func addRelaxed(_ index: Int, _ amount: UInt64) {
        // SAFETY: see `word`.
        unsafe word(index).pointee.wrappingAdd(amount, ordering: .relaxed)
    }

    /// Adds to a word, wrapping, and publishes what was done before.
    @inlinable
    @inline(__always)
    package func addReleasing(_ index: Int, _ amount: UInt64) {
        // SAFETY: see `word`.
        unsafe word(index).pointee.wrappingAdd(amount, ordering: .releasing)
    }

    /// Adds to a word, wrapping, and returns what it was; nothing that follows moves before it.
    @inlinable
    @inline(__always)
    package func addAcquiring(_ index: Int, _ amount: UInt64) -> UInt64 {
        // SAFETY: see `word`.
        unsafe word(index).pointee.wrappingAdd(amount, ordering: .acquiring).oldValue
    }

    /// Adds to a word, wrapping, and returns what it was; nothing moves across it.
    package func addAcquiringAndReleasing(_ index: Int, _ amount: UInt64) -> UInt64 {
        // SAFETY: see `word`.
        unsafe word(index).pointee.wrappingAdd(amount, ordering: .acquiringAndReleasing).oldValue
    }

    /// Takes what a word holds and leaves another value.
    package func exchangeRelaxed(_ index: Int, _ value: UInt64) -> UInt64 {
        // SAFETY: see `word`.
        unsafe word(index).pointee.exchange(value, ordering: .relaxed)
    }

    /// Adds to a word that holds a `Double`, and publishes what was done before.
    @inlinable
    @inline(__always)
    package func addReleasing(_ index: Int, double amount: Double) {
        var seen = loadRelaxed(index)
        while true {
            let sum = (Double(bitPattern: seen) + amount).bitPattern
            // SAFETY: see `word`.
            let (done, now) = unsafe word(index).pointee.weakCompareExchange(
                expected: seen, desired: sum, successOrdering: .releasing, failureOrdering: .relaxed)
            if done { return }
            seen = now
        }
    }
}

private func releaseMemory(_ raw: UnsafeMutableRawPointer) {
    // SAFETY: forwarded from `Allocation.free`.
    unsafe free(raw)
}

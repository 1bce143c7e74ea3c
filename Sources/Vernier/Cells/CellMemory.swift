public import Synchronization

/// Zeroed 64-bit words that threads share, and the atomic operations on them.
///
/// This is the only type that turns a raw pointer into atomics. Whoever makes one decides how many words there are and keeps the
/// indexes below that. The words live as long as the process: so an instrument, which is a few addresses, may be kept and copied
/// without a reference count, and is safe to use whatever became of its family.
@usableFromInline
@safe
struct CellMemory: @unchecked Sendable {
    // SAFETY (Sendable): words are only reached through atomic operations, or before they are shared, and are never freed.
    @usableFromInline let base: UnsafeMutableRawPointer

    @usableFromInline
    init(base: UnsafeMutableRawPointer) {
        unsafe self.base = base
    }

    /// Allocates zeroed words for good, on cache lines of their own.
    ///
    /// A page that nobody writes to costs no memory.
    static func allocate(words: Int) -> CellMemory {
        // SAFETY: the block has room for the words, is zeroed and aligned, and nobody frees it.
        unsafe CellMemory(base: ImmortalMemory.allocate(bytes: words * 8))
    }

    /// The words at an address that ``address`` gave.
    @inline(__always)
    init(address: UInt64) {
        // SAFETY: an address that came from a pointer that is not nil.
        unsafe base = UnsafeMutableRawPointer(bitPattern: UInt(address)).unsafelyUnwrapped
    }

    /// Where the words are, to be kept in a word.
    var address: UInt64 { unsafe UInt64(UInt(bitPattern: base)) }

    /// Allocates zeroed words for good where many share what a cache line is; they hang from other words.
    static func allocate(unaligned words: Int) -> CellMemory {
        let memory = UnsafeMutableRawPointer.allocate(byteCount: words * 8, alignment: 16)
        // SAFETY: the bytes were just allocated.
        unsafe memory.initializeMemory(as: UInt64.self, repeating: 0, count: words)
        return unsafe CellMemory(base: memory)
    }

    /// Gives words of ``allocate(unaligned:)`` back that nobody else has ever had.
    func free() {
        // SAFETY: the caller's promise.
        unsafe base.deallocate()
    }

    /// The words from `index` on.
    @inlinable
    @inline(__always)
    func advanced(by words: Int) -> CellMemory {
        // SAFETY: the owner keeps `words` inside the block.
        unsafe CellMemory(base: base + words &* 8)
    }

    /// Keeps the address of other words in a word.
    func storeRelaxed(_ index: Int, address memory: CellMemory) {
        storeRelaxed(index, memory.address)
    }

    /// The words whose address was kept in a word; nil where none was.
    @inline(__always)
    func memory(at index: Int) -> CellMemory? {
        // SAFETY: the word holds zero or what `storeRelaxed(_:address:)` put there, the address of words that are never freed.
        unsafe UnsafeMutableRawPointer(bitPattern: UInt(loadRelaxed(index))).map { unsafe CellMemory(base: $0) }
    }

    @inlinable
    @inline(__always)
    func word(_ index: Int) -> UnsafeMutablePointer<Atomic<UInt64>> {
        // SAFETY: in bounds by the owner's layout; zeroed memory is an initialised `Atomic<UInt64>`; 8-byte aligned; shared use is atomic.
        unsafe (base + index &* 8).assumingMemoryBound(to: Atomic<UInt64>.self)
    }

    /// Reads eight numbers that were written before the memory was shared, and never since.
    @inlinable
    @inline(__always)
    func eightDoubles(at index: Int) -> SIMD8<Double> {
        // SAFETY: in bounds by the owner's layout; initialised; not written to any more.
        unsafe (base + index &* 8).loadUnaligned(as: SIMD8<Double>.self)
    }

    /// Reads a word.
    @inlinable
    @inline(__always)
    func loadRelaxed(_ index: Int) -> UInt64 {
        // SAFETY: see `word`.
        unsafe word(index).pointee.load(ordering: .relaxed)
    }

    /// Reads a word; what its writer did before a releasing write is then visible.
    @inlinable
    @inline(__always)
    func loadAcquiring(_ index: Int) -> UInt64 {
        // SAFETY: see `word`.
        unsafe word(index).pointee.load(ordering: .acquiring)
    }

    /// Writes a word.
    @inlinable
    @inline(__always)
    func storeRelaxed(_ index: Int, _ value: UInt64) {
        // SAFETY: see `word`.
        unsafe word(index).pointee.store(value, ordering: .relaxed)
    }

    /// Writes a word and publishes what was done before.
    @inlinable
    @inline(__always)
    func storeReleasing(_ index: Int, _ value: UInt64) {
        // SAFETY: see `word`.
        unsafe word(index).pointee.store(value, ordering: .releasing)
    }

    /// Adds to a word, wrapping.
    @inlinable
    @inline(__always)
    func addRelaxed(_ index: Int, _ amount: UInt64) {
        // SAFETY: see `word`.
        unsafe word(index).pointee.wrappingAdd(amount, ordering: .relaxed)
    }

    /// Adds to a word, wrapping, and publishes what was done before.
    @inlinable
    @inline(__always)
    func addReleasing(_ index: Int, _ amount: UInt64) {
        // SAFETY: see `word`.
        unsafe word(index).pointee.wrappingAdd(amount, ordering: .releasing)
    }

    /// Adds to a word, wrapping, and returns what it was; nothing that follows moves before it.
    @inlinable
    @inline(__always)
    func addAcquiring(_ index: Int, _ amount: UInt64) -> UInt64 {
        // SAFETY: see `word`.
        unsafe word(index).pointee.wrappingAdd(amount, ordering: .acquiring).oldValue
    }

    /// Adds to a word, wrapping, publishes what was done before, and returns what it was.
    @inlinable
    @inline(__always)
    func exchangeAddReleasing(_ index: Int, _ amount: UInt64) -> UInt64 {
        // SAFETY: see `word`.
        unsafe word(index).pointee.wrappingAdd(amount, ordering: .releasing).oldValue
    }

    /// Adds to a word, wrapping, and returns what it was; nothing moves across it.
    func addAcquiringAndReleasing(_ index: Int, _ amount: UInt64) -> UInt64 {
        // SAFETY: see `word`.
        unsafe word(index).pointee.wrappingAdd(amount, ordering: .acquiringAndReleasing).oldValue
    }

    /// Takes what a word holds and leaves another value; nothing moves across it.
    func exchangeAcquiringAndReleasing(_ index: Int, _ value: UInt64) -> UInt64 {
        // SAFETY: see `word`.
        unsafe word(index).pointee.exchange(value, ordering: .acquiringAndReleasing)
    }

    /// Takes what a word holds and leaves another value.
    func exchangeRelaxed(_ index: Int, _ value: UInt64) -> UInt64 {
        // SAFETY: see `word`.
        unsafe word(index).pointee.exchange(value, ordering: .relaxed)
    }

    /// Writes a word if it is as expected, publishes what was done before, and tells whether it did.
    @inlinable
    @inline(__always)
    func replaceReleasing(_ index: Int, expected: UInt64, with value: UInt64) -> Bool {
        // SAFETY: see `word`.
        unsafe word(index).pointee.compareExchange(
            expected: expected, desired: value, successOrdering: .releasing, failureOrdering: .relaxed
        ).exchanged
    }

    /// Writes a word if it is as expected, and tells whether it did; nothing that follows moves before it.
    func replaceAcquiring(_ index: Int, expected: UInt64, with value: UInt64) -> Bool {
        // SAFETY: see `word`.
        unsafe word(index).pointee.compareExchange(
            expected: expected, desired: value, successOrdering: .acquiring, failureOrdering: .relaxed
        ).exchanged
    }

    /// Writes two words as one, the first at an even index, if both are as expected, and tells whether it did.
    ///
    /// Nothing moves across it. Each word may also be read by itself: processors with this operation keep words of both sizes
    /// coherent.
    @inlinable
    @inline(__always)
    func replacePair(_ index: Int, expected: (UInt64, UInt64), with values: (UInt64, UInt64)) -> Bool {
        // SAFETY: in bounds by the owner's layout, which puts pairs on addresses divisible by 16; zeroed memory is an initialised
        // `Atomic<WordPair>`; shared use is atomic.
        let pair = unsafe (base + index &* 8).assumingMemoryBound(to: Atomic<WordPair>.self)
        return unsafe pair.pointee.compareExchange(
            expected: WordPair(first: UInt(expected.0), second: UInt(expected.1)),
            desired: WordPair(first: UInt(values.0), second: UInt(values.1)),
            successOrdering: .acquiringAndReleasing, failureOrdering: .relaxed
        ).exchanged
    }

    /// Adds to a word that holds a `Double` and was seen to hold these bits, and publishes what was done before.
    @inline(__always)
    func addReleasing(_ index: Int, double amount: Double, seen: UInt64) {
        let sum = (Double(bitPattern: seen) + amount).bitPattern
        if !replaceReleasing(index, expected: seen, with: sum) { addReleasing(index, double: amount) }
    }

    /// Adds to a word that holds a `Double`, and publishes what was done before.
    @inlinable
    @inline(__always)
    func addReleasing(_ index: Int, double amount: Double) {
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

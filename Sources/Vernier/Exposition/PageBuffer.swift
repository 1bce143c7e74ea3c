/// The bytes of a page while it is written: one allocation that is kept from page to page.
///
/// Every append checks the room once and then copies; the allocation doubles when it is full. A buffer belongs to one
/// writer at a time, which its being noncopyable makes the compiler prove.
@safe  // SAFETY: `base` is private, and every use of it keeps to `capacity`.
package struct PageBuffer: ~Copyable {
    // The allocation: `capacity` bytes, of which the first `count` are initialised. Nobody outside this file sees it.
    private var base: UnsafeMutableRawPointer
    /// How many bytes fit before the buffer grows.
    package private(set) var capacity: Int
    /// How many bytes were appended.
    package private(set) var count: Int

    /// Makes an empty buffer with room for `minimumCapacity` bytes.
    package init(minimumCapacity: Int = 4096) {
        capacity = max(minimumCapacity, 64)
        count = 0
        // SAFETY: freed by the deinit.
        unsafe base = .allocate(byteCount: capacity, alignment: 1)
    }

    deinit {
        // SAFETY: allocated by `init` or `grow`, freed only here and where `grow` replaces it; bytes need no deinit.
        unsafe base.deallocate()
    }

    /// Makes room for `additional` more bytes, so that the next appends of that many copy nothing old.
    @inline(__always)
    package mutating func reserve(_ additional: Int) {
        if capacity &- count < additional { grow(by: additional) }
    }

    /// Forgets the content.
    ///
    /// - Parameter keepingCapacity: The largest allocation to keep for the next page; a larger one is given back.
    package mutating func removeAll(keepingCapacity limit: Int = .max) {
        count = 0
        guard capacity > limit else { return }
        replaceAllocation(capacity: max(limit, 64))
    }

    /// Lends the content for the time of `body`.
    package func withBytes<R: ~Copyable, E: Error>(_ body: (RawSpan) throws(E) -> R) throws(E) -> R {
        // SAFETY: the first `count` bytes are initialised; `self` is borrowed, so that nothing grows or frees the
        // allocation while the span, which cannot escape `body`, lives.
        let bytes = unsafe RawSpan(_unsafeStart: UnsafeRawPointer(base), byteCount: count)
        return try body(bytes)
    }

    /// A copy of the content.
    package var array: [UInt8] {
        // SAFETY: the first `count` bytes at `base` are initialised and stay while they are copied.
        unsafe Array(UnsafeRawBufferPointer(start: base, count: count))
    }

    @inline(never)
    private mutating func grow(by additional: Int) {
        replaceAllocation(capacity: max(capacity * 2, count + additional))
    }

    private mutating func replaceAllocation(capacity newCapacity: Int) {
        let replacement = UnsafeMutableRawPointer.allocate(byteCount: newCapacity, alignment: 1)
        // SAFETY: `count` bytes are initialised at `base`, `newCapacity >= count`, and a new allocation overlaps nothing.
        unsafe replacement.copyMemory(from: base, byteCount: count)
        // SAFETY: ours alone (noncopyable), and no pointer into it outlives a call.
        unsafe base.deallocate()
        unsafe base = replacement
        capacity = newCapacity
    }

    /// Copies `length` bytes from `source` behind the content.
    @inline(__always)
    private mutating func append(from source: UnsafeRawPointer?, _ length: Int) {
        reserve(length)
        // SAFETY: `reserve` made the room; the callers vouch for the source.
        unsafe place(from: source, length)
    }

    /// Copies `length` bytes from `source` behind the content, where there is room; the one place where bytes of others come in.
    @inline(__always)
    private mutating func place(from source: UnsafeRawPointer?, _ length: Int) {
        guard let source = unsafe source else { return }
        // SAFETY: callers pass `length` initialised bytes that live through the call, and have made room for them at
        // `base + count`; nobody can hold a source inside this buffer while it is mutated.
        unsafe Self.copy(from: source, to: base + count, length)
        count &+= length
    }

    /// Copies `length` bytes in a few wide steps: a call of the C library costs more than the names and labels that pages are made of.
    ///
    /// A last step ends where the bytes end, and may repeat some of the step before.
    // SAFETY: the callers vouch for `length` bytes on both sides, which no step goes beyond.
    @inline(__always)
    static func copy(from source: UnsafeRawPointer, to target: UnsafeMutableRawPointer, _ length: Int) {
        switch length {
        case 16...128:
            unsafe step(from: source, to: target, 0, SIMD16<UInt8>.self)
            if length > 32 {
                if length > 64 {
                    unsafe step(from: source, to: target, 16, SIMD32<UInt8>.self)
                    unsafe step(from: source, to: target, 48, SIMD16<UInt8>.self)
                    unsafe step(from: source, to: target, length &- 64, SIMD32<UInt8>.self)
                } else {
                    unsafe step(from: source, to: target, 16, SIMD16<UInt8>.self)
                }
                unsafe step(from: source, to: target, length &- 32, SIMD16<UInt8>.self)
            }
            unsafe step(from: source, to: target, length &- 16, SIMD16<UInt8>.self)
        case 8..<16:
            unsafe step(from: source, to: target, 0, UInt64.self)
            unsafe step(from: source, to: target, length &- 8, UInt64.self)
        case 4..<8:
            unsafe step(from: source, to: target, 0, UInt32.self)
            unsafe step(from: source, to: target, length &- 4, UInt32.self)
        default:
            unsafe target.copyMemory(from: source, byteCount: length)
        }
    }

    @inline(__always)
    private static func step<Word: BitwiseCopyable>(
        from source: UnsafeRawPointer, to target: UnsafeMutableRawPointer, _ offset: Int, _: Word.Type
    ) {
        // SAFETY: `copy` keeps the step inside the bytes of both sides.
        let word = unsafe source.loadUnaligned(fromByteOffset: offset, as: Word.self)
        unsafe target.storeBytes(of: word, toByteOffset: offset, as: Word.self)
    }
}

extension PageBuffer {
    /// Appends one byte.
    @inline(__always)
    package mutating func append(_ byte: UInt8) {
        reserve(1)
        // SAFETY: `reserve` made room at `base + count`.
        unsafe base.storeBytes(of: byte, toByteOffset: count, as: UInt8.self)
        count &+= 1
    }

    /// Appends the first `length` bytes of a word whose lowest byte comes first, by one store.
    ///
    /// This is how digits are written: eight at a time, without a loop.
    ///
    /// - Parameter length: From 0 to 8.
    @inline(__always)
    package mutating func append(lowBytesOf word: UInt64, _ length: Int) {
        reserve(8)
        place(lowBytesOf: word, length)
    }

    /// Writes the first `length` bytes of a word where there is room for 8.
    @inline(__always)
    private mutating func place(lowBytesOf word: UInt64, _ length: Int) {
        // SAFETY: the callers made room for all 8 bytes at `base + count`; those past `length` stay outside the content.
        unsafe base.storeBytes(of: word.littleEndian, toByteOffset: count, as: UInt64.self)
        count &+= length
    }

    /// Appends bytes that were rendered before, such as a series' name and labels.
    @inline(__always)
    package mutating func append(_ bytes: [UInt8]) {
        // SAFETY: the array keeps its bytes alive and in place for the time of the closure.
        unsafe bytes.withUnsafeBytes { unsafe append(from: $0.baseAddress, $0.count) }
    }

    /// Appends bytes that somebody else owns.
    @inline(__always)
    package mutating func append(copying bytes: RawSpan) {
        // SAFETY: a span's bytes are initialised and outlive the closure.
        unsafe bytes.withUnsafeBytes { unsafe append(from: $0.baseAddress, $0.count) }
    }

    /// Appends bytes that somebody else owns.
    @inline(__always)
    package mutating func append(copying bytes: Span<UInt8>) {
        // SAFETY: a span's bytes are initialised and outlive the closure.
        unsafe bytes.withUnsafeBytes { unsafe append(from: $0.baseAddress, $0.count) }
    }

    /// Appends the content of another buffer.
    @inline(__always)
    package mutating func append(copying other: borrowing PageBuffer) {
        // SAFETY: the first `count` bytes of the other buffer are initialised, and it is borrowed for the time of the call.
        unsafe append(from: UnsafeRawPointer(other.base), other.count)
    }

    /// Appends `head`, `labels`, `} `, a whole number and a line feed: most lines of most pages, with one check for the room.
    package mutating func append(line head: borrowing PageBuffer, _ labels: Span<UInt8>, unsigned value: UInt64) {
        // Besides the texts: two bytes, up to 20 digits, the line feed, and what a store of eight bytes may be too wide.
        reserve(head.count &+ labels.count &+ 32)
        // SAFETY: there is room for all of it; another buffer's content and a span's bytes are initialised and stay.
        unsafe place(from: UnsafeRawPointer(head.base), head.count)
        unsafe labels.withUnsafeBytes { unsafe place(from: $0.baseAddress, $0.count) }
        place(lowBytesOf: 0x207D, 2)
        if value < 100_000_000 {
            let (word, count) = NumberText.digits(below10E8: value)
            place(lowBytesOf: word, count)
        } else {
            append(unsigned: value)
        }
        place(lowBytesOf: 0x0A, 1)
    }

    /// Appends a literal.
    @inline(__always)
    package mutating func append(_ text: StaticString) {
        // SAFETY: a literal's bytes are initialised and never freed.
        text.withUTF8Buffer { unsafe append(from: $0.baseAddress, $0.count) }
    }

    /// Appends the UTF-8 bytes of a string.
    @inline(__always)
    package mutating func append(utf8 text: String) {
        // SAFETY: the string keeps its bytes alive and in place for the time of the closure.
        let done: Void? = unsafe text.utf8.withContiguousStorageIfAvailable {
            unsafe append(from: $0.baseAddress, $0.count)
        }
        if done == nil { append(Array(text.utf8)) }
    }
}

// MARK: Lengths and escaped text, for messages

extension PageBuffer {
    /// Writes how many bytes follow the byte at `place`, which was appended to be written over, as a varint into it.
    ///
    /// Most messages are shorter than 128 bytes and need that one byte; what follows a longer length moves.
    @inline(__always)
    package mutating func closeLength(at place: Int) {
        closeLength(at: place, count &- place &- 1)
    }

    /// Writes a length as a varint into the byte at `place`, before what follows.
    @inline(__always)
    package mutating func closeLength(at place: Int, _ length: Int) {
        guard length < 0x80, place < count else { return insertLength(at: place, length) }
        // SAFETY: the byte is one of the first `count`.
        unsafe base.storeBytes(of: UInt8(truncatingIfNeeded: length), toByteOffset: place, as: UInt8.self)
    }

    @inline(never)
    private mutating func insertLength(at place: Int, _ length: Int) {
        guard place < count else { return }
        let more = (63 &- (length | 1).leadingZeroBitCount) / 7
        reserve(more)
        // SAFETY: `reserve` made the room behind the content; both sides are in the allocation, and `memmove` lets them overlap.
        unsafe (base + place + 1 + more).copyMemory(from: base + place + 1, byteCount: count &- place &- 1)
        var rest = length
        for index in 0..<more {
            // SAFETY: `place + more` is before the end of the content.
            unsafe base.storeBytes(
                of: UInt8(truncatingIfNeeded: rest | 0x80), toByteOffset: place + index, as: UInt8.self)
            rest >>= 7
        }
        // SAFETY: as above.
        unsafe base.storeBytes(of: UInt8(truncatingIfNeeded: rest), toByteOffset: place + more, as: UInt8.self)
        count &+= more
    }

    /// Takes back what was appended behind the first `length` bytes.
    package mutating func truncate(to length: Int) { count = min(count, max(length, 0)) }

    /// Lends the room behind the content, for bytes that are many and small.
    ///
    /// - Parameters:
    ///   - room: How many bytes `body` may write.
    ///   - body: Writes from the address on, and returns how many bytes are to stay.
    // SAFETY: `body` keeps to the room, initialises what is to stay, and keeps the address to itself.
    @unsafe
    @inline(__always)
    mutating func append(atMost room: Int, _ body: (UnsafeMutableRawPointer) -> Int) {
        reserve(room)
        count &+= unsafe body(base + count)
    }
}

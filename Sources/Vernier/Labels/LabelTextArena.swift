/// Keeps the label texts of a family's series, packed into blocks that never move.
///
/// A text is at a place of 31 bits: the block's number and the offset in it, in steps of eight bytes. Its length stands before it.
/// Blocks are plain memory, so that a page finds a text by two additions. Used under the lock of the store that owns it.
@safe
final class LabelTextArena: @unchecked Sendable {
    // SAFETY (Sendable): the store that owns it keeps it under its lock.
    // SAFETY: `table` and `write` are private; blocks are freed by the deinit alone, and every place that `insert` gave out is that
    // of a length followed by as many bytes, all initialised.
    private var table: UnsafeMutablePointer<UnsafeMutableRawPointer>
    private var tableCapacity = 8
    private var blockCount = 0
    /// How many bytes of the last block are taken, and how many it has.
    private var last = (taken: 0, capacity: 0)
    private var free: [Int: [UInt32]] = [:]
    private var freeBytes = 0
    private var usedBytes = 0
    /// How many bytes the blocks have together.
    private(set) var capacity = 0

    private static let blockBytes = 1 << 16
    private static let lengthBytes = 4

    init() {
        // SAFETY: freed by the deinit, or by `addBlock` when a larger one takes its place.
        unsafe table = .allocate(capacity: tableCapacity)
    }

    deinit {
        // SAFETY: nobody else has the arena, and no span of a text outlives a call.
        for block in 0..<blockCount { unsafe table[block].deallocate() }
        unsafe table.deallocate()
    }

    /// Keeps a text and returns its place.
    ///
    /// - Complexity: the length of the text.
    func insert(_ text: [UInt8]) -> UInt32 { insert(text.span) }

    /// Keeps a text and returns its place.
    ///
    /// - Complexity: the length of the text.
    func insert(_ text: Span<UInt8>) -> UInt32 {
        let size = Self.size(text.count)
        usedBytes += size
        // Making series seldom finds room that another left, and looking for it costs more than all the rest here.
        if freeBytes > 0, let place = free[size]?.popLast() {
            freeBytes -= size
            write(text, at: place)
            return place
        }
        if last.taken + size > last.capacity { addBlock(atLeast: size) }
        let place = UInt32((blockCount - 1) << 13 | last.taken >> 3)
        last.taken += size
        write(text, at: place)
        return place
    }

    /// Gives the room of a text to later ones.
    func remove(_ place: UInt32) {
        let size = withText(at: place) { Self.size($0.count) }
        free[size, default: []].append(place)
        freeBytes += size
        usedBytes -= size
    }

    /// Whether more room is free than taken, and much: texts of ever new lengths do not fit into the room of others.
    var isWasteful: Bool { freeBytes > usedBytes + Self.toleratedWaste }

    static let toleratedWaste = 1 << 20

    /// Whether the places have no number left for another block: 16 gigabytes of texts.
    var isFull: Bool { blockCount >= (1 << 18) - 1 }

    /// Hands the text at a place to a closure.
    @inline(__always)
    func withText<R>(at place: UInt32, _ body: (Span<UInt8>) throws -> R) rethrows -> R {
        // SAFETY: as for every place that `insert` gave out.
        let start = unsafe address(of: place)
        // SAFETY: a length and as many bytes are at the place; nobody writes there before the text is removed.
        let length = unsafe Int(start.load(as: UInt32.self))
        let text = unsafe Span<UInt8>(
            _unsafeStart: (start + Self.lengthBytes).assumingMemoryBound(to: UInt8.self), count: length)
        return try body(text)
    }

    @inline(__always)
    private func address(of place: UInt32) -> UnsafeMutableRawPointer {
        // SAFETY: places are those of texts in blocks that are there.
        unsafe table[Int(place &>> 13)] + Int(place & 0x1fff) &<< 3
    }

    /// The room that a text takes with its length: in steps of eight bytes, so that every length is aligned.
    private static func size(_ length: Int) -> Int { (length + lengthBytes + 7) & ~7 }

    private func write(_ text: Span<UInt8>, at place: UInt32) {
        // SAFETY: `insert` made the place.
        let start = unsafe address(of: place)
        // SAFETY: the place has room for a text of this size, and nobody reads there yet.
        unsafe start.storeBytes(of: UInt32(text.count), as: UInt32.self)
        // SAFETY: the span's bytes are somebody else's, as nobody writes while one of ours is lent.
        unsafe text.withUnsafeBytes { bytes in
            guard let source = bytes.baseAddress else { return }
            unsafe (start + Self.lengthBytes).copyMemory(from: source, byteCount: bytes.count)
        }
    }

    /// Adds a block: small ones first, so that a small family takes little.
    private func addBlock(atLeast size: Int) {
        if blockCount == tableCapacity {
            // SAFETY: the larger table takes the addresses over, and nobody holds the old one.
            let larger = UnsafeMutablePointer<UnsafeMutableRawPointer>.allocate(capacity: tableCapacity * 2)
            unsafe larger.moveInitialize(from: table, count: blockCount)
            unsafe table.deallocate()
            unsafe table = larger
            tableCapacity *= 2
        }
        last = (0, max(size, min(Self.blockBytes, 1024 << min(blockCount, 6))))
        // SAFETY: the table has room for one more; the block is freed by the deinit.
        unsafe (table + blockCount).initialize(to: .allocate(byteCount: last.capacity, alignment: 8))
        blockCount += 1
        capacity += last.capacity
    }
}

public import Synchronization

/// The hash table from series keys to slots: read without a lock, changed under the lock of its store.
///
/// An entry is 32 bits: eight of the hash, to pass over most others, and the slot's number plus one. Probing is linear. When the
/// table grows a new one takes its place and the old ones stay until the end, as readers may still be in them; together they are
/// smaller than the new one.
@usableFromInline
@safe  // SAFETY: tables are reached through `entry` and `mask`, and live until the deinit.
struct SeriesIndex: ~Copyable {
    /// The table in use: a word with its mask, then the entries.
    @usableFromInline let table: Atomic<UnsafeMutableRawPointer>

    @usableFromInline static var slotBits: UInt32 { 0x00ff_ffff }
    /// How many slots the entries can tell apart.
    static var maximumSlots: Int { Int(slotBits) }

    init() {
        // SAFETY: the table is complete and nobody else's.
        let first = unsafe Self.makeTable(capacity: 32)
        unsafe table = Atomic(first)
    }

    deinit {
        // SAFETY: the store, which alone gives access, is gone; each table is freed once, along the chain of old ones.
        var next = unsafe Optional(table.load(ordering: .relaxed))
        while let current = unsafe next {
            unsafe next = Self.older(current)
            unsafe current.deallocate()
        }
    }

    private static var headerBytes: Int { 16 }

    private static func makeTable(
        capacity: Int, older: UnsafeMutableRawPointer? = nil
    ) -> UnsafeMutableRawPointer {
        let bytes = headerBytes + capacity * 4
        // SAFETY: the block is `bytes` long, aligned for words, and zeroed before anybody else sees it.
        // A table of megabytes is read all over: on small pages that costs another miss, of the addresses.
        let isLarge = bytes >= Platform.largePageBytes
        let raw = UnsafeMutableRawPointer.allocate(
            byteCount: bytes, alignment: isLarge ? Platform.largePageBytes : 16)
        if isLarge { unsafe Platform.preferLargePages(raw, bytes) }
        unsafe raw.initializeMemory(as: UInt8.self, repeating: 0, count: bytes)
        unsafe raw.storeBytes(of: UInt64(capacity - 1), as: UInt64.self)
        unsafe raw.storeBytes(of: UInt(bitPattern: older), toByteOffset: 8, as: UInt.self)
        return unsafe raw
    }

    private static func older(_ table: UnsafeMutableRawPointer) -> UnsafeMutableRawPointer? {
        // SAFETY: the header of a table holds the address of the one before it, or zero.
        unsafe UnsafeMutableRawPointer(bitPattern: table.load(fromByteOffset: 8, as: UInt.self))
    }

    @inlinable
    @inline(__always)
    static func entry(_ table: UnsafeMutableRawPointer, _ index: UInt32) -> UnsafeMutablePointer<Atomic<UInt32>> {
        // SAFETY: `index` was masked with the table's own mask; zeroed bytes are an initialised `Atomic<UInt32>`, aligned to four.
        unsafe (table + 16 + Int(truncatingIfNeeded: index) &* 4).assumingMemoryBound(to: Atomic<UInt32>.self)
    }

    @inlinable
    @inline(__always)
    static func mask(_ table: UnsafeMutableRawPointer) -> UInt32 {
        // SAFETY: the header's first word was written before the table was published and is never changed.
        unsafe UInt32(truncatingIfNeeded: table.load(as: UInt64.self))
    }

    /// Where in a table a search begins, before the table's mask.
    @inlinable
    @inline(__always)
    static func home(_ hash: UInt64) -> UInt32 { UInt32(truncatingIfNeeded: hash &>> 32) }

    /// What an entry has of the hash, in the bits where it has it.
    @inlinable
    @inline(__always)
    static func tag(_ hash: UInt64) -> UInt32 { UInt32(truncatingIfNeeded: hash &>> 32) & ~slotBits }

    /// Calls a closure with the slots that may have the key, until it returns something.
    ///
    /// Acquiring: whoever sees a table or an entry sees the slot as it was when that was published.
    @inlinable
    @inline(__always)
    func first<R>(hash: UInt64, where match: (_ slot: Int) -> R?) -> R? {
        // SAFETY: the table lives until the deinit; see `mask` and `entry`.
        let table = unsafe table.load(ordering: .acquiring)
        let mask = unsafe Self.mask(table)
        let tag = Self.tag(hash)
        var index = Self.home(hash) & mask
        while true {
            // SAFETY: see `entry`.
            let entry = unsafe Self.entry(table, index).pointee.load(ordering: .acquiring)
            // What is left below the tag is a slot's number plus one; with another tag it is more, and with a free entry none.
            let slot = (entry ^ tag) &- 1
            if slot < Self.slotBits, let found = match(Int(truncatingIfNeeded: slot)) { return found }
            if entry == 0 { return nil }
            index = (index &+ 1) & mask
        }
    }

    /// How many entries the table has.
    var capacity: Int {
        // SAFETY: the table in use lives until the deinit.
        unsafe Int(Self.mask(table.load(ordering: .relaxed))) + 1
    }

    /// Adds an entry, for which there must be room.
    func insert(slot: Int, hash: UInt64) {
        // SAFETY: the table in use lives until the deinit.
        unsafe Self.insert(slot: slot, hash: hash, into: table.load(ordering: .relaxed))
    }

    private static func insert(slot: Int, hash: UInt64, into table: UnsafeMutableRawPointer) {
        let mask = unsafe Self.mask(table)
        var index = home(hash) & mask
        // SAFETY: see `entry`. Releasing: the slot was filled before.
        while unsafe entry(table, index).pointee.load(ordering: .relaxed) != 0 { index = (index &+ 1) & mask }
        unsafe entry(table, index).pointee.store(tag(hash) | UInt32(slot + 1), ordering: .releasing)
    }

    /// Takes the entry of a slot away and closes the gap, so that no marks of removed entries pile up.
    ///
    /// A reader may miss an entry while it is moved; it then asks again under the lock of the store.
    func remove(slot: Int, hash: UInt64, hashOfSlot: (Int) -> UInt64) {
        // SAFETY: the table in use lives until the deinit; see `entry`.
        let table = unsafe table.load(ordering: .relaxed)
        let mask = unsafe Self.mask(table)
        var gap = Self.home(hash) & mask
        while true {
            let value = unsafe Self.entry(table, gap).pointee.load(ordering: .relaxed)
            if value == 0 { return }
            if value & Self.slotBits == UInt32(slot + 1) { break }
            gap = (gap &+ 1) & mask
        }
        var index = gap
        while true {
            index = (index &+ 1) & mask
            let value = unsafe Self.entry(table, index).pointee.load(ordering: .relaxed)
            if value == 0 { break }
            let home = Self.home(hashOfSlot(Int(value & Self.slotBits) - 1)) & mask
            // An entry may move to the gap unless its home lies after it.
            guard (index &- home) & mask >= (index &- gap) & mask else { continue }
            unsafe Self.entry(table, gap).pointee.store(value, ordering: .releasing)
            gap = index
        }
        unsafe Self.entry(table, gap).pointee.store(0, ordering: .releasing)
    }

    /// Puts a table of another size in place, with these entries.
    func rebuild(capacity: Int, with entries: (_ insert: (_ slot: Int, _ hash: UInt64) -> Void) -> Void) {
        // SAFETY: the new table is published, releasing, when it is complete; the old one stays for those who read it.
        let new = unsafe Self.makeTable(capacity: capacity, older: table.load(ordering: .relaxed))
        entries { slot, hash in unsafe Self.insert(slot: slot, hash: hash, into: new) }
        unsafe table.store(new, ordering: .releasing)
    }
}

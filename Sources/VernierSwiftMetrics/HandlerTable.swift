#if SwiftMetrics
    import Synchronization
    import Vernier

    /// The table from what a caller named to the handler for it: read without a lock, changed under one.
    ///
    /// Addressing is open, probing linear. An entry is a key, then the handler's address with its kind in the lowest bits; the key is written
    /// once, before the address, and an entry whose handler is taken away stays as a mark until the table is made anew. The table has a reference
    /// to each handler. What is taken away, handlers and tables, is let go of some at a time, when nobody reads any more (``ReaderCounts``): so
    /// what waits is bounded however many come and go, as long as readers end. Where one stands still in the middle, as in a debugger, all
    /// waits that is taken away meanwhile; it is asked after each time twice as many wait, for about a millisecond under the lock.
    @safe
    final class HandlerTable: @unchecked Sendable {
        // SAFETY (Sendable): entries are changed under the lock and published by atomic stores; what readers may have is not freed before they end.
        /// Not private: a test reads for longer than a lookup does.
        let readers = ReaderCounts()
        private let table: Atomic<UnsafeMutableRawPointer>
        private let state = Lock(State())

        private struct State {
            /// Entries in use, and those that are marks besides.
            var count = 0
            var used = 0
            /// The addresses of handlers, and of tables with the lowest bit set, that wait to be let go of.
            var retired: [UInt] = []
            /// How many may wait.
            var limit = HandlerTable.retiredLimit
        }

        private static var retiredLimit: Int { 64 }
        private static var headBytes: Int { 64 }
        private static var entryBytes: Int { 32 }
        private static var smallest: Int { 64 }
        /// The lowest bits of an address, where the kind is.
        private static var kindBits: UInt64 { 7 }
        /// What stands in place of the address of a handler that was taken away.
        private static var mark: UInt64 { 7 }

        init() {
            // SAFETY: the table is complete, and is freed by the deinit or once a larger one was published in its place.
            let first = unsafe Self.makeTable(Self.smallest)
            unsafe table = Atomic(first)
        }

        deinit {
            // SAFETY: nobody reads any more; each handler has one reference for each of its entries.
            let last = unsafe table.load(ordering: .relaxed)
            unsafe Self.forEach(in: last) { _, word in Self.release(UInt(word & ~Self.kindBits)) }
            unsafe last.deallocate()
            for address in state.withLock({ $0.retired }) { Self.release(address) }
        }

        // MARK: Reading

        /// The handler for a key with one reference more, which the caller has to take over; nil when there is none.
        ///
        /// - Complexity: No lock, no allocation: two atomic additions, one reference, and a look at mostly one entry.
        @inline(__always)
        func retained(_ key: PairKey, _ kind: Kind) -> UnsafeRawPointer? {
            // SAFETY: between `enter` and `leave` neither the table nor a handler found in it is freed; see `entry` and `word`.
            let count = unsafe readers.enter()
            let found = unsafe find(key, kind)
            if let found = unsafe found { unsafe Self.retain(found) }
            unsafe readers.leave(count)
            return unsafe found
        }

        @inline(__always)
        private func find(_ key: PairKey, _ kind: Kind) -> UnsafeRawPointer? {
            // Sequentially consistent: see `ReaderCounts.enter`.
            // SAFETY: the caller's reading keeps the table; indexes are masked with the table's own mask.
            let table = unsafe table.load(ordering: .sequentiallyConsistent)
            let mask = unsafe Self.mask(table)
            var index = Self.home(key) & mask
            while true {
                let entry = unsafe Self.entry(table, index)
                let word = unsafe Self.word(entry).pointee.load(ordering: .sequentiallyConsistent)
                if word & Self.kindBits == UInt64(kind.rawValue), unsafe Self.hasKey(entry, key) {
                    return unsafe UnsafeRawPointer(bitPattern: UInt(word & ~Self.kindBits))
                }
                if word == 0 { return nil }
                index = (index &+ 1) & mask
            }
        }

        /// Takes a reference.
        ///
        /// Not inlined: the compiler may move what it knows to be a reference taken, to behind the end of the reading.
        @inline(never)
        private static func retain(_ handler: UnsafeRawPointer) {
            // SAFETY: the address is that of an object that the table has a reference to.
            _ = unsafe Unmanaged<AnyObject>.fromOpaque(handler).retain()
        }

        // MARK: Changing

        /// Lets a key lead to a handler, unless it leads to one already.
        func insert(_ key: PairKey, _ kind: Kind, _ handler: AnyObject) {
            let freed = state.withLock { state in
                // SAFETY: the table in use is replaced under the lock alone, and what is found is not looked into.
                if unsafe find(key, kind) != nil { return [UInt]() }
                var freed: [UInt] = []
                rebuildIfNeeded(&state, &freed)
                // SAFETY: as above, and it has room now; objects are aligned to 16 bytes, which leaves the lowest bits for the kind.
                let table = unsafe table.load(ordering: .relaxed)
                let address = unsafe UInt(bitPattern: Unmanaged.passRetained(handler).toOpaque())
                unsafe Self.put(key, UInt64(address) | UInt64(kind.rawValue), into: table)
                state.count += 1
                state.used += 1
                return freed
            }
            freed.forEach(Self.release)
        }

        /// Takes a key away.
        func remove(_ key: PairKey, _ kind: Kind) {
            let freed = state.withLock { state in
                var freed: [UInt] = []
                // SAFETY: the table in use is replaced under the lock alone; indexes are masked with its own mask.
                let table = unsafe table.load(ordering: .relaxed)
                let mask = unsafe Self.mask(table)
                var index = Self.home(key) & mask
                while true {
                    let entry = unsafe Self.entry(table, index)
                    let word = unsafe Self.word(entry).pointee.load(ordering: .relaxed)
                    if word == 0 { return freed }
                    if word & Self.kindBits == UInt64(kind.rawValue), unsafe Self.hasKey(entry, key) {
                        unsafe Self.word(entry).pointee.store(Self.mark, ordering: .sequentiallyConsistent)
                        state.count -= 1
                        retire(UInt(word & ~Self.kindBits), &state, &freed)
                        return freed
                    }
                    index = (index &+ 1) & mask
                }
            }
            freed.forEach(Self.release)
        }

        /// Keeps an address until nobody can have it; hands over those that may go.
        private func retire(_ address: UInt, _ state: inout State, _ freed: inout [UInt]) {
            state.retired.append(address)
            guard state.retired.count >= state.limit else { return }
            guard readers.wait() else {
                // Somebody stands still while reading: it is asked for again when there are twice as many.
                state.limit *= 2
                return
            }
            freed += state.retired
            state.retired.removeAll(keepingCapacity: true)
            state.limit = Self.retiredLimit
        }

        private func rebuildIfNeeded(_ state: inout State, _ freed: inout [UInt]) {
            // SAFETY: under the lock the table in use stays, until the new one, which is complete, is in its place.
            let old = unsafe table.load(ordering: .relaxed)
            let capacity = unsafe Self.mask(old) + 1
            // At most 5 of 8 are taken, marks included.
            guard (state.used + 1) * 8 > capacity * 5 else { return }
            var wanted = Self.smallest
            while wanted < (state.count + 1) * 3 { wanted *= 2 }
            let new = unsafe Self.makeTable(wanted)
            unsafe Self.forEach(in: old) { key, word in unsafe Self.put(key, word, into: new) }
            unsafe table.store(new, ordering: .sequentiallyConsistent)
            state.used = state.count
            retire(UInt(bitPattern: old) | 1, &state, &freed)
        }

        // MARK: Memory

        private static func makeTable(_ capacity: Int) -> UnsafeMutableRawPointer {
            let bytes = headBytes + capacity * entryBytes
            // SAFETY: the block has room for the head and the entries, is aligned and zeroed, and nobody else's.
            let table = UnsafeMutableRawPointer.allocate(byteCount: bytes, alignment: 64)
            unsafe table.initializeMemory(as: UInt8.self, repeating: 0, count: bytes)
            unsafe table.storeBytes(of: capacity - 1, as: Int.self)
            return unsafe table
        }

        @inline(__always)
        private static func mask(_ table: UnsafeMutableRawPointer) -> Int {
            // SAFETY: the head's first word is written before the table is published and never since.
            unsafe table.load(as: Int.self)
        }

        @inline(__always)
        private static func home(_ key: PairKey) -> Int { Int(truncatingIfNeeded: (key.low ^ key.high) &>> 20) }

        @inline(__always)
        private static func entry(_ table: UnsafeMutableRawPointer, _ index: Int) -> UnsafeMutableRawPointer {
            // SAFETY: the index was masked.
            unsafe table + headBytes + index &* entryBytes
        }

        @inline(__always)
        private static func word(_ entry: UnsafeMutableRawPointer) -> UnsafeMutablePointer<Atomic<UInt64>> {
            // SAFETY: the third word of an entry; zero is an initialised atomic.
            unsafe (entry + 16).assumingMemoryBound(to: Atomic<UInt64>.self)
        }

        @inline(__always)
        private static func hasKey(_ entry: UnsafeMutableRawPointer, _ key: PairKey) -> Bool {
            // SAFETY: the first two words of an entry whose address was seen: written before that, and never since.
            unsafe entry.load(as: UInt64.self) == key.low && entry.load(fromByteOffset: 8, as: UInt64.self) == key.high
        }

        /// Fills a free entry, for which there is room.
        private static func put(_ key: PairKey, _ word: UInt64, into table: UnsafeMutableRawPointer) {
            // SAFETY: under the lock, or in a table that nobody else has; indexes are masked, and there is a free entry among them. Who reads
            // sees nothing of the key before the word that is written last.
            let mask = unsafe mask(table)
            var index = home(key) & mask
            while unsafe Self.word(entry(table, index)).pointee.load(ordering: .relaxed) != 0 {
                index = (index &+ 1) & mask
            }
            let entry = unsafe entry(table, index)
            unsafe entry.storeBytes(of: key.low, as: UInt64.self)
            unsafe entry.storeBytes(of: key.high, toByteOffset: 8, as: UInt64.self)
            unsafe Self.word(entry).pointee.store(word, ordering: .sequentiallyConsistent)
        }

        private static func forEach(
            in table: UnsafeMutableRawPointer, _ body: (PairKey, _ word: UInt64) -> Void
        ) {
            // SAFETY: under the lock, or when nobody reads any more; indexes go up to the mask.
            for index in 0...(unsafe mask(table)) {
                let entry = unsafe entry(table, index)
                let word = unsafe Self.word(entry).pointee.load(ordering: .relaxed)
                guard word != 0, word != mark else { continue }
                let (low, high) = unsafe (
                    entry.load(as: UInt64.self), entry.load(fromByteOffset: 8, as: UInt64.self)
                )
                body(PairKey(low: low, high: high), word)
            }
        }

        /// Lets go of a handler, or frees a table.
        private static func release(_ address: UInt) {
            // SAFETY: it was retired and nobody reads it any more, or the whole table goes.
            guard let pointer = unsafe UnsafeMutableRawPointer(bitPattern: address & ~1) else { return }
            if address & 1 != 0 { return unsafe pointer.deallocate() }
            unsafe Unmanaged<AnyObject>.fromOpaque(pointer).release()
        }

        /// How many keys lead to a handler, and how much room there is; for tests.
        var figures: (count: Int, capacity: Int, waiting: Int) {
            state.withLock { state in
                // SAFETY: under the lock the table in use stays.
                (state.count, unsafe Self.mask(table.load(ordering: .relaxed)) + 1, state.retired.count)
            }
        }
    }
#endif

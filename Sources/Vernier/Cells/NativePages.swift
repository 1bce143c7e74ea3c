/// The native buckets of one stripe of a histogram: eights of neighbouring buckets, made when one of them is first hit.
///
/// A *page* is a tag, the address of the next page, and eight words of a count each (``NativeCount``). The tag is made of the sign, the number of the eight, and how coarse
/// buckets were when the page was made; so a histogram that becomes coarser leaves its pages as they are and goes on in new ones,
/// and readers add up what now is one bucket. A *directory* of 16 words is where chains of pages begin: the eight that a value needs is
/// mostly the first of its chain, as chains take neighbouring eights in turn. Buckets are numbered from one less than their index here,
/// which is rounded down where the index is rounded up.
///
/// Pages are only added, at the front, by compare-exchange, until who has the stripe for itself takes all of them away. Their memory then
/// waits in the family's pool for the next one that needs a page, and is never freed: so an observation may look for its page
/// before it takes its ticket, when nothing keeps the page where it is, and look afterwards whether that still holds (NativeCell.swift).
struct NativePages {
    /// The word with the directory's address.
    let root: CellMemory

    @inline(__always)
    init(root: CellMemory) { self.root = root }

    static var chains: Int { 16 }
    private static var tag: Int { 0 }
    private static var next: Int { 1 }
    static var firstCount: Int { 2 }
    /// How many buckets a page has.
    static var counts: Int { 8 }

    /// The tag of the page with a bucket, from one less than the bucket's index.
    @inline(__always)
    static func tag(below: Int, halvings: Int, isNegative: Bool) -> UInt64 {
        UInt64(bitPattern: Int64(below & ~7)) &<< 2 | UInt64(truncatingIfNeeded: halvings &<< 1) | (isNegative ? 1 : 0)
    }

    /// The word of a bucket in its page.
    @inline(__always)
    static func word(below: Int) -> Int { firstCount &+ (below & 7) }

    /// The chain that the page of a bucket is in.
    @inline(__always)
    static func chain(below: Int) -> Int { below &>> 3 & (chains &- 1) }

    /// What a tag says: the index of the page's first bucket, how coarse it is, and its sign.
    static func meaning(of tag: UInt64) -> (firstIndex: Int, halvings: Int, isNegative: Bool) {
        (Int(Int64(bitPattern: tag) >> 5) << 3 + 1, Int(tag >> 1 & 15), tag & 1 == 1)
    }

    /// The page with a tag, if there is one.
    ///
    /// Acquiring: what a directory and a page hold is seen with their addresses, and what stands behind a page with its own, as it was
    /// seen by who put the page in front.
    @inline(__always)
    func existing(_ tag: UInt64, in chain: Int) -> CellMemory? {
        let directory = root.loadAcquiring(0)
        if directory == 0 { return nil }
        var address = CellMemory(address: directory).loadAcquiring(chain)
        while address != 0 {
            let page = CellMemory(address: address)
            if page.loadRelaxed(Self.tag) == tag { return page }
            address = page.loadRelaxed(Self.next)
        }
        return nil
    }

    /// The page with a tag, made if need be: by this thread, or by another one that was faster.
    @inline(never)
    func made(_ tag: UInt64, in chain: Int, _ pool: SharedWords) -> CellMemory {
        let directory = madeDirectory()
        var fresh: CellMemory?
        while true {
            // First the head, then the search behind it: a page that comes meanwhile makes the exchange fail.
            let head = directory.loadAcquiring(chain)
            if let page = existing(tag, in: chain) {
                if let fresh { pool.giveBack(page: fresh, next: Self.next) }
                return page
            }
            let page = fresh ?? pool.takePage(next: Self.next) ?? .allocate(unaligned: Self.firstCount + Self.counts)
            fresh = page
            page.storeRelaxed(Self.tag, tag)
            page.storeRelaxed(Self.next, head)
            if directory.replaceReleasing(chain, expected: head, with: page.address) { return page }
        }
    }

    private func madeDirectory() -> CellMemory {
        let address = root.loadAcquiring(0)
        if address != 0 { return CellMemory(address: address) }
        let fresh = CellMemory.allocate(unaligned: Self.chains)
        if root.replaceReleasing(0, expected: 0, with: fresh.address) { return fresh }
        // Nobody has seen it.
        fresh.free()
        return CellMemory(address: root.loadAcquiring(0))
    }

    /// Calls a closure with the tag of each page, the page, and the chain that it is in.
    @inline(__always)
    func forEach(_ body: (_ tag: UInt64, _ page: CellMemory, _ chain: Int) -> Void) {
        let directory = root.loadAcquiring(0)
        if directory == 0 { return }
        for chain in 0..<Self.chains {
            var address = CellMemory(address: directory).loadAcquiring(chain)
            while address != 0 {
                let page = CellMemory(address: address)
                address = page.loadRelaxed(Self.next)
                body(page.loadRelaxed(Self.tag), page, chain)
            }
        }
    }

    /// Takes all pages away; nobody may count in them, or come while it is done.
    func empty(into pool: SharedWords) {
        let directory = root.loadAcquiring(0)
        if directory == 0 { return }
        forEach { _, page, _ in
            for word in Self.firstCount..<Self.firstCount + Self.counts { page.storeRelaxed(word, 0) }
            pool.giveBack(page: page, next: Self.next)
        }
        // Relaxed: who comes next comes after the release of the ticket that lets writers back.
        for chain in 0..<Self.chains { CellMemory(address: directory).storeRelaxed(chain, 0) }
    }
}

/// What a native bucket's word holds: zero until something is counted, then a count and a hint.
///
/// The hint, in the upper bits, is where to begin looking for the classic bucket of a value that belongs here. Of those there are a thousand at most; a billion observations a second would take a
/// hundred days to reach the upper bits.
enum NativeCount {
    private static var startShift: UInt64 { 53 }

    /// How many observations a word has counted.
    static func count(_ word: UInt64) -> UInt64 { word & (1 << startShift - 1) }

    /// A word that has counted so many, of values that are all above so many of the classic bounds.
    static func word(_ count: UInt64, boundsBelow bounds: Int) -> UInt64 {
        UInt64(bounds + 1) << startShift | count
    }

    /// How many classic bounds all values of a bucket are above.
    @inline(__always)
    static func boundsBelow(_ word: UInt64) -> Int { Int(truncatingIfNeeded: word &>> startShift) &- 1 }
}

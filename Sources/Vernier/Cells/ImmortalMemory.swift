#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Memory that is never freed.
///
/// All blocks hang together from one word, so that a leak checker finds them reachable.
enum ImmortalMemory {
    /// The size of a pair of cache lines, which processors fetch together.
    private static let alignment = 128
    /// From here on the system is asked for pages of their own: those are zero without being touched, and stripes that no thread uses
    /// take nothing.
    private static let pagesFrom = 32 * 1024
    private static let last = Lock<UInt>(0)

    /// Gives zeroed bytes that start on a pair of cache lines of their own.
    static func allocate(bytes: Int) -> UnsafeMutableRawPointer {
        // The bytes in front hold the address of the block before.
        let size = (bytes + alignment - 1) & ~(alignment - 1) + alignment
        // SAFETY: both give at least `size` bytes that are nobody else's.
        let block = unsafe size >= pagesFrom ? pages(size) : heap(size)
        last.withLock { last in
            // SAFETY: the block starts with `alignment` bytes of ours, aligned for a word.
            unsafe block.storeBytes(of: last, as: UInt.self)
            last = UInt(bitPattern: block)
        }
        return unsafe block + alignment
    }

    private static func heap(_ size: Int) -> UnsafeMutableRawPointer {
        var block: UnsafeMutableRawPointer?
        // SAFETY: the call fills in an address of `size` aligned bytes, or fails.
        guard unsafe posix_memalign(&block, alignment, size) == 0, let block = unsafe block else { outOfMemory(size) }
        // SAFETY: `size` bytes were just allocated.
        unsafe memset(block, 0, size)
        return unsafe block
    }

    private static func pages(_ size: Int) -> UnsafeMutableRawPointer {
        // SAFETY: asks for new memory and touches none.
        let block = unsafe mmap(nil, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANON, -1, 0)
        guard let block = unsafe block, Int(bitPattern: block) != -1 else { outOfMemory(size) }
        #if os(Linux)
            // SAFETY: the mapping is ours. A huge page would make all of it resident at the first touch.
            _ = unsafe madvise(block, size, MADV_NOHUGEPAGE)
        #endif
        return unsafe block
    }

    /// Ends the process, as any other failed allocation does.
    private static func outOfMemory(_ size: Int) -> Never {
        Fault.stop("The system gave no \(size) bytes for metrics.")
    }
}

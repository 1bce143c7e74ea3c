import Synchronization

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// The quantiles of what was observed in the last minute or so.
///
/// A quantile is off by at most 1 % of its value for numbers whose magnitude is from 2^-40 to 2^40; zero is exact. What is
/// nearer to zero than 2^-40 counts as zero, what is farther than 2^40 counts as 2^40, infinities among it, and NaN is
/// ignored.
///
/// ## How it works
///
/// The window is cut into slices of equal length, numbered from the clock's start: a slice's number is its *epoch*. A slice
/// has a word for each bucket (``QuantileBucket``), and the slices of a window that follow each other take turns in using
/// the same words. So a word carries both the epoch that it counts for, in its high half, and the count, in its low half.
/// A writer of the same epoch adds 1. A writer that finds an older epoch replaces the whole word by its own epoch and the
/// count 1. Nothing is ever cleared, and a reader ignores words whose epoch has left the window.
///
/// A writer that was held up so long that the word has moved on to a newer epoch counts there: no observation is lost.
/// Since an addition may meet a word that was replaced in between, it never has to be undone or tried again.
///
/// ## Memory
///
/// The words lie bucket by bucket in one mapping that the system fills with zeros as it is touched. A window reserves a word
/// for each bucket and slice, but uses only the pages of those octaves that were ever observed.
@usableFromInline
@safe  // SAFETY: the words are reached through methods that keep to their bounds.
package final class QuantileWindow: Sendable {
    private typealias Word = Atomic<UInt64>

    /// How far ahead of a clock that was read earlier an epoch may be; farther ahead it is old and has wrapped around.
    private static let lead: UInt32 = 1 << 16
    /// The count at which a word stops counting, with room for additions that are under way.
    private static let fullCount: UInt32 = 0xFFFF_0000

    private let slices: Int
    /// 2^64 divided by the window in nanoseconds: the clock's reading times this is the time in windows.
    private let windowsPerNanosecond: UInt64
    private let clock: (@Sendable () -> UInt64)?
    /// A bit for each 64 buckets of which one was ever touched, so that a reader leaves the others' pages alone.
    private let touchedLow = Atomic<UInt64>(0)
    private let touchedMiddle = Atomic<UInt64>(0)
    private let touchedHigh = Atomic<UInt64>(0)

    // `QuantileBucket.count * slices` words, zero at first, from `init` to `deinit`; nil when there was no memory, and then
    // nothing is recorded. It is a constant, and the words behind it are atomic: that is why sharing it is safe.
    // SAFETY: initialised once, bounds as said, shared through atomics alone.
    private nonisolated(unsafe) let words: UnsafeMutablePointer<Word>?

    /// Makes an empty window.
    ///
    /// - Parameters:
    ///   - window: How far back the quantiles look, at least a millisecond a slice. As the slice in progress counts as a whole
    ///     one, it is between this and a slice less.
    ///   - slices: Into how many parts the window is cut, from 1 to 64: an observation leaves with its slice.
    ///   - clock: A monotonic clock of nanoseconds in place of the system's coarse one.
    package init(window: Duration, slices: Int = 6, clock: (@Sendable () -> UInt64)? = nil) {
        self.slices = min(max(slices, 1), 64)
        self.clock = clock
        let seconds = min(max(window.components.seconds, 0), 1_000_000_000)
        let nanoseconds =
            UInt64(seconds) * 1_000_000_000 + UInt64(max(window.components.attoseconds, 0)) / 1_000_000_000
        windowsPerNanosecond = .max / max(nanoseconds, UInt64(self.slices) * 1_000_000)
        // SAFETY: `map` gives that many zeroed words, or nil.
        unsafe words = QuantileWindow.map(count: QuantileBucket.count * self.slices)
    }

    deinit {
        // SAFETY: nobody else has the window any more.
        guard let words = unsafe words else { return }
        // SAFETY: mapped by `init` with this length; nobody else can hold the words once the last reference is gone.
        _ = unsafe munmap(words, QuantileBucket.count * slices * MemoryLayout<Word>.stride)
    }

    private static func map(count: Int) -> UnsafeMutablePointer<Word>? {
        let length = count * MemoryLayout<Word>.stride
        // SAFETY: asks for new memory and touches none.
        let memory = unsafe mmap(nil, length, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANON, -1, 0)
        guard let memory = unsafe memory, Int(bitPattern: memory) != -1 else { return nil }
        #if os(Linux)
            // SAFETY: the mapping is ours. A huge page would make all of it resident at the first touch.
            _ = unsafe madvise(memory, length, MADV_NOHUGEPAGE)
        #endif
        // SAFETY: page-aligned, `length` bytes, and bound to one type for good. An atomic word of zero is eight zero bytes,
        // which is what a new mapping holds, so that the words are initialised without being touched.
        return unsafe memory.bindMemory(to: Word.self, capacity: count)
    }

    /// Counts an observation.
    ///
    /// - Complexity: No lock, no allocation, no system call after the first touch of a page; one atomic addition, and a
    ///   compare-exchange for the first observation of a bucket in a slice.
    @inline(__always)
    package func record(_ value: Double) {
        if value.isNaN { return }
        let now = moment()
        let index = QuantileBucket.index(of: value)
        markTouched(index >> 6)
        count(in: index &* slices &+ now.slice, at: now.epoch)
    }

    /// The quantiles of what the window holds, in the order of `ranks`.
    ///
    /// The quantile of rank q among n observations is the smallest value that at least q × n of them, rounded up, do not
    /// exceed. Ranks outside 0 to 1 count as the nearer of the two.
    ///
    /// - Returns: A value for each rank; NaN when the window is empty or the rank is NaN.
    /// - Complexity: Looks at the buckets of each order of magnitude that was ever observed, once for all ranks.
    package func quantiles(_ ranks: [Double]) -> [Double] {
        let found = cumulativeCounts()
        guard let total = found.last?.count else { return ranks.map { _ in .nan } }
        return ranks.map { rank in
            if rank.isNaN { return .nan }
            // The product of a rank such as 0.07 and a count may be a hair above the integer that is meant.
            let exact = min(max(rank, 0), 1) * Double(total)
            let target = (exact - 4 * exact.ulp).rounded(.up)
            var (low, high) = (0, found.count - 1)
            while low < high {
                let middle = (low + high) / 2
                if Double(found[middle].count) < target { low = middle + 1 } else { high = middle }
            }
            return QuantileBucket.representative(of: found[low].bucket)
        }
    }

    /// Forgets all observations; one that is recorded meanwhile may be forgotten or kept.
    ///
    /// - Complexity: that of ``quantiles(_:)``.
    package func clear() {
        // SAFETY: the indexes below stay in bounds.
        guard let words = unsafe words else { return }
        for group in touchedGroups() {
            let first = (group << 6) * slices
            for index in first..<min(first + 64 * slices, QuantileBucket.count * slices) {
                // SAFETY: as in `count(in:at:)`. Relaxed: each word stands for itself.
                unsafe words[index].store(0, ordering: .relaxed)
            }
        }
    }

    /// How many observations the window holds.
    package var count: UInt64 { cumulativeCounts().last?.count ?? 0 }
}

extension QuantileWindow {
    /// Where the clock stands: the epoch, and which of the words of a bucket it uses.
    @inline(__always)
    private func moment() -> (epoch: UInt32, slice: Int) {
        let time = if let clock { clock() } else { CoarseClock.nanoseconds() }
        // Fixed-point arithmetic in place of two divisions: whole windows, then the slice within the window.
        let windows = time.multipliedFullWidth(by: windowsPerNanosecond)
        let slice = windows.low.multipliedFullWidth(by: UInt64(truncatingIfNeeded: slices)).high
        let epoch = windows.high &* UInt64(truncatingIfNeeded: slices) &+ slice
        return (UInt32(truncatingIfNeeded: epoch), Int(truncatingIfNeeded: slice))
    }

    @inline(__always)
    private func count(in index: Int, at epoch: UInt32) {
        // SAFETY: read, never written.
        guard let words = unsafe words else { return }
        // SAFETY: `index` is a bucket below `QuantileBucket.count` times `slices` plus a slice below `slices`; the words are
        // initialised and live as long as `self`, and all access to them is atomic.
        let word = unsafe words + index
        // Relaxed throughout: the word is the whole of what is shared, and no other memory is published by it.
        var old = unsafe word.pointee.load(ordering: .relaxed)
        while UInt32(truncatingIfNeeded: old >> 32) &- epoch >= QuantileWindow.lead {
            let result = unsafe word.pointee.weakCompareExchange(
                expected: old, desired: UInt64(epoch) << 32 | 1, ordering: .relaxed)
            if result.exchanged { return }
            old = result.original
        }
        if UInt32(truncatingIfNeeded: old) < QuantileWindow.fullCount {
            // Relaxed for the same reason. Epochs only move forward, so that the 1 lands in this epoch or a newer one.
            _ = unsafe word.pointee.wrappingAdd(1, ordering: .relaxed)
        }
    }

    @inline(__always)
    private func markTouched(_ group: Int) {
        let bit = 1 as UInt64 &<< UInt64(truncatingIfNeeded: group & 63)
        switch group >> 6 {
        case 0: QuantileWindow.set(bit, in: touchedLow)
        case 1: QuantileWindow.set(bit, in: touchedMiddle)
        default: QuantileWindow.set(bit, in: touchedHigh)
        }
    }

    @inline(__always)
    private static func set(_ bit: UInt64, in bits: borrowing Atomic<UInt64>) {
        // Relaxed: bits are only ever set, and a reader that does not see one yet reads as if it had come a moment earlier.
        // An observation that happened before the reading has its bit visible, as any earlier write is.
        if bits.load(ordering: .relaxed) & bit == 0 { bits.bitwiseOr(bit, ordering: .relaxed) }
    }

    /// The sixty-fours of buckets of which one was ever touched.
    private func touchedGroups() -> [Int] {
        // Relaxed: see `set`.
        let touched = [
            touchedLow.load(ordering: .relaxed), touchedMiddle.load(ordering: .relaxed),
            touchedHigh.load(ordering: .relaxed),
        ]
        return (0...(QuantileBucket.count >> 6)).filter { touched[$0 >> 6] >> UInt64($0 & 63) & 1 == 1 }
    }

    /// The buckets that hold something, with the number of observations in them and all lower ones.
    private func cumulativeCounts() -> [(bucket: Int, count: UInt64)] {
        // SAFETY: read, never written.
        guard let words = unsafe words else { return [] }
        let epoch = moment().epoch
        var result: [(bucket: Int, count: UInt64)] = []
        var total: UInt64 = 0
        for group in touchedGroups() {
            for bucket in (group << 6)..<min((group + 1) << 6, QuantileBucket.count) {
                var count: UInt64 = 0
                for slice in 0..<slices {
                    // SAFETY: as in `count(in:at:)`. Relaxed: each word stands for itself.
                    let word = unsafe words[bucket * slices + slice].load(ordering: .relaxed)
                    if isLive(UInt32(truncatingIfNeeded: word >> 32), at: epoch) {
                        count += UInt64(UInt32(truncatingIfNeeded: word))
                    }
                }
                if count > 0 {
                    total += count
                    result.append((bucket, total))
                }
            }
        }
        return result
    }

    /// Whether an epoch is within the window that ends with `now`, or was begun since `now` was read.
    private func isLive(_ epoch: UInt32, at now: UInt32) -> Bool {
        now &- epoch < UInt32(slices) || epoch &- now < QuantileWindow.lead
    }
}

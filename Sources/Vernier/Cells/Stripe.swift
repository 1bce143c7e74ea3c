/// Spreads updates of one metric over several cache lines, so that threads do not take the line from each other.
///
/// Which stripe a thread writes to is a matter of speed alone: cells are updated with atomic operations and read as a sum
/// over all stripes, so two threads in one stripe, or one thread in several, are as right as one in each.
@usableFromInline
package enum Stripe {
    /// How many stripes a metric has that many threads may share.
    package static let count = count(forProcessors: Platform.processorCount)

    /// How many that is with so many processors: a power of two, at least 8, at most 64.
    package static func count(forProcessors processors: Int) -> Int {
        let wanted = min(64, max(8, processors * 2))
        return 1 << (Int.bitWidth - (wanted - 1).leadingZeroBitCount)
    }

    /// A number that differs between threads and costs no call: it is made from the address of a local.
    ///
    /// Its lowest bits choose the stripe. Stacks lie at equal distances, mostly of 512 KiB, 1, 2 or 8 MiB, and pools of memory
    /// between some of them put others 64 MiB apart. The factor, 1.18 stripes for half a mebibyte, was searched for: neighbours
    /// at these distances meet in one of 4 to 64 stripes far less often than threads with random stripes would; 64 of them with
    /// stacks of 1 MiB somewhat more often. A stripe is some 430 KiB of a stack: its thread changes it where it grows past an edge.
    @inlinable
    @inline(__always)
    package static var hint: UInt32 {
        var local: UInt8 = 0
        // SAFETY: the pointer is only turned into a number and never read through; `local` lives until the closure returns.
        // Nothing is written through it either, so the stack needs no guard, which every function with an update in it would set up.
        return unsafe _withUnprotectedUnsafeMutablePointer(to: &local) { pointer in
            UInt32(truncatingIfNeeded: ((UInt(bitPattern: pointer) &>> 16) &* 151) &>> 10)
        }
    }
}

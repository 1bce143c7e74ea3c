/// What a family of native histograms was declared with, as its cells need it.
package struct NativeSettings: Sendable {
    /// The resolution at first.
    var schema: Int
    /// How many buckets of both signs there may be before something is done about it.
    var limit: Int
    /// The largest magnitude that counts as zero at first.
    var zeroThreshold: Double
    /// How far that may rise.
    var maximumZeroThreshold: Double
    /// How old, in nanoseconds, a histogram has to be to be set back to zero rather than made coarser; 0 for never.
    var resetInterval: UInt64
}

/// Where the words of a native histogram are that stand in no stripe: in one more copy of the cell, before the first stripe.
enum NativeWords {
    /// Packed: how coarse buckets are and which of them count as zero (see ``NativeResolution``).
    static var resolution: Int { 0 }
    /// The bits of the largest magnitude that counts as zero; a pair with the resolution.
    static var threshold: Int { 1 }
    /// How many buckets there are at most, under the number of resets.
    static var used: Int { 2 }
    /// What ``used`` was when nothing could be done about too many buckets.
    static var stuck: Int { 3 }
    /// When the histogram was made or last set back because it had too many buckets, by the monotonic clock.
    static var begun: Int { 4 }
    /// The address of the table of ``NativeIndex``.
    static var table: Int { 5 }
    /// How many buckets there may be.
    static var limit: Int { 6 }
    /// Which word of a stripe counts zeros; the one after it is the root of the pages.
    static var zero: Int { 7 }
    /// The bits of a magnitude above which a number is certainly none that counts as zero, and no subnormal number; a hint.
    static var edge: Int { 8 }
    /// The address of what all series of the family share.
    static var shared: Int { 9 }
    /// The address of the bounds of classic buckets in the family's unit.
    static var bounds: Int { 10 }
    /// The address of those bounds in nanoseconds.
    static var nanosecondBounds: Int { 11 }
    /// How many there are.
    static var count: Int { 12 }
    /// The count in ``used``.
    static var usedMask: UInt64 { 0xffff_ffff }
}

/// How coarse a native histogram has become, packed in a word.
struct NativeResolution: Equatable {
    var word: UInt64

    init(word: UInt64) { self.word = word }

    /// The resolution of a histogram that has just been declared.
    init(schema: Int) { word = UInt64(NativeIndex.finest - schema) | UInt64(UInt32(bitPattern: Int32.min)) << 32 }

    /// How many times the finest resolution was halved.
    @inline(__always)
    var halvings: Int {
        get { Int(truncatingIfNeeded: word & 15) }
        set { word = word & ~15 | UInt64(newValue) }
    }

    /// Whether the histogram is being set back to zero.
    var isResetting: Bool {
        get { word & 16 != 0 }
        set { word = newValue ? word | 16 : word & ~16 }
    }

    /// Whether observations may take the short way: a native histogram that is not being set back, and takes no exemplars by itself.
    var isOpen: Bool {
        @inline(__always) get { word & 32 != 0 }
        set { word = newValue ? word | 32 : word & ~32 }
    }

    /// How many times the histogram was set back to zero.
    var resets: UInt64 {
        get { word >> 6 & 0x3ff_ffff }
        set { word = word & ~(0x3ff_ffff << 6) | (newValue & 0x3ff_ffff) << 6 }
    }

    /// The last bucket, as an index at the finest schema, that counts as zero since the zero bucket was widened to it.
    var zeroIndex: Int {
        get { Int(Int32(truncatingIfNeeded: Int64(bitPattern: word) >> 32)) }
        set { word = word & 0xffff_ffff | UInt64(UInt32(bitPattern: Int32(truncatingIfNeeded: newValue))) << 32 }
    }

    /// The schema that pages show.
    var schema: Int { NativeIndex.finest - halvings }
}

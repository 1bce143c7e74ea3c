/// Which native bucket a number belongs to.
///
/// Bucket `i` of schema `n` holds magnitudes above `b^(i-1)` and up to `b^i` for `b = 2^(2^-n)` (Prometheus, "Native Histograms").
/// The index is always found at schema 8, the finest; each coarser schema has half as many buckets, so there the index is that divided by
/// a power of two and rounded up.
///
/// A `Double` is `1.m * 2^e`, so the index is `256 * e` and a part that depends on `m` alone. The table has an entry for each value
/// of the nine highest bits of `m`: as a bucket is wider than a 512th of its octave, at most one bound lies among the numbers that share
/// them. The entry is made so that adding `m` to it carries into bit 52 exactly for an `m` above that bound: above the carry stands the
/// index.
struct NativeIndex: Sendable {
    /// The finest schema.
    static let finest = 8
    /// The coarsest schema.
    static let coarsest = -4
    /// How many entries the table has.
    private static let entries = 512
    /// The bits of a `Double` behind the leading one.
    static var mantissa: UInt64 { 1 << 52 &- 1 }

    /// The table, which all native histograms of the process share.
    static let shared = NativeIndex()

    let table: CellMemory

    /// Takes a table that was made here.
    init(table: CellMemory) { self.table = table }

    /// Makes the table.
    private init() {
        table = CellMemory.allocate(words: Self.entries)
        for entry in 0..<Self.entries {
            let start = UInt64(entry) << 43
            let below = NativeBounds.mantissas.count { $0 < start }
            // Behind the last bound there is none to exceed.
            let bound = below < NativeBounds.mantissas.count ? NativeBounds.mantissas[below] : Self.mantissa
            table.storeRelaxed(entry, UInt64(below) << 52 + (Self.mantissa - bound))
        }
    }

    /// The index at schema 8 of a magnitude that is not zero, from its bits.
    ///
    /// Infinity has the index after that of the largest finite number, at every schema.
    @inline(__always)
    func finest(ofBits bits: UInt64) -> Int {
        Self.isCommon(bits) ? common(ofBits: bits) : Self.rare(self, bits)
    }

    /// Whether bits are those of a magnitude that has a leading one and is finite.
    @inline(__always)
    static func isCommon(_ bits: UInt64) -> Bool { bits &>> 52 &- 1 < 0x7fe }

    /// The index at schema 8 of such a magnitude.
    @inline(__always)
    func common(ofBits bits: UInt64) -> Int { Self.index(sum(ofBits: bits), bits) }

    /// The entry for the bits of a magnitude with the mantissa added: above bit 52 stands the index within the octave.
    @inline(__always)
    func sum(ofBits bits: UInt64) -> UInt64 {
        // Relaxed: written before the table was shared.
        table.loadRelaxed(Int(truncatingIfNeeded: bits &>> 43) & (Self.entries &- 1)) &+ (bits & Self.mantissa)
    }

    /// The index that a sum gives for the bits that it is of.
    @inline(__always)
    static func index(_ sum: UInt64, _ bits: UInt64) -> Int {
        (Int(truncatingIfNeeded: bits &>> 52) &- 1023) &* 256 &+ Int(truncatingIfNeeded: sum &>> 52)
    }

    /// How far off the last place an estimate may be whose bucket is certain unless ``isNear(_:)`` says otherwise.
    static var tolerance: UInt64 { 4 }

    /// Whether a sum belongs to a number so near to a bound that an estimate may be on either side of it.
    ///
    /// No bound but 1 is nearer than that to where the nine highest bits change, so that the sum of such a number shows it.
    @inline(__always)
    static func isNear(_ sum: UInt64) -> Bool { (sum &+ tolerance) & mantissa < 2 &* tolerance }

    /// The index of an infinity or of a subnormal number.
    @inline(never)
    private static func rare(_ index: NativeIndex, _ bits: UInt64) -> Int {
        if bits >= Double.infinity.bitPattern { return 1024 * 256 + 1 }
        // The first one bit moves to where that of other numbers is hidden, which leaves an exponent too high by as many places.
        let shift = bits.leadingZeroBitCount - 11
        return index.common(ofBits: bits << UInt64(shift)) - shift * 256
    }

    /// An index at a schema that is coarser by so many halvings.
    static func coarser(_ index: Int, by halvings: Int) -> Int { below(index, by: halvings) + 1 }

    /// One less than the index at a schema that is coarser by so many halvings.
    @inline(__always)
    static func below(_ index: Int, by halvings: Int) -> Int { (index &- 1) &>> halvings }

    /// The upper bound of a bucket at schema 8; where that is beyond the finite numbers, the largest of them.
    ///
    /// Infinities are in the bucket after that.
    static func upperBound(ofFinest index: Int) -> Double {
        let exponent = index >> 8
        let mantissa = NativeBounds.mantissas[index & 255]
        if exponent == 1024, mantissa == 0 { return .greatestFiniteMagnitude }
        if exponent >= 1024 { return .infinity }
        // In two steps of which only the second one may round, for a bound among the subnormal numbers.
        let one = Double(bitPattern: 1.0.bitPattern | mantissa)
        let half = max(exponent, -1100) / 2
        return one * Self.power(half) * Self.power(max(exponent, -1100) - half)
    }

    /// Two to the power of a number from -550 to 512.
    private static func power(_ exponent: Int) -> Double { Double(sign: .plus, exponent: exponent, significand: 1) }

    /// The schema for a growth factor above 1: the coarsest whose buckets grow by at most that, and 8 where all grow by more.
    ///
    /// So 1.1 gives 3, 2 gives 0, and 65,536 gives -4.
    static func schema(growthFactor factor: Double) -> Int {
        for schema in coarsest..<finest where upperBound(ofFinest: 1 << (finest - schema)) <= factor { return schema }
        return finest
    }
}

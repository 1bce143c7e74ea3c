/// What identifies a series in its family: a 128-bit keyed hash of its label values.
///
/// The hash is NH of UMAC (RFC 4418, section 5.2), on 64-bit words: two label sets that differ meet with a probability of at most
/// 2⁻⁶⁴ over the random seeds, which no client knows.
public struct SeriesKey: Sendable, Hashable {
    @usableFromInline var low: UInt64
    @usableFromInline var high: UInt64

    @inlinable
    init(low: UInt64, high: UInt64) {
        self.low = low
        self.high = high
    }

    /// The key of the first label.
    @inlinable
    @inline(__always)
    init(_ key: LabelKey, _ seed: (UInt64, UInt64)) {
        let product = (key.low &+ seed.0).multipliedFullWidth(by: key.high &+ seed.1)
        self.init(low: product.low, high: product.high)
    }

    /// Adds a further label.
    @inlinable
    @inline(__always)
    mutating func combine(_ key: LabelKey, _ seed: (UInt64, UInt64)) {
        let product = (key.low &+ seed.0).multipliedFullWidth(by: key.high &+ seed.1)
        let sum = low.addingReportingOverflow(product.low)
        low = sum.partialValue
        high = high &+ product.high &+ (sum.overflow ? 1 : 0)
    }

    /// Where to look in a table: the upper half of this counts.
    ///
    /// Two keys whose labels differ in one word differ by δ·v, with v the sum of a random seed and the label's other word. The 64
    /// random bits of v begin at the lowest bit that is set in δ, wherever that is: in the one half of the product those from there
    /// on, in the other half those below. Folded, all bits are random. So a pair meets as seldom as it should, but texts that count
    /// on would still lie at equal distances, in heaps for some seeds; the odd factor, a bijection, scatters them, and brings all
    /// lower bits into the upper half.
    @inlinable
    @inline(__always)
    var hash: UInt64 { (low ^ high) &* 0x9e37_79b9_7f4a_7c15 }
}

/// The random numbers that the keys of one family are made with.
public struct KeySeeds: Sendable {
    @usableFromInline let first: (UInt64, UInt64)
    @usableFromInline let second: (UInt64, UInt64)
    @usableFromInline let third: (UInt64, UInt64)
    @usableFromInline let fourth: (UInt64, UInt64)
    @usableFromInline let outer: (UInt64, UInt64)

    init() {
        var generator = SystemRandomNumberGenerator()
        first = (generator.next(), generator.next())
        second = (generator.next(), generator.next())
        third = (generator.next(), generator.next())
        fourth = (generator.next(), generator.next())
        outer = (generator.next(), generator.next())
    }
}

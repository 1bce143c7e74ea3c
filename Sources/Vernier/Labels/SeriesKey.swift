/// What identifies a series in its family: a 128-bit keyed hash of its label values.
///
/// The hash is NH of UMAC (RFC 4418, section 5.2), on 64-bit words: two label sets that differ meet with a probability of at most
/// 2⁻⁶⁴ over the random seeds, which no client knows. With one label there is no sum: the key is exact for short values.
public struct SeriesKey: Sendable, Hashable {
    @usableFromInline var low: UInt64
    @usableFromInline var high: UInt64

    @inlinable
    init(low: UInt64, high: UInt64) {
        self.low = low
        self.high = high
    }

    /// The key of a single label: exact, and masked so that no client knows which texts meet in a table.
    @inlinable
    @inline(__always)
    init(_ key: LabelKey, masked seed: (UInt64, UInt64)) {
        self.init(low: key.low ^ seed.0, high: key.high ^ seed.1)
    }

    /// The key of the first of several labels.
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

    /// Where to look in a table: all bits of the key reach the upper ones of this.
    @inlinable
    @inline(__always)
    var hash: UInt64 {
        let product = (low ^ 0x9e37_79b9_7f4a_7c15).multipliedFullWidth(by: high ^ 0xd6e8_feb8_6659_fd93)
        return product.low ^ product.high
    }
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

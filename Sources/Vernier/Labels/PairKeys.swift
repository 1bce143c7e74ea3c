/// Identifies a name with pairs of texts, in whatever order the pairs are.
///
/// A text is 16 bytes: itself up to 15 bytes, under its length, and otherwise its 128-bit NH (RFC 4418, section 5.2) with random seeds, or
/// two keyed hashes when it is very long. A pair is the NH of both texts; each of its halves is folded with seeds twice over, so that pairs
/// are more than a sum of their texts, and pairs are added up. Two different ones meet with a probability of about 2⁻⁶⁴ over the seeds, which
/// no client knows.
package struct PairKey: Sendable, Hashable {
    package let low: UInt64
    package let high: UInt64

    /// Takes the two words of a key.
    package init(low: UInt64, high: UInt64) {
        self.low = low
        self.high = high
    }
}

/// The random numbers that such keys are made with.
package final class PairKeys: Sendable {
    private let name: (UInt64, UInt64)
    private let first: (UInt64, UInt64)
    private let second: (UInt64, UInt64)
    private let fold: (UInt64, UInt64, UInt64, UInt64)
    private let long: [UInt64]

    /// How many bytes of a text are hashed here, in blocks of 16 with seeds of their own.
    private static var longestText: Int { 1_024 }

    /// Draws them.
    package init() {
        var generator = SystemRandomNumberGenerator()
        name = (generator.next(), generator.next())
        first = (generator.next(), generator.next())
        second = (generator.next(), generator.next())
        fold = (generator.next(), generator.next(), generator.next(), generator.next())
        long = (0..<Self.longestText / 8 + 2).map { _ in generator.next() }
    }

    /// The key of a name with pairs.
    ///
    /// - Parameter domain: tells keys of different kinds of things apart.
    /// - Complexity: Linear in the length of the texts, a multiplication for each text of at most 15 bytes and for each 16 bytes of a longer
    ///   one; no allocation, except for strings of another runtime that do not have their bytes in one piece.
    package func key(of label: borrowing String, _ pairs: [(String, String)], domain: UInt64) -> PairKey {
        let text = textKey(label)
        let product = (text.low &+ name.0).multipliedFullWidth(by: text.high &+ name.1)
        var low = product.low &+ domain
        var high = product.high ^ domain
        for index in pairs.indices { add(textKey(pairs[index].0), textKey(pairs[index].1), &low, &high) }
        return PairKey(low: low, high: high)
    }

    @inline(__always)
    private func add(_ a: LabelKey, _ b: LabelKey, _ low: inout UInt64, _ high: inout UInt64) {
        var sum = SeriesKey(a, first)
        sum.combine(b, second)
        low &+= Self.folded(sum.low ^ fold.0, sum.high ^ fold.1)
        high &+= Self.folded(sum.low ^ fold.2, sum.high ^ fold.3)
    }

    @inline(__always)
    private static func folded(_ a: UInt64, _ b: UInt64) -> UInt64 {
        let product = a.multipliedFullWidth(by: b)
        return product.low ^ product.high
    }

    @inline(__always)
    private func textKey(_ text: borrowing String) -> LabelKey {
        StringBits.areInline(in: text) ? StringBits.key(of: text) : longKey(text)
    }

    @inline(never)
    private func longKey(_ text: String) -> LabelKey {
        // SAFETY: the bytes are read while the closure has them.
        let key = unsafe text.utf8.withContiguousStorageIfAvailable { bytes in
            unsafe hashed(UnsafeRawBufferPointer(bytes))
        }
        if let key { return key }
        // A string of another runtime, which hands out no bytes: its copy is hashed as the bytes of any other are.
        // SAFETY: as above.
        return unsafe Array(text.utf8).withUnsafeBytes { bytes in unsafe hashed(bytes) }
    }

    @inline(__always)
    private func hashed(_ bytes: UnsafeRawBufferPointer) -> LabelKey {
        let count = bytes.count
        guard count > 15, count <= Self.longestText, let start = bytes.baseAddress else {
            // SAFETY: the span is used while the caller has the bytes.
            return unsafe LabelKey(bytes: bytes.assumingMemoryBound(to: UInt8.self).span)
        }
        // SAFETY: the text has 16 bytes or more, and a block ends with it at the latest. There are seeds for every block of a text of this
        // length, and two for the length.
        return unsafe long.withUnsafeBufferPointer { seeds in
            var key = SeriesKey(LabelKey(low: UInt64(count), high: 0), (unsafe seeds[0], unsafe seeds[1]))
            var offset = 0
            // The last block ends where the text ends: with the length known that says as much as a padded one.
            while offset < count {
                let place = min(offset, count &- 16)
                let block = unsafe LabelKey(
                    low: start.loadUnaligned(fromByteOffset: place, as: UInt64.self),
                    high: start.loadUnaligned(fromByteOffset: place &+ 8, as: UInt64.self))
                key.combine(block, (unsafe seeds[offset &>> 3 &+ 2], unsafe seeds[offset &>> 3 &+ 3]))
                offset &+= 16
            }
            return LabelKey(low: key.low, high: key.high)
        }
    }
}

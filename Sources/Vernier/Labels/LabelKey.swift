/// A label value in the 16 bytes that a lookup compares.
///
/// Text of at most 15 UTF-8 bytes is its own key, with the byte count in the top byte. Longer text is replaced by 120 bits of two
/// keyed hashes of it (`Hasher`, seeded anew in each process), under a top byte that no short text has.
public struct LabelKey: Sendable, Hashable {
    @usableFromInline package let low: UInt64
    @usableFromInline package let high: UInt64

    @inlinable
    init(low: UInt64, high: UInt64) {
        self.low = low
        self.high = high
    }

    /// Makes the key of a text: no allocation, and for a short `String` no look at its bytes.
    @inlinable
    @inline(__always)
    public init(_ text: borrowing String) {
        if StringBits.areInline(in: text) {
            self = StringBits.key(of: text)
        } else {
            self = LabelKey.scanned(text)
        }
    }

    /// Makes the key of an integer: that of its decimal digits.
    @inlinable
    @inline(__always)
    public init(decimal value: Int) {
        guard value >= 0, value < 1000 else {
            self = LabelKey.scanned(value)
            return
        }
        // Both quotients at once: 205 / 2¹¹ and 41 / 2¹² are near enough to 1 / 10 and 1 / 100.
        let number = UInt32(truncatingIfNeeded: value)
        let (tens, hundreds) = ((number &* 205) &>> 11, (number &* 41) &>> 12)
        let last = 48 &+ number &- tens &* 10
        if number < 10 {
            self.init(low: UInt64(last), high: 1 &<< 56)
        } else if number < 100 {
            self.init(low: UInt64(48 &+ tens | last &<< 8), high: 2 &<< 56)
        } else {
            let middle = 48 &+ tens &- hundreds &* 10
            self.init(low: UInt64(48 &+ hundreds | middle &<< 8 | last &<< 16), high: 3 &<< 56)
        }
    }

    /// The key of an integer of any size.
    @usableFromInline
    @inline(never)
    static func scanned(_ value: Int) -> LabelKey {
        guard value >= 0, value < 100_000_000 else { return scanned(String(value)) }
        var digits: UInt64 = 0
        var count: UInt64 = 0
        var rest = UInt32(truncatingIfNeeded: value)
        repeat {
            let (quotient, digit) = (rest / 10, rest % 10)
            digits = digits &<< 8 | UInt64(48 &+ digit)
            rest = quotient
            count &+= 1
        } while rest != 0
        return LabelKey(low: digits, high: count &<< 56)
    }

    /// The key of a text whose bytes have to be looked at.
    ///
    /// A function, not an initializer: that would own its parameter, and every lookup would retain what it only reads.
    @usableFromInline
    @inline(never)
    static func scanned(_ text: String) -> LabelKey {
        // SAFETY: the span of the buffer is used while the closure holds it.
        let key = unsafe text.utf8.withContiguousStorageIfAvailable { bytes in unsafe LabelKey(bytes: bytes.span) }
        return key ?? LabelKey(bytes: Array(text.utf8).span)
    }

    /// Makes the key of UTF-8 bytes.
    init(bytes: Span<UInt8>) {
        guard bytes.count > 15 else {
            var words: (low: UInt64, high: UInt64) = (0, UInt64(bytes.count) << 56)
            for index in 0..<bytes.count {
                let shifted = UInt64(bytes[index]) << UInt64(index % 8 * 8)
                if index < 8 { words.low |= shifted } else { words.high |= shifted }
            }
            self.init(low: words.low, high: words.high)
            return
        }
        self.init(
            low: Self.hash(bytes, 1),
            high: Self.hash(bytes, 2) & 0x00ff_ffff_ffff_ffff | 0xff00_0000_0000_0000)
    }

    private static func hash(_ bytes: Span<UInt8>, _ domain: UInt8) -> UInt64 {
        var hasher = Hasher()
        hasher.combine(domain)
        // SAFETY: the hasher reads the bytes of the span while the closure holds them.
        unsafe bytes.withUnsafeBytes { unsafe hasher.combine(bytes: $0) }
        return UInt64(bitPattern: Int64(hasher.finalize()))
    }
}

/// The two words that a `String` consists of, where their layout is known.
///
/// On 64-bit little-endian platforms a string of at most 15 UTF-8 bytes holds them itself, in memory order, under a top byte of
/// flags and count (Swift standard library, "Small String" in StringObject.swift); the layout is part of the ABI on Apple's
/// platforms. A test compares it with what `LabelKey(bytes:)` reads.
@usableFromInline
package enum StringBits {
    @inlinable
    @inline(__always)
    package static func words(of text: borrowing String) -> (low: UInt64, high: UInt64) {
        // SAFETY: `String` has two words without padding here, of which any bits are an integer's; the copy owns nothing.
        unsafe unsafeBitCast(text, to: (low: UInt64, high: UInt64).self)
    }

    @inlinable
    @inline(__always)
    static func areInline(in text: borrowing String) -> Bool {
        #if (arch(x86_64) || arch(arm64)) && _pointerBitWidth(_64) && _endian(little)
            words(of: text).high & 0x2000_0000_0000_0000 != 0
        #else
            false
        #endif
    }

    @inlinable
    @inline(__always)
    static func key(of text: borrowing String) -> LabelKey {
        let words = words(of: text)
        return LabelKey(low: words.low, high: words.high & 0x0fff_ffff_ffff_ffff)
    }
}

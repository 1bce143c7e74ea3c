import Testing

@testable import Vernier

@Suite struct LabelKeyTests {
    /// The key as it is read byte by byte.
    private static func scanned(_ text: String) -> LabelKey { LabelKey(bytes: bytes(text).span) }

    /// The same text in an allocation of its own, however short it is.
    private static func large(_ text: String) -> String {
        var copy = String(repeating: "x", count: 40)
        copy.replaceSubrange(copy.startIndex..., with: text)
        return copy
    }

    static let pieces = [
        "a", "Z", "0", "\0", "\u{7f}", "\n", "\"", "é", "ß", "λ", "€", "한", "👍", "\u{301}", "\u{10ffff}",
    ]

    /// Texts of every length up to 20 bytes, with every piece at every place where it fits.
    static let texts: [String] =
        [""]
        + (0..<20).flatMap { front in
            pieces.flatMap { piece in
                [String(repeating: "a", count: front) + piece, piece + String(repeating: "b", count: front)]
            }
        }
        + pieces.flatMap { piece in (1...6).map { String(repeating: piece, count: $0) } }

    @Test func `the words of a short string are the key that its bytes give`() {
        for text in Self.texts {
            #expect(LabelKey(text) == Self.scanned(text), "\(text.utf8.count) bytes: \(text.debugDescription)")
        }
    }

    @Test func `where the layout is known all short strings are read as words`() {
        #if (arch(x86_64) || arch(arm64)) && _pointerBitWidth(_64) && _endian(little)
            for text in Self.texts where text.utf8.count <= 15 {
                // Strings made at run time, as a literal may be kept elsewhere.
                let made = String(decoding: Array(text.utf8), as: UTF8.self)
                #expect(StringBits.areInline(in: made))
            }
            #expect(!StringBits.areInline(in: "sixteen bytes it"))
        #endif
    }

    @Test func `a short text in a large string has the same key`() {
        for text in Self.texts {
            let copy = Self.large(text)
            #expect(copy == text)
            #expect(LabelKey(copy) == LabelKey(text), "\(text.debugDescription)")
            #expect(LabelKey.scanned(text) == LabelKey(text))
        }
        var trimmed = String(repeating: "ab", count: 50)
        trimmed.removeLast(97)
        #expect(LabelKey(trimmed) == LabelKey("aba"))
        #expect(LabelKey(String(decoding: Array("short".utf8), as: UTF8.self)) == LabelKey("short"))
        #expect("a,short,one".split(separator: ",")[1].labelKey == LabelKey("short"))
    }

    @Test func `different texts have different keys`() {
        let all = Set(Self.texts.map { Array($0.utf8) })
        let keys = Set(all.map { LabelKey(bytes: $0.span) })
        #expect(keys.count == all.count)
    }

    @Test func `15 bytes are the key and 16 bytes are hashed`() {
        let short = LabelKey("123456789012345")
        #expect(short.high >> 56 == 15)
        #expect(short.low == 0x3837_3635_3433_3231)
        #expect(short.high & 0x00ff_ffff_ffff_ffff == 0x35_3433_3231_3039)
        let long = LabelKey("1234567890123456")
        #expect(long.high >> 56 == 0xff)
        #expect(long == LabelKey("1234567890123456"))
        #expect(long != LabelKey("1234567890123457"))
    }

    @Test func `the empty text and texts of zeros have keys of their own`() {
        #expect(LabelKey("") == LabelKey(low: 0, high: 0))
        let keys = Set((0...15).map { LabelKey(String(repeating: "\0", count: $0)) })
        #expect(keys.count == 16)
    }

    @Test(arguments: [
        0, 1, 9, 10, 42, 99, 100, 200, 404, 12_345, 999_999, 1_000_000, 9_999_999, 10_000_000, 10_000_001, .max, -1, -9,
        -1_000_000, .min,
    ]) func `an integer has the key of its digits`(value: Int) {
        #expect(LabelKey(decimal: value) == Self.scanned(String(value)))
    }

    @Test func `integers around the powers of ten have the keys of their digits`() {
        var power = 1
        while true {
            for value in (power - 12)...(power + 12) {
                #expect(LabelKey(decimal: value) == Self.scanned(String(value)), "\(value)")
                #expect(LabelKey(decimal: -value) == Self.scanned(String(-value)), "\(-value)")
            }
            let (next, isTooLarge) = power.multipliedReportingOverflow(by: 10)
            if isTooLarge { break }
            power = next
        }
    }

    @Test func `every integer of up to five digits has the key of its digits`() {
        let wrong = (0..<100_000).filter { LabelKey(decimal: $0) != LabelKey(String($0)) }
        #expect(wrong.isEmpty)
    }
}

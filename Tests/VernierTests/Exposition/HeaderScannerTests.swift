import Testing

@testable import Vernier

@Suite struct HeaderScannerTests {
    /// The elements that a reader finds that asks for a token, then for what stands behind equals signs, and skips the rest.
    private func pieces(_ header: String) -> [[String]] {
        var scanner = HeaderScanner(header)
        var result: [[String]] = []
        while !scanner.isAtEnd {
            scanner.skipWhitespace()
            var element: [Range<Int>] = []
            if let token = scanner.readToken() { element.append(token) }
            while scanner.take(UInt8(ascii: "=")), let value = scanner.readValue() { element.append(value) }
            result.append(element.map { String(decoding: Array(header.utf8)[$0], as: UTF8.self) })
            scanner.skipPastComma()
        }
        return result
    }

    @Test(
        arguments: [
            ("", []),
            ("a", [["a"]]),
            ("a,b", [["a"], ["b"]]),
            (" a\t, b", [["a"], ["b"]]),
            (",,a", [[], [], ["a"]]),
            ("a b,c", [["a"], ["c"]]),
            ("*=!#$%&'*+-.^_`|~09AZaz", [["*", "!#$%&'*+-.^_`|~09AZaz"]]),
            ("a=\"b,c\",d", [["a", "b,c"], ["d"]]),
            ("a=\"b\\\",c\",d", [["a", "b\\\",c"], ["d"]]),
            ("a x=\",\",d", [["a"], ["d"]]),
            ("a=\"b,c", [["a"]]),
            ("a=\"b\\", [["a"]]),
            ("é,a", [[], ["a"]]),
        ] as [(String, [[String]])])
    func `a header falls into elements, tokens and what is quoted`(header: String, elements: [[String]]) {
        #expect(pieces(header) == elements)
    }

    @Test(
        arguments: [
            ("0", 0), ("1", 1_000_000_000), ("1.0", 1_000_000_000), ("7", 1_000_000_000), ("0.5", 500_000_000),
            (".5", 500_000_000),
            ("1.", 1_000_000_000), ("0.0000000019", 1), ("0.00000000019", 0), ("", nil), (".", nil), ("0.5.", nil),
            ("-1", nil),
            ("1e0", nil), (" 1", nil),
        ] as [(String, Int?)])
    func `a quality is a number up to 1 in billionths`(text: String, quality: Int?) {
        #expect(HeaderScanner(text).quality(0..<text.utf8.count) == quality)
    }

    @Test func `texts are equal whatever their case, and without the backslashes of quotes`() {
        let header = #"GZip "a\bC""#
        let scanner = HeaderScanner(header)
        #expect(scanner.isEqual(0..<4, "gzip"))
        #expect(!scanner.isEqual(0..<4, "gzi"))
        #expect(!scanner.isEqual(0..<4, "gzips"))
        #expect(scanner.isEqual(6..<10, "abc"))
        #expect(scanner.isEqual(4..<4, ""))
    }
}

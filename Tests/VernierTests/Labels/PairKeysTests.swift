import Testing

@testable import Vernier

@Suite struct PairKeysTests {
    private let keys = PairKeys()

    private func key(_ name: String, _ pairs: [(String, String)], domain: UInt64 = 1) -> PairKey {
        keys.key(of: name, pairs, domain: domain)
    }

    /// Texts about the lengths where they are kept and hashed in other ways.
    private static let texts = [0, 1, 7, 8, 14, 15, 16, 17, 31, 32, 33, 48, 1_023, 1_024, 1_025, 5_000].flatMap {
        length in
        ["a", "b"].map { String(repeating: $0, count: length) }
    }

    @Test func `the order of pairs says nothing`() {
        let pairs = [("a", "1"), ("b", "2"), ("a name that is longer than a word", "and a value that is longer too")]
        let first = key("name", pairs)
        for order in [[0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]] {
            #expect(key("name", order.map { pairs[$0] }) == first)
        }
    }

    @Test func `what is swapped, added, left out or said twice is another key`() {
        let keys = [
            key("n", []), key("n", [], domain: 2), key("m", []), key("n", [("a", "1")]), key("n", [("1", "a")]),
            key("n", [("a", "1"), ("a", "1")]), key("n", [("a", "1"), ("b", "2")]), key("n", [("a", "2"), ("b", "1")]),
            key("n", [("b", "1"), ("a", "2"), ("c", "")]), key("n", [("a", "b"), ("1", "2")]), key("a", [("n", "1")]),
            key("n", [("", "")]), key("", [("n", "")]),
        ]
        #expect(Set(keys).count == keys.count)
    }

    @Test func `texts of every length are told apart, as names and in pairs`() {
        let texts = Set(Self.texts)
        var found: Set<PairKey> = []
        for text in texts {
            found.insert(key(text, []))
            found.insert(key("n", [(text, "v")]))
            found.insert(key("n", [("v", text)]))
        }
        // "n" is no text of these, and ("v", "v") is not either: none of them is made twice.
        #expect(found.count == texts.count * 3)
    }

    @Test func `a change of one byte anywhere is another key`() {
        for length in [3, 15, 16, 25, 40, 1_024, 1_030] {
            let text = Array(repeating: UInt8(ascii: "x"), count: length)
            var found: Set<PairKey> = [key("n", [(String(decoding: text, as: UTF8.self), "")])]
            for index in text.indices {
                var changed = text
                changed[index] = UInt8(ascii: "y")
                found.insert(key("n", [(String(decoding: changed, as: UTF8.self), "")]))
            }
            #expect(found.count == length + 1)
        }
    }

    @Test func `how a text is stored says nothing`() {
        var grown = ""
        grown.reserveCapacity(100)
        grown += "GET"
        let part = String("a GET request".dropFirst(2).prefix(3))
        for text in [grown, part] { #expect(key(text, [(text, text)]) == key("GET", [("GET", "GET")])) }
        let long = "http.response.status_code"
        #expect(key(String("x\(long)".dropFirst()), []) == key(long, []))
    }

    @Test func `two sets of seeds make other keys`() {
        #expect(PairKeys().key(of: "n", [("a", "1")], domain: 1) != key("n", [("a", "1")]))
    }
}

import Testing
import Vernier

@testable import VernierParsing

@Suite("LabelList")
struct LabelListTests {
    private func key(_ pairs: [(String, String)], of list: inout LabelList) -> [UInt8]? {
        list.removeAll()
        for (name, value) in pairs {
            let (name, value) = (Array(name.utf8), Array(value.utf8))
            let isUTF8 = list.append(name: name.span, value: value.span)
            #expect(isUTF8)
        }
        list.end()
        return list.canonicalKey()
    }

    @Test("sets of labels are equal when their keys are")
    func keys() {
        var labels = LabelList()
        let keys = [
            [("a", "1"), ("b", "2")], [("b", "2"), ("a", "1")], [("b", "2"), ("c", ""), ("a", "1")],
            [("a", "1b"), ("", "2")],
            [("a", "1")], [("c", "")], [], [("b", "1"), ("a", ""), ("b", "")],
        ].map { key($0, of: &labels) }
        #expect(keys[1] == keys[0])
        #expect(keys[2] == keys[0])
        #expect(keys[3] != keys[0])
        #expect(keys[4] != keys[0])
        #expect(keys[5] == keys[6])
        #expect(keys[6] == [])
        #expect(keys[7] == nil)
    }

    @Test("names are kept from the line before, values are not")
    func pairs() {
        var labels = LabelList()
        _ = key([("a", "1"), ("b", "2"), ("c", "3")], of: &labels)
        _ = key([("a", "4"), ("x", "5")], of: &labels)
        #expect(labels.pairs == [LabelPair("a", "4"), LabelPair("x", "5")])
        #expect(labels.codePoints == 4)
    }

    @Test("a key needs no more room than its bytes, however long the line before was")
    func room() throws {
        var labels = LabelList()
        _ = key([("a", String(repeating: "x", count: 1 << 20))], of: &labels)
        let short = key([("a", "1")], of: &labels)
        #expect(try #require(short).capacity < 1 << 10)
    }
}

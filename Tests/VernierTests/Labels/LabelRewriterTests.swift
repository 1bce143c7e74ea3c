import Testing

@testable import Vernier

@Suite struct LabelRewriterTests {
    private static let pairs = [
        LabelPair("a.b", "1,\"=\\"), LabelPair("c", ""), LabelPair("d\"\\\n=", "3"), LabelPair("e:f", "x\ny"),
    ]

    @Test(arguments: EscapingScheme.allCases.filter { $0 != .allowUTF8 })
    func `names are written as the scheme says and values stay`(scheme: EscapingScheme) {
        var rewriter = LabelRewriter(scheme)
        for count in [4, 1, 0, 2, 4] {
            let pairs = Array(Self.pairs.prefix(count))
            let text = rewriter.rewritten(LabelText.rendered(pairs).span)
            #expect(text == LabelText.rendered(LabelText.written(pairs, scheme)))
            rewriter.takeBack(text)
        }
    }

    @Test func `more names than it remembers are written too`() {
        var rewriter = LabelRewriter(.underscores)
        for number in 0..<200 {
            let text = rewriter.rewritten(LabelText.rendered([LabelPair("a.\(number)", "v")]).span)
            #expect(String(decoding: text, as: UTF8.self) == "a_\(number)=\"v\"")
            rewriter.takeBack(text)
        }
    }

    @Test func `a text that breaks off ends the labels`() {
        let whole = LabelText.rendered(Self.pairs)
        var rewriter = LabelRewriter(.underscores)
        for length in 0...whole.count {
            let text = rewriter.rewritten(Array(whole.prefix(length)).span)
            #expect(text.count <= length)
            rewriter.takeBack(text)
        }
    }
}

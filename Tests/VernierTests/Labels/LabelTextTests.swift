import Testing

@testable import Vernier

@Suite struct LabelTextTests {
    static let tenKilobytes = String(repeating: "0123456789", count: 1024)

    @Test(arguments: [
        ("", ""), ("plain", "plain"), ("a\"b", #"a\"b"#), (#"a\b"#, #"a\\b"#), ("a\nb", #"a\nb"#), (#"\n"#, #"\\n"#),
        ("\"\\\n", #"\"\\\n"#), ("\t\r\0\u{1b}", "\t\r\0\u{1b}"), ("👍🏽 é", "👍🏽 é"), ("{a=\"b\",c}", #"{a=\"b\",c}"#),
    ]) func `backslash, quote and line feed are escaped in a value`(value: String, escaped: String) {
        var text: [UInt8] = []
        LabelText.appendEscaped(value, to: &text)
        #expect(text == bytes(escaped))
    }

    @Test func `quotes may stay as they are`() {
        var result: [UInt8] = []
        LabelText.appendEscaped("say \"hi\" \\ \n", quotes: false, to: &result)
        #expect(text(result) == #"say "hi" \\ \n"#)
    }

    @Test func `pairs are joined by commas`() {
        var result: [UInt8] = []
        LabelText.append(names: [], values: [], to: &result)
        #expect(result.isEmpty)
        LabelText.append(names: ["a", "b"], values: ["1", "\""], to: &result)
        #expect(text(result) == #"a="1",b="\"""#)
        #expect(text(LabelText.rendered([LabelPair("x", "y")])) == #"x="y""#)
    }

    @Test(arguments: [
        [], [LabelPair("a", "")], [LabelPair("a", "1"), LabelPair("b", "2")],
        [LabelPair("quote", "\""), LabelPair("backslash", "\\"), LabelPair("feed", "\n")],
        [LabelPair("mixed", "\\n\\\"\n,}={\"")], [LabelPair("control", "\u{1}\u{7f}\r\t\0")],
        [LabelPair("emoji", "👩‍👩‍👧‍👦🇩🇪"), LabelPair("tail", "\\\\")], [LabelPair("long", tenKilobytes), LabelPair("z", "")],
        [LabelPair("long", String(repeating: "\\\"\n", count: 3_000))],
    ]) func `reading pairs back gives what was written`(pairs: [LabelPair]) {
        let text = LabelText.rendered(pairs)
        #expect(LabelText.pairs(in: text.span) == pairs)
    }
}

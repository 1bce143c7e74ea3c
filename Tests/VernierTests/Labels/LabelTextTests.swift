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

    @Test func `a byte to escape is found wherever it stands, and no other is taken for one`() {
        for length in 0...40 {
            let plain = String(repeating: "é#]", count: 14).prefix(length)
            #expect(!LabelText.hasEscapes(String(plain)))
            for place in 0...plain.count {
                for escape in ["\\", "\"", "\n"] {
                    #expect(LabelText.hasEscapes(String(plain.prefix(place) + escape + plain.dropFirst(place))))
                }
            }
        }
        for byte in UInt8.min...0x7f {
            let isEscaped = byte == 0x5c || byte == 0x22 || byte == 0x0a
            #expect(LabelText.hasEscapes(String(UnicodeScalar(byte))) == isEscaped)
            #expect(LabelText.hasEscapes(String(repeating: String(UnicodeScalar(byte)), count: 9)) == isEscaped)
        }
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
        [LabelPair("http.method", "GET"), LabelPair("b", "2"), LabelPair("größe", "")],
        [LabelPair("\"\\\n=,}", "\"\\\n=,}"), LabelPair("=", "="), LabelPair("a\\", "\\")],
    ]) func `reading pairs back gives what was written`(pairs: [LabelPair]) {
        let text = LabelText.rendered(pairs)
        #expect(LabelText.pairs(in: text.span) == pairs)
    }

    @Test func `a name that is not a legacy one stands in quotes`() {
        let pairs = [LabelPair("a.b", "1"), LabelPair("c", "2"), LabelPair("d\"\\\n", "3"), LabelPair("e:f", "4")]
        let rendered = LabelText.rendered(pairs)
        #expect(text(rendered) == #""a.b"="1",c="2","d\"\\\n"="3","e:f"="4""#)
        var builder = LabelTextBuilder(heads: LabelTextBuilder.heads(of: pairs.map(\.name)))
        for pair in pairs { builder.append(pair.value) }
        #expect(builder.finished() == rendered)
    }

    @Test func `a text that breaks off is read as far as it goes`() {
        let whole = Array(#"a="1","b.c"="\"","d"="x""#.utf8)
        for length in 0...whole.count {
            let pairs = LabelText.pairs(in: Array(whole.prefix(length)).span)
            #expect(pairs.count <= 3)
            #expect(length < whole.count || pairs.map(\.name) == ["a", "b.c", "d"])
            #expect(length < whole.count || pairs.map(\.value) == ["1", "\"", "x"])
        }
    }
}

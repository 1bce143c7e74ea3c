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

@Suite struct LabelTextArenaTests {
    private func read(_ arena: borrowing LabelTextArena, _ place: UInt32) -> [UInt8] {
        arena.withText(at: place) { span in span.indices.map { span[$0] } }
    }

    @Test func `texts of all lengths come back whole`() {
        var arena = LabelTextArena()
        let lengths = Array(0..<300) + [1_000, 4_096, 10_240, 65_530, 65_536, 100_000, 5, 0]
        var places: [UInt32] = []
        for length in lengths { places.append(arena.insert((0..<length).map { UInt8(truncatingIfNeeded: $0 &* 7) })) }
        #expect(Set(places).count == places.count)
        for (place, length) in zip(places, lengths) {
            #expect(read(arena, place) == (0..<length).map { UInt8(truncatingIfNeeded: $0 &* 7) })
        }
    }

    @Test func `the room of a text that was removed is given to one of about its size`() {
        var arena = LabelTextArena()
        let first = arena.insert(bytes("0123456789"))
        let second = arena.insert(bytes("neighbour"))
        arena.remove(first)
        let third = arena.insert(bytes("abcdefghijk"))
        #expect(third == first)
        #expect(read(arena, third) == bytes("abcdefghijk"))
        #expect(read(arena, second) == bytes("neighbour"))
        arena.remove(third)
        #expect(arena.insert(Array(repeating: 1, count: 100)) != first)
        #expect(arena.insert([2, 3, 4, 5, 6]) == first)
    }

    @Test func `random texts that come and go never disturb each other`() {
        var generator = SplitMix(seed: 7)
        var arena = LabelTextArena()
        var model: [UInt32: [UInt8]] = [:]
        for _ in 0..<20_000 {
            if model.count > 200, let place = model.keys.randomElement(using: &generator) {
                #expect(read(arena, place) == model[place])
                model[place] = nil
                arena.remove(place)
            } else {
                let length = Int.random(in: 0..<200, using: &generator)
                let text = (0..<length).map { _ in UInt8.random(in: 0...255, using: &generator) }
                let place = arena.insert(text)
                #expect(model[place] == nil)
                model[place] = text
            }
        }
        #expect(model.allSatisfy { read(arena, $0.key) == $0.value })
    }
}

import Testing

@testable import Vernier

@Suite struct LabelTextBuilderTests {
    private func built(_ names: [String], _ values: [String]) -> String {
        var text = LabelTextBuilder(heads: LabelTextBuilder.heads(of: names))
        for value in values { text.append(value) }
        return text.withText { span in String(decoding: span.indices.map { span[$0] }, as: UTF8.self) }
    }

    private func rendered(_ names: [String], _ values: [String]) -> String {
        var bytes: [UInt8] = []
        LabelText.append(names: names, values: values, to: &bytes)
        return text(bytes)
    }

    @Test func `a text is that of its names and values`() {
        #expect(built([], []) == "")
        #expect(built(["a"], [""]) == "a=\"\"")
        #expect(built(["a", "b"], ["1", "\""]) == #"a="1",b="\"""#)
        #expect(
            built(["method", "path", "a_name_of_many_bytes", "d"], ["GET", "/", "x", "y"])
                == #"method="GET",path="/",a_name_of_many_bytes="x",d="y""#)
    }

    @Test(arguments: ["\\", "\"", "\n", "é", "\0", "!", "#", "[", "]", "\u{b}", "\t", "👍"])
    func `every character is escaped as elsewhere, wherever it stands`(piece: String) {
        for front in 0..<24 {
            for end in 0..<3 {
                let value = String(repeating: "a", count: front) + piece + String(repeating: "b", count: end)
                #expect(built(["l", "m"], [value, piece]) == rendered(["l", "m"], [value, piece]))
                #expect(built(["l"], [value + piece]) == rendered(["l"], [value + piece]))
            }
        }
    }

    @Test(arguments: [15, 16, 17, 200, 240, 255, 256, 257, 4_096, 70_000]) func `texts of any length are whole`(
        length: Int
    ) {
        let plain = String(repeating: "0123456789", count: length / 10 + 1)
        #expect(built(["a", "b"], [plain, "x"]) == rendered(["a", "b"], [plain, "x"]))
        #expect(built(["a", "b"], ["x", plain + "\n"]) == rendered(["a", "b"], ["x", plain + "\n"]))
    }

    @Test func `values beyond the last label are left out`() {
        #expect(built(["a"], ["1", "2"]) == "a=\"1\"")
        #expect(built([], ["1"]) == "")
    }

    @Test func `a schema of one's own hands over its texts`() {
        struct Own: LabelSchema {
            var names: [String] { ["x", "y"] }
            var finiteTexts: [[String]?] { [nil, nil] }
            func index(of values: Int) -> Int { 0 }
            func key(of values: Int, _ seeds: KeySeeds) -> SeriesKey { SeriesKey(low: UInt64(values), high: 1) }
            func texts(of values: Int) -> [String] { ["\(values)", "\(values + 1)"] }
        }
        let registry = Registry()
        CounterFamily("own", help: "O.", labels: Own(), registry: registry)[7].increment()
        #expect(registry.samples(of: "own") == ["own_total{x=\"7\",y=\"8\"} 1"])
    }
}

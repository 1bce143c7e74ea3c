#if Hummingbird
    import Foundation
    import Logging
    import Testing
    @testable import VernierHummingbird

    private func parsed(_ line: JSONLine) throws -> [String: Any] {
        let bytes = line.finished()
        #expect(bytes.last == UInt8(ascii: "\n"))
        #expect(bytes.count { $0 == UInt8(ascii: "\n") } == 1)
        return try #require(try JSONSerialization.jsonObject(with: Data(bytes)) as? [String: Any])
    }

    @Suite struct JSONLineTests {
        @Test(arguments: [
            "", "plain", "\"quoted\" and \\ back", "two\nlines\r\n\ttab", "\u{0}\u{1}\u{1F}\u{7F}", "é 日本 😀",
            "\u{2028}\u{2029}", "</script>", "e\u{301}",
            "\u{80}\u{85}\u{9B}2J\u{9F}\u{A0}é",
        ])
        func `any text comes back as it was`(text: String) throws {
            var line = JSONLine(limit: 1_000)
            line.add("message", cutting: text)
            line.add(text.isEmpty ? "empty" : text, .string(text))
            let object = try parsed(line)
            #expect((object["message"] as? String).map { Array($0.utf8) } == Array(text.utf8))
            #expect(object.count == 2)
        }

        @Test func `ends of lines of any kind are escaped`() {
            var line = JSONLine(limit: 1_000)
            line.add("a", "\n\r\u{2028}\u{2029}\u{0B}\u{85}")
            #expect(
                String(decoding: line.finished(), as: UTF8.self)
                    == "{\"a\":\"\\n\\r\\u2028\\u2029\\u000b\\u0085\"}\n")
        }

        @Test func `numbers and truth values are written as such`() {
            var line = JSONLine(limit: 1_000)
            let values: [Logger.MetadataValue] = [
                .stringConvertible(1), .stringConvertible(-2.5), .stringConvertible(UInt64.max),
                .stringConvertible(true),
                .stringConvertible(Double.nan), .stringConvertible(1e-7), .stringConvertible(Float(0.5)), .string("1"),
            ]
            line.add("values", .array(values))
            #expect(
                String(decoding: line.finished(), as: UTF8.self)
                    == "{\"values\":[1,-2.5,18446744073709551615,true,\"nan\",1e-07,0.5,\"1\"]}\n")
        }

        @Test func `dictionaries are sorted and lie in each other`() {
            var line = JSONLine(limit: 1_000)
            line.add("a", .dictionary(["z": "1", "b": .dictionary(["c": .array([])])]))
            #expect(String(decoding: line.finished(), as: UTF8.self) == "{\"a\":{\"b\":{\"c\":[]},\"z\":\"1\"}}\n")
        }

        @Test func `metadata does not take the place of the line's own fields`() throws {
            var line = JSONLine(limit: 1_000)
            line.add("level", "info")
            line.add(["level": "water", "metadata_level": "low"])
            let object = try parsed(line)
            #expect(object["level"] as? String == "info")
            #expect(object["metadata_level"] as? String == "low")
            #expect(object["metadata_metadata_level"] as? String == "water")
            #expect(object.count == 3)
        }

        @Test func `what does not fit is left out and said`() throws {
            var line = JSONLine(limit: 256)
            line.add("small", .string("a"))
            line.add("large", .string(String(repeating: "x", count: 1_000_000)))
            line.add("list", .array(Array(repeating: .string("\"\""), count: 100_000)))
            line.add("last", .string("z"))
            #expect(line.bytes.count <= 256)
            let object = try parsed(line)
            #expect(object.keys.sorted() == ["last", "small", "truncated"])
            #expect(object["truncated"] as? Bool == true)
        }

        @Test(arguments: ["x", "\u{1}", "😀", "\""])
        func `a message that is too long is cut between characters`(character: String) throws {
            var line = JSONLine(limit: 2_000)
            line.add("level", "info")
            line.add("message", cutting: String(repeating: character, count: 100_000))
            let object = try parsed(line)
            let message = try #require(object["message"] as? String)
            #expect(message.utf8.count >= 150)
            #expect(message.unicodeScalars.allSatisfy { String($0) == character })
            #expect(object["truncated"] as? Bool == true)
        }

        @Test(arguments: ["\u{1B}", "\"", "\u{2028}", "\u{9F}"])
        func `a message that only escaping makes too long is cut, not left out`(character: String) throws {
            var line = JSONLine(limit: 2_000)
            let text = String(repeating: character, count: 980 / character.utf8.count)
            line.add("message", cutting: text)
            let object = try parsed(line)
            let message = try #require(object["message"] as? String)
            #expect(message.utf8.count >= 150)
            #expect(text.hasPrefix(message))
            #expect(object["truncated"] as? Bool == true)
        }

        @Test func `a line of nothing but what does not fit is an object`() throws {
            var line = JSONLine(limit: 0)
            line.add("large", .string(String(repeating: "x", count: 1_000)))
            #expect(try parsed(line).keys.sorted() == ["truncated"])
        }

        @Test func `what lies too deep is null`() throws {
            var value: Logger.MetadataValue = "core"
            for _ in 0..<10_000 { value = .array([value]) }
            var line = JSONLine(limit: 1_000)
            line.add("deep", value)
            #expect(line.finished().starts(with: Array("{\"deep\":[[[[[[[[[[[[[[[[null]]]]".utf8)))
        }
    }
#endif

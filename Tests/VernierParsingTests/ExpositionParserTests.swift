import Testing
import Vernier
import VernierParsing

@Suite("ExpositionParser")
struct ExpositionParserTests {
    private let page = """
        # TYPE a histogram
        a_bucket{x="é",le="1"} 1 # {y="z"} 0.5 1
        a_bucket{x="é",le="+Inf"} 2
        # TYPE b counter
        # HELP b \\n
        b_total 1
        c 1
        # EOF

        """

    @Test("pieces of any size give the same families", arguments: [1, 2, 3, 7, 64, 1000])
    func pieces(_ size: Int) throws {
        var found: [MetricFamilySnapshot] = []
        var parser = ExpositionParser(.openMetrics)
        var rest = Array(page.utf8)[...]
        while !rest.isEmpty {
            try parser.parse(rest.prefix(size)) { found.append($0) }
            rest = rest.dropFirst(size)
        }
        try parser.finish { found.append($0) }
        #expect(found == (try families(page)))
        #expect(found.map(\.name) == ["a", "b", "c"])
    }

    @Test("a family is handed over as soon as the next one begins")
    func handedOver() throws {
        var found: [String] = []
        var parser = ExpositionParser(.text)
        try parser.parse("a 1\na{x=\"y\"} 2\n".utf8) { found.append($0.name) }
        #expect(found == [])
        try parser.parse("b 1\n".utf8) { found.append($0.name) }
        #expect(found == ["a"])
        try parser.finish { found.append($0.name) }
        #expect(found == ["a", "b"])
        try parser.finish { found.append($0.name) }
        #expect(found == ["a", "b"])
    }

    @Test("after an error the parser says it again")
    func staysBroken() throws {
        var parser = ExpositionParser(.text)
        let first = #expect(throws: ExpositionError.self) { try parser.parse("a b\n".utf8) { _ in } }
        let second = #expect(throws: ExpositionError.self) { try parser.parse("a 1\n".utf8) { _ in } }
        let third = #expect(throws: ExpositionError.self) { try parser.finish { _ in } }
        #expect(first == second)
        #expect(first == third)
    }

    @Test("an error at the end stays too")
    func staysBrokenAtTheEnd() throws {
        var parser = ExpositionParser(.openMetrics)
        try parser.parse("a 1\n".utf8) { _ in }
        let first = #expect(throws: ExpositionError.self) { try parser.finish { _ in } }
        let second = #expect(throws: ExpositionError.self) { try parser.parse("# EOF\n".utf8) { _ in } }
        #expect(first == second)
    }

    @Test("what the closure throws comes out")
    func closureThrows() throws {
        struct Stop: Error {}
        var parser = ExpositionParser(.text)
        #expect(throws: Stop.self) { try parser.parse("a 1\nb 1\n".utf8) { _ in throw Stop() } }
        #expect(throws: Stop.self) { try parser.parse("c 1\n".utf8) { _ in } }
        var other = ExpositionParser(.text)
        try other.parse("a 1\n".utf8) { _ in }
        #expect(throws: Stop.self) { try other.finish { _ in throw Stop() } }
    }

    @Test("a protobuf page is refused, an empty one is not looked at")
    func protobuf() throws {
        var parser = ExpositionParser(.protobuf)
        let error = try #require(throws: ExpositionError.self) { try parser.parse([1]) { _ in } }
        #expect(error.expected.contains("text"))
        var empty = ExpositionParser(.protobuf)
        try empty.finish { _ in }
    }

    @Test("what a registry exposes is what it gathers", arguments: [ExpositionFormat.openMetrics, .text])
    func exposed(_ format: ExpositionFormat) throws {
        let registry = Registry(constantLabels: ["zone": "a\"\\\n"])
        Counter("hits", help: "Hits.", registry: registry).increment(by: 3)
        Gauge("depth", help: "Depth.\nOf \\ water.", registry: registry).set(-1.5)
        let latency = Histogram("latency", unit: .seconds, help: "Latency.", registry: registry)
        latency.observe(0.25)
        latency.observe(1e9)
        var found: [MetricFamilySnapshot] = []
        var parser = ExpositionParser(format)
        try registry.expose(as: format, names: ["hits", "depth", "latency_seconds"]) { piece in
            try parser.parse(piece) { found.append($0) }
        }
        try parser.finish { found.append($0) }
        var expected = registry.gather(names: ["hits", "depth", "latency_seconds"])
        if format == .text { for index in expected.indices { expected[index].unit = "" } }
        for index in expected.indices {
            for metric in expected[index].metrics.indices { expected[index].metrics[metric].created = nil }
        }
        #expect(found == expected)
        #expect(found.count == 3)
    }

    // MARK: Limits

    @Test("a line that is too long is refused before its end comes")
    func longLine() throws {
        var limits = ExpositionParser.Limits()
        limits.lineBytes = 20
        #expect(try problem("a{b=\"0123456789012\"} 1\n", .text, limits: limits).expected.contains("lineBytes"))
        var parser = ExpositionParser(.text, limits: limits)
        try parser.parse(repeatElement(UInt8(ascii: "a"), count: 20)) { _ in }
        let error = try #require(throws: ExpositionError.self) { try parser.parse([UInt8(ascii: "a")]) { _ in } }
        #expect(error.expected.contains("lineBytes"))
        #expect(error.line == 1)
        #expect(error.column == 21)
    }

    @Test("a line that is too long is told in the same way whatever the pieces are", arguments: ["a 1\n", "# EOF\n"])
    func longLineInPieces(before: String) throws {
        var limits = ExpositionParser.Limits()
        limits.lineBytes = 20
        let page = before + String(repeating: "a", count: 30) + "\n"
        let whole = try problem(page, .openMetrics, limits: limits)
        #expect(whole.line == 2)
        var parser = ExpositionParser(.openMetrics, limits: limits)
        let inPieces = #expect(throws: ExpositionError.self) {
            for byte in page.utf8 { try parser.parse([byte]) { _ in } }
        }
        #expect(inPieces == whole)
    }

    @Test("labels, families and the bytes of one family are limited")
    func limits() throws {
        var limits = ExpositionParser.Limits()
        limits.labelsPerSample = 2
        limits.families = 2
        limits.familyBytes = 29
        #expect(try problem("a{b=\"\",c=\"\",d=\"\"} 1\n", .text, limits: limits).expected.contains("labelsPerSample"))
        #expect(try problem("a 1\nb 1\nc 1\n", .text, limits: limits).expected.contains("families"))
        #expect(
            try problem("a{b=\"1\"} 1\na{b=\"2\"} 1\na{b=\"3\"} 1\n", .text, limits: limits).expected.contains(
                "familyBytes"))
        #expect(
            try [MetricFamilySnapshot](parsing: "a{b=\"1\",c=\"2\"} 1\nb 1\n", as: .text, limits: limits).count == 2)
    }

    @Test("the names of all families together are limited")
    func limitOfNames() throws {
        var limits = ExpositionParser.Limits()
        limits.nameBytes = 7
        #expect(try [MetricFamilySnapshot](parsing: "aaa 1\nbbbb 1\n", as: .text, limits: limits).count == 2)
        let error = try problem("aaa 1\n# TYPE bbbbb gauge\n", .text, limits: limits)
        #expect(error.expected.contains("nameBytes"))
        #expect(error.line == 2)
    }

    @Test("many labels in the wrong order are sorted, not compared one with all")
    func manyLabels() throws {
        let names = (0..<200).map { "l\(999 - $0)" }
        let labels = names.map { "\($0)=\"x\"" }.joined(separator: ",")
        let found = try families("a{\(labels)} 1\n", .text)
        #expect(found[0].metrics[0].labels.map(\.name) == names)
    }

    // MARK: Errors

    @Test("an error quotes what it found safely and shortly")
    func description() throws {
        let error = try problem("a \u{1B}[31m\(String(repeating: "x", count: 100))\n", .text)
        #expect(error.line == 1)
        #expect(error.column == 3)
        #expect(error.description.hasPrefix("line 1, column 3: found \"\\u{1B}[31mxxx"))
        #expect(error.description.hasSuffix("…\", expected a value: a number that a Double can hold"))
        #expect(error == ExpositionError(line: 1, column: 3, found: error.found, expected: error.expected))
    }

    @Test("columns count bytes")
    func columns() throws {
        #expect(try problem("a{b=\"é\"} x\n", .text).column == 11)
    }
}

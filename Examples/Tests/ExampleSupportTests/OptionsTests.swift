import ExampleSupport
import Testing

struct OptionsTests {
    @Test func `options and words are read`() throws {
        let options = try Options(
            ["--port", "0", "GET /a", "--file", "a", "--rate", "2.5"], known: ["port", "file", "rate"], takesWords: true
        )
        #expect(try options.number("port", in: 0...65_535, default: 8_080) == 0)
        #expect(try options.number("rate", in: 0...10.0) == 2.5)
        #expect(try options.number("rows", in: 1...9, default: 3) == 3)
        #expect(options.text("file") == "a" && options.text("other") == nil)
        #expect(options.words == ["GET /a"])
        #expect(!options.wantsHelp)
    }

    @Test(arguments: [
        (["--prot", "1"], "--prot"), (["--port"], "--port needs"), (["word"], "word"), (["-port", "1"], "-port"),
    ])
    func `what is no option is named`(arguments: [String], said: String) throws {
        let problem = try #require(throws: Options.Problem.self) { try Options(arguments, known: ["port"]) }
        #expect(problem.description.contains(said))
    }

    @Test(arguments: ["70000", "-1", "1.5", "x", ""]) func `a number out of its range is refused with the range`(
        text: String
    ) throws {
        let options = try Options(["--port", text], known: ["port"])
        let problem = try #require(throws: Options.Problem.self) { try options.number("port", in: 0...65_535) }
        #expect(problem.description.contains("from 0 to 65535"))
    }
}

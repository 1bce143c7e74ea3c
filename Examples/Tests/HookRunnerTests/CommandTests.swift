import ExampleSupport
import Testing

@testable import hook_runner

@Suite struct CommandTests {
    @Test func `a command has its options`() throws {
        #expect(
            try Command(["serve", "--port", "0", "--config", "a.json"])
                == .serve(configuration: "a.json", metricsPort: 0, apiPort: nil))
        #expect(
            try Command(["run", "--metrics", "b.prom", "stop"])
                == .run(hook: "stop", configuration: "hooks.json", metricsFile: "b.prom"))
        #expect(try Command(["run", "--help"]) == .help)
    }

    @Test(arguments: [
        ([], "nothing is no command"), (["walk"], "walk is no command"), (["run"], "run needs"),
        (["run", "stop", "start"], "run needs"), (["run", "stop", "--port", "1"], "--port"),
        (["serve", "--metrics", "a"], "--metrics"), (["serve", "stop"], "stop"),
        (["serve", "--port", "70000"], "65535"),
    ])
    func `what does not fit the command is refused, and said`(arguments: [String], said: String) throws {
        let problem = try #require(throws: Options.Problem.self) { try Command(arguments) }
        #expect(problem.description.contains(said), "\(problem)")
    }
}

import ExampleSupport
import Foundation
import Testing

@testable import hook_runner

@Suite struct ConfigurationTests {
    private static let sound = """
        {
          "hooks": { "preToolUse_x": { "command": ["true"], "timeout_seconds": 2 } }, "hooks_at_once": 3,
          "memory": { "folder": "texts", "database": "run/m.sqlite", "readers": 2 }, "services": { "my_api": "localhost:80" },
          "thresholds": { "hook_execution_max_seconds": 5, "memory_search_max_seconds": 2, "error_rate_max_ratio": 0.05 },
          "metrics_port": 0, "api_port": 9465
        }
        """

    @Test func `the file beside the program is sound`() throws {
        let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        let path = folder.appendingPathComponent("../../hook-runner/hooks.json").standardizedFileURL.path
        let configuration = try Configuration.read(path)
        #expect(configuration.hooks["pre_tool_use"]?.timeoutSeconds == 5)
        let memory = try #require(configuration.memory)
        #expect(memory.folder.hasPrefix("/") && memory.folder.hasSuffix("Docs"))
        #expect(FileManager.default.fileExists(atPath: memory.folder))
    }

    @Test func `names of hooks and services stay as they are written`() throws {
        let configuration = try Configuration(json: Data(Self.sound.utf8))
        #expect(Array(configuration.hooks.keys) == ["preToolUse_x"])
        #expect(Array(configuration.services.keys) == ["my_api"])
        #expect(configuration.hooksAtOnce == 3)
        #expect(configuration.thresholds.errorRateMaxRatio == 0.05)
    }

    @Test(arguments: [
        ("\"timeout_seconds\": 2", "\"timeout_seconds\": 0", "hooks.preToolUse_x.timeout_seconds"),
        ("[\"true\"]", "[]", "names no program"),
        ("[\"true\"]", "\"true\"", "preToolUse_x.command"),
        ("\"hooks_at_once\": 3", "\"hooks_at_once\": 0", "at least 1"),
        ("\"hooks_at_once\": 3", "\"hooks_at_once\": \"3\"", "hooks_at_once"),
        ("\"metrics_port\": 0", "\"metrics_port\": 70000", "metrics_port is 70000"),
        ("localhost:80", "localhost", "services.my_api is \"localhost\": name host:port"),
        ("\"readers\": 2", "\"readers\": 0", "memory.readers"),
        ("\"api_port\"", "\"port\"", "api_port is missing"),
        ("\"error_rate_max_ratio\": 0.05", "\"error_rate\": 0.05", "error_rate_max_ratio is missing in thresholds"),
        ("{", "", "JSON"),
    ])
    func `what makes no sense is refused, and said`(part: String, other: String, said: String) throws {
        let range = try #require(Self.sound.range(of: part))
        let json = Self.sound.replacingCharacters(in: range, with: other)
        let problem = try #require(throws: Problem.self) { try Configuration(json: Data(json.utf8)) }
        #expect(problem.description.contains(said), "\(problem)")
    }
}

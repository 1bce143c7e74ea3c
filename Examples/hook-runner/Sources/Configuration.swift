import ExampleSupport
import Foundation

/// What the file with the hooks says; all but `memory` must be named.
struct Configuration: Sendable, Decodable {
    /// A program that is run when something happens.
    struct Hook: Sendable, Decodable {
        /// The program, looked up in PATH, and its arguments; no shell is between.
        var command: [String]
        /// After that many seconds the child and all that it started is killed.
        var timeoutSeconds: Double

        enum CodingKeys: String, CodingKey { case command, timeoutSeconds = "timeout_seconds" }
    }

    /// Where text files are read from, and where what is made of them is kept.
    struct Memory: Sendable, Decodable {
        /// The folder with the files, relative to the file that names it.
        var folder: String
        /// The SQLite database.
        var database: String
        /// How many searches may read at once.
        var readers: Int
    }

    /// What is too much: shown as metrics, so that a rule for alerts can compare with them.
    struct Thresholds: Sendable, Decodable {
        var hookExecutionMaxSeconds: Double
        var memorySearchMaxSeconds: Double
        var errorRateMaxRatio: Double

        enum CodingKeys: String, CodingKey {
            case hookExecutionMaxSeconds = "hook_execution_max_seconds"
            case memorySearchMaxSeconds = "memory_search_max_seconds"
            case errorRateMaxRatio = "error_rate_max_ratio"
        }
    }

    /// The hooks by type: what happens, such as `pre_tool_use`.
    var hooks: [String: Hook]
    /// How many hooks may run at once; further ones are refused.
    var hooksAtOnce: Int
    var memory: Memory?
    /// What the hooks depend on, by name: `host:port`, where something must accept connections.
    var services: [String: String]
    var thresholds: Thresholds
    /// The port of the page of metrics; 0 takes any free one.
    var metricsPort: Int
    /// The port on which invocations and searches arrive; 0 takes any free one.
    var apiPort: Int

    enum CodingKeys: String, CodingKey {
        case hooks, memory, services, thresholds
        case hooksAtOnce = "hooks_at_once"
        case metricsPort = "metrics_port"
        case apiPort = "api_port"
    }
}

extension Configuration {
    /// Reads a file; paths in it are relative to its folder.
    static func read(_ path: String) throws -> Configuration {
        let url = URL(fileURLWithPath: path)
        guard let data = try? Data(contentsOf: url) else {
            throw Problem("\(path) cannot be read; name a file with --config")
        }
        var configuration: Configuration
        do { configuration = try Configuration(json: data) } catch {
            throw Problem("\(path): \(error)")
        }
        let folder = url.deletingLastPathComponent()
        if let memory = configuration.memory {
            configuration.memory?.folder = URL(fileURLWithPath: memory.folder, relativeTo: folder).path
            configuration.memory?.database = URL(fileURLWithPath: memory.database, relativeTo: folder).path
        }
        return configuration
    }

    /// Reads JSON and judges it.
    init(json: Data) throws {
        do { self = try JSONDecoder().decode(Configuration.self, from: json) } catch let error as DecodingError {
            throw Problem(error.inWords)
        }
        if let problem { throw Problem(problem) }
    }

    private var problem: String? {
        if hooks.isEmpty || hooks.count > 100 { return "hooks names \(hooks.count): name one to a hundred" }
        for (type, hook) in hooks {
            if hook.command.first?.isEmpty ?? true { return "hooks.\(type).command names no program" }
            if !(hook.timeoutSeconds > 0 && hook.timeoutSeconds <= 3600) {
                return "hooks.\(type).timeout_seconds must be above 0 and at most 3600"
            }
        }
        for (key, port) in [("metrics_port", metricsPort), ("api_port", apiPort)] where !(0...65_535).contains(port) {
            return "\(key) is \(port): name a port from 1 to 65535, or 0 for any free one"
        }
        if hooksAtOnce < 1 { return "hooks_at_once must be at least 1" }
        if let readers = memory?.readers, readers < 1 { return "memory.readers must be at least 1" }
        for (name, address) in services where Service(name, at: address) == nil {
            return "services.\(name) is \"\(address)\": name host:port"
        }
        return nil
    }
}

extension DecodingError {
    fileprivate var inWords: String {
        func place(_ context: Context) -> String {
            context.codingPath.isEmpty ? "" : " in " + context.codingPath.map(\.stringValue).joined(separator: ".")
        }
        switch self {
        case .keyNotFound(let key, let context): return "\(key.stringValue) is missing\(place(context))"
        case .typeMismatch(_, let context), .valueNotFound(_, let context), .dataCorrupted(let context):
            return "\(context.debugDescription)\(place(context))"
        @unknown default: return "\(self)"
        }
    }
}

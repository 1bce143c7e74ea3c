import ExampleServer
import ExampleSupport
import Foundation
import Logging
import Vernier
import VernierExporter

// Runs programs as hooks and finds texts, and shows what it does: see README.md beside this folder.
//
// The hooks are in HookSystem.swift and ChildProcess.swift, the texts in Memory, figures of others in Collectors.swift.
@main
struct HookRunner {
    static func main() async {
        await runProgram("hook-runner") {
            switch try Command(CommandLine.arguments.dropFirst()) {
            case .help:
                say(Command.usage)
            case .serve(let file, let metricsPort, let apiPort):
                try await serveHooks(Configuration.read(file), metricsPort, apiPort)
            case .run(let hook, let file, let metricsFile):
                // A status of its own, which is hardly one of the hook's.
                await runProgram("hook-runner", failing: 125) {
                    exit(try await runOne(hook, Configuration.read(file), metricsFile))
                }
            }
        }
    }

    private static func serveHooks(_ configuration: Configuration, _ metricsPort: Int?, _ apiPort: Int?) async throws {
        let hooks = HookSystem(configuration)
        let registry = Registry.default
        registry.register(ProcessCollector())
        registry.register(RuntimeCollector())
        registry.register(HookMetricsCollector(hooks: hooks, thresholds: configuration.thresholds))
        let services = configuration.services.sorted { $0.key < $1.key }.compactMap { Service($0, at: $1) }
        registry.register(SystemHealthCollector(services: services), cachedFor: .seconds(1))
        let memory = try configuration.memory.map { try MemorySystem($0) }
        if let memory {
            registry.register(MemoryMetricsCollector(memory: memory), cachedFor: .seconds(1))
            let size = try await memory.index()
            say("\(size.entries) paragraphs of \(memory.folder) can be found")
        }

        let server = try MetricsServer.start(port: metricsPort ?? configuration.metricsPort)
        defer { server.stop() }
        try await serve(
            makeRouter(hooks, memory), port: apiPort ?? configuration.apiPort, option: "--api-port",
            logger: Logger(label: "hook-runner")
        ) { address in
            say("hooks at \(address)/hooks, metrics at \(server.url)")
        }
    }

    /// Runs one hook, and returns the status to end with.
    private static func runOne(
        _ hook: String, _ configuration: Configuration, _ metricsFile: String?
    ) async throws -> Int32 {
        guard configuration.hooks[hook] != nil else {
            let known = configuration.hooks.keys.sorted().joined(separator: ", ")
            throw Options.Problem("\(hook) is no hook; there are \(known)")
        }
        let limit = HookSystem.inputLimit
        let input = isatty(STDIN_FILENO) == 1 ? nil : try FileHandle.standardInput.read(upToCount: limit + 1)
        guard input?.count ?? 0 <= limit else { throw Problem("standard input is longer than \(limit) bytes") }
        let hooks = HookSystem(configuration)
        let task = Task { try await hooks.run(hook, input: Array(input ?? Data())) }
        // The hook is in a group of its own, which Ctrl-C does not reach.
        onStopSignal { task.cancel() }
        let invocation = try await task.value
        say(invocation.output, terminator: "")
        if let metricsFile {
            // The hook did what it did, also where that cannot be told.
            do { try invocation.writePage(to: metricsFile) } catch {
                complain("hook-runner: \(metricsFile) cannot be written: \(error)")
            }
        }
        return invocation.exitStatus ?? (invocation.status == "timeout" ? 124 : 125)
    }
}

import Foundation
import Hummingbird
import Vernier
import VernierExporter

// Runs programs as hooks and finds texts, and shows what it does: see README.md beside this folder.
//
// The hooks are in HookSystem.swift and ChildProcess.swift, the texts in Memory, figures of others in Collectors.swift.
@main
struct HookRunner {
    static func main() async {
        do {
            let options = try Options(CommandLine.arguments.dropFirst())
            switch options.command {
            case .help: print(Options.usage)
            case .serve: try await serve(options)
            case .run(let hook): exit(try await run(hook, options))
            }
        } catch {
            FileHandle.standardError.write(Data("hook-runner: \(error)\n".utf8))
            exit(64)
        }
    }

    private static func serve(_ options: Options) async throws {
        let configuration = try Configuration.read(options.configuration)
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
            print("\(size.entries) paragraphs of \(memory.folder) can be found")
        }

        let server = try MetricsServer.start(port: options.metricsPort ?? configuration.metricsPort)
        let application = Application(
            router: makeRouter(hooks, memory),
            configuration: .init(address: .hostname("127.0.0.1", port: options.apiPort ?? configuration.apiPort)),
            onServerRunning: { channel in
                print("hooks at http://127.0.0.1:\(channel.localAddress?.port ?? 0)/hooks, metrics at \(server.url)")
                // Without a stream all of them are flushed.
                fflush(nil)
            })
        try await application.runService()
        server.stop()
    }

    private static func run(_ hook: String, _ options: Options) async throws -> Int32 {
        let hooks = HookSystem(try Configuration.read(options.configuration))
        let input = isatty(STDIN_FILENO) == 1 ? Data() : FileHandle.standardInput.readDataToEndOfFile()
        let invocation = try await hooks.run(hook, input: Array(input))
        print(invocation.output, terminator: "")
        if let file = options.metricsFile {
            // Written beside it and renamed, so that nobody reads half of it.
            try Data(Registry.default.page(as: .text).utf8).write(to: URL(fileURLWithPath: file), options: .atomic)
        }
        return invocation.exitStatus ?? (invocation.status == "timeout" ? 124 : 125)
    }
}

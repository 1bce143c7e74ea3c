import Synchronization
import Vernier
import VernierInstrumentation

/// Runs the hooks of a configuration, and measures that.
final class HookSystem: Sendable {
    /// What became of a hook that was run.
    struct Invocation: Sendable, Encodable {
        let hook: String
        /// `success`, `error`, `timeout` or `cancelled`.
        let status: String
        let seconds: Double
        /// The exit status of the child, nil when it did not end by itself.
        let exitStatus: Int32?
        /// What it wrote.
        let output: String
    }

    /// Why a hook was not run.
    enum Refusal: Error, Equatable {
        case unknownHook
        case busy
    }

    /// What is known of a hook's last runs.
    struct Recent: Sendable {
        private var failures: [Bool] = []

        /// The share of failures among the last hundred runs, 0 before the first.
        var errorRatio: Double {
            failures.isEmpty ? 0 : Double(failures.count { $0 }) / Double(failures.count)
        }

        mutating func add(isFailure: Bool) {
            failures.append(isFailure)
            if failures.count > 100 { failures.removeFirst() }
        }
    }

    private struct State {
        var running = 0
        var recent: [String: Recent]
    }

    /// How many bytes a hook is handed at most.
    static let inputLimit = 1 << 20

    let hooks: [String: Configuration.Hook]
    private let limit: Int
    private let metrics: HookMetrics<String>
    private let state: Mutex<State>

    init(_ configuration: Configuration, registry: Registry = .current) {
        hooks = configuration.hooks
        limit = configuration.hooksAtOnce
        // Every series is there from the start, so that the first failure is an increase and not a beginning.
        metrics = HookMetrics(
            known: hooks.keys.sorted(), knownErrors: HookFailure.allTypes, quantiles: Summary.defaultQuantiles,
            registry: registry)
        state = Mutex(State(recent: hooks.mapValues { _ in Recent() }))
    }

    /// The last runs of each hook.
    var recent: [String: Recent] { state.withLock { $0.recent } }

    /// Runs a hook.
    ///
    /// - Parameter input: what the child reads from its standard input.
    func run(_ type: String, input: [UInt8]) async throws -> Invocation {
        guard let hook = hooks[type] else { throw Refusal.unknownHook }
        try state.withLock { state in
            guard state.running < limit else { throw Refusal.busy }
            state.running += 1
        }
        let child = ChildProcess(command: hook.command, timeout: .seconds(hook.timeoutSeconds))
        let run = metrics.start(type)
        let began = ContinuousClock.now
        let result: WorkResult
        var exitStatus: Int32?
        var output: String
        do {
            let ended = try await child.run(input: input)
            result = ended.end.result
            if case .exited(let status) = ended.end { exitStatus = status }
            output = String(decoding: ended.output, as: UTF8.self)
        } catch {
            result = .failure(HookFailure.notStarted)
            output = "\(error)"
        }
        run.end(result)
        state.withLock { state in
            state.running -= 1
            if result != .cancelled { state.recent[type]?.add(isFailure: result != .success) }
        }
        return Invocation(
            hook: type, status: WorkStatus(result).rawValue, seconds: (ContinuousClock.now - began) / .seconds(1),
            exitStatus: exitStatus, output: output)
    }
}

/// The classes of failures of a hook, beside `timeout`.
enum HookFailure {
    static let exitStatus: ErrorType = "exit_status"
    static let signal: ErrorType = "signal"
    static let notStarted: ErrorType = "not_started"
    static let allTypes = [exitStatus, signal, notStarted]
}

extension ChildProcess.End {
    fileprivate var result: WorkResult {
        switch self {
        case .exited(0): .success
        case .exited: .failure(HookFailure.exitStatus)
        case .killed: .failure(HookFailure.signal)
        case .timedOut: .timeout
        case .cancelled: .cancelled
        }
    }
}

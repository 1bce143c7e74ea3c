import Vernier

extension HookMetrics {
    /// Runs a hook and records how long it takes and how it ends.
    ///
    /// What it throws is passed on, and sorted by ``WorkResult/init(thrown:)``.
    ///
    /// - Complexity: no allocation and no lock for a hook that has run before, unless it throws.
    public func measure<R, E: Error>(_ hook: Hook, _ body: () throws(E) -> R) throws(E) -> R {
        let run = start(hook)
        do {
            let result = try body()
            run.end(.success)
            return result
        } catch {
            run.end(WorkResult(thrown: error))
            throw error
        }
    }

    /// Runs an asynchronous hook and records how long it takes and how it ends.
    nonisolated(nonsending)
        public func measure<R, E: Error>(
            _ hook: Hook, _ body: nonisolated(nonsending) () async throws(E) -> R
        ) async throws(E) -> R
    {
        let run = start(hook)
        do {
            let result = try await body()
            run.end(.success)
            return result
        } catch {
            run.end(WorkResult(thrown: error))
            throw error
        }
    }

    /// Begins a run that ends elsewhere, as that of a child process: call `end` with its result, once.
    ///
    /// ```swift
    /// let run = hooks.start("pre_tool_use")
    /// let status = wait(for: child)
    /// run.end(status == 0 ? .success : .failure("exit_status"))
    /// ```
    public func start(_ hook: Hook) -> Run {
        running[hook].increment()
        return Run(hooks: self, hook: hook, began: .now)
    }

    /// A run of a hook under way.
    public struct Run: Sendable {
        let hooks: HookMetrics
        let hook: Hook
        let began: ContinuousClock.Instant

        /// Records how long the run took and how it ended.
        public func end(_ result: WorkResult) {
            let duration = ContinuousClock.now - began
            hooks.running[hook].decrement()
            hooks.execution[hook].observe(duration)
            hooks.quantiles?[hook].observe(duration)
            hooks.note(result, of: hook)
        }
    }
}

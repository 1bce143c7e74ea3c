import Testing
import Vernier
import VernierInstrumentation
import VernierTesting

@Suite struct HookMetricsTests {
    private enum Hook: String, FiniteLabel { case before, after }

    private func statuses(_ registry: Registry) async -> [String: Double] {
        await registry.values("hook_invocations").filter { $0.value > 0 }
    }

    @Test func `known hooks have all series from the start`() async {
        let registry = Registry()
        _ = HookMetrics(known: ["before", "after"], knownErrors: ["exit_status"], quantiles: [0.5], registry: registry)
        let zeros: [String: Double] = ["before": 0, "after": 0]
        #expect(
            await registry.values("hook_invocations").keys.sorted() == [
                "after/cancelled", "after/error", "after/success", "after/timeout", "before/cancelled", "before/error",
                "before/success", "before/timeout",
            ])
        for name in ["execution_seconds", "execution_quantiles_seconds", "last_execution_timestamp_seconds", "running"]
        {
            #expect(await registry.values("hook_\(name)") == zeros, "\(name)")
        }
        #expect(
            await registry.values("hook_errors").keys.sorted() == [
                "after/exit_status", "after/timeout", "before/exit_status", "before/timeout",
            ])
    }

    @Test func `the cases of an enum are the hooks that are known`() async {
        let registry = Registry()
        let hooks = HookMetrics(Hook.self, registry: registry)
        hooks.measure(.before) {}
        #expect(await registry.values("hook_invocations").count == 8)
        #expect(await registry.values("hook_execution_seconds") == ["before": 1, "after": 0])
    }

    @Test func `runs are sorted by how they end`() async {
        let registry = Registry()
        let hooks = HookMetrics(known: ["before"], registry: registry)
        #expect(hooks.measure("before") { 5 } == 5)
        #expect(throws: Trouble.self) { try hooks.measure("before") { () throws(Trouble) in throw Trouble() } }
        #expect(throws: HookError.self) { try hooks.measure("before") { throw HookError.exit } }
        #expect(throws: HookError.self) { try hooks.measure("before") { throw HookError.timeout } }
        #expect(throws: CancellationError.self) { try hooks.measure("before") { throw CancellationError() } }
        #expect(
            await statuses(registry) == [
                "before/success": 1, "before/error": 2, "before/timeout": 1, "before/cancelled": 1,
            ])
        #expect(
            await registry.values("hook_errors") == [
                "before/Trouble": 1, "before/exit_status": 1, "before/timeout": 1,
            ])
        #expect(await registry.values("hook_execution_seconds") == ["before": 5])
        #expect(await registry.values("hook_running") == ["before": 0])
    }

    @Test func `asynchronous runs are counted while they run and sorted when they end`() async throws {
        let registry = Registry()
        let hooks = HookMetrics(known: ["before"], quantiles: [0.5, 0.9, 0.99], registry: registry)
        let inside = await hooks.measure("before") { await registry.values("hook_running") }
        #expect(inside == ["before": 1])
        await #expect(throws: ConnectTimeoutError.self) {
            try await hooks.measure("before") { () async throws in throw ConnectTimeoutError() }
        }
        let sleeping = Task { try await hooks.measure("before") { try await Task.sleep(for: .seconds(600)) } }
        while await registry.values("hook_running")["before"] == 0 { await Task.yield() }
        sleeping.cancel()
        _ = await sleeping.result
        #expect(
            await statuses(registry) == ["before/success": 1, "before/timeout": 1, "before/cancelled": 1])
        #expect(await registry.values("hook_execution_quantiles_seconds") == ["before": 3])
        #expect(await registry.values("hook_running") == ["before": 0])
    }

    @Test func `the last execution is the time of day when a run ended`() async {
        let registry = Registry()
        let hooks = HookMetrics(known: ["before"], registry: registry)
        #expect(await registry.values("hook_last_execution_timestamp_seconds") == ["before": 0])
        let clock = Gauge("clock", unit: .seconds, help: "C.", registry: Registry())
        clock.setToCurrentTime()
        hooks.measure("before") {}
        let time = await registry.values("hook_last_execution_timestamp_seconds")["before"] ?? 0
        #expect(time >= clock.value)
        clock.setToCurrentTime()
        #expect(time <= clock.value)
    }

    @Test func `a run may begin here and end there, or fail before it begins`() async {
        let registry = Registry()
        let hooks = HookMetrics(name: "plugin", known: ["build"], registry: registry)
        let run = hooks.start("build")
        #expect(await registry.values("plugin_running") == ["build": 1])
        run.end(.failure("exit_status"))
        hooks.fail("build", as: "not_found")
        #expect(await registry.values("plugin_running") == ["build": 0])
        #expect(await registry.values("plugin_execution_seconds") == ["build": 1])
        #expect(
            await registry.values("plugin_errors") == [
                "build/timeout": 0, "build/exit_status": 1, "build/not_found": 1,
            ]
        )
        #expect(await registry.values("plugin_invocations")["build/error"] == 2)
    }

    @Test func `hooks beyond the limit share a series`() async {
        let registry = Registry()
        let hooks = HookMetrics(known: ["a"], limit: 2, registry: registry)
        for hook in ["b", "c", "d"] { hooks.measure(hook) {} }
        #expect(await registry.values("hook_execution_seconds") == ["a": 0, "b": 1, "__overflow__": 2])
    }

    @Test(arguments: [Int.min, 0, .max]) func `any limit is allowed`(limit: Int) async {
        let registry = Registry()
        HookMetrics(known: ["a"], limit: limit, registry: registry).measure("a") {}
        #expect(await registry.values("hook_execution_seconds")["a"] == 1)
    }

    @Test func `names keep to the habits`() async {
        let registry = Registry()
        HookMetrics(known: ["a"], quantiles: [0.5], registry: registry).measure("a") {}
        #expect(await registry.lintProblems() == [])
    }
}

import Foundation
import Testing
import Vernier
import VernierTesting

@testable import hook_runner

@Suite(.isolatedRegistry) struct HookSystemTests {
    private func makeHooks(_ scripts: [String: String], timeout: Double = 60, atOnce: Int = 4) -> HookSystem {
        let hooks = scripts.mapValues { Configuration.Hook(command: ["sh", "-c", $0], timeoutSeconds: timeout) }
        return HookSystem(
            Configuration(
                hooks: hooks, hooksAtOnce: atOnce, memory: nil, services: [:],
                thresholds: .init(hookExecutionMaxSeconds: 5, memorySearchMaxSeconds: 2, errorRateMaxRatio: 0.05),
                metricsPort: 0, apiPort: 0))
    }

    private func count(_ hook: String, _ status: String) async -> Double? {
        await Registry.current.gather().value(
            of: "hook_invocations_total", labels: ["hook_type": hook, "status": status])
    }

    @Test func `series are there before a hook runs`() async {
        _ = makeHooks(["stop": "true"])
        for status in ["success", "error", "timeout", "cancelled"] { #expect(await count("stop", status) == 0) }
        let page = await Registry.current.gather()
        for type in ["timeout", "exit_status", "signal", "not_started"] {
            #expect(page.value(of: "hook_errors_total", labels: ["hook_type": "stop", "error_type": type]) == 0)
        }
    }

    @Test func `each end counts as what it is`() async throws {
        let hooks = makeHooks(["good": "cat", "bad": "exit 3"])
        let good = try await hooks.run("good", input: Array("hi".utf8))
        #expect(good.status == "success" && good.output == "hi" && good.exitStatus == 0)
        let bad = try await hooks.run("bad", input: [])
        #expect(bad.status == "error" && bad.exitStatus == 3)
        #expect(await count("good", "success") == 1)
        #expect(await count("bad", "error") == 1)
        #expect(hooks.recent["good"]?.errorRatio == 0)
        #expect(hooks.recent["bad"]?.errorRatio == 1)
    }

    @Test func `a hook that takes too long counts as that`() async throws {
        let hooks = makeHooks(["slow": "sleep 1000"], timeout: 0.2)
        #expect(try await hooks.run("slow", input: []).status == "timeout")
        #expect(await count("slow", "timeout") == 1)
        let page = await Registry.current.gather()
        #expect(page.value(of: "hook_errors_total", labels: ["hook_type": "slow", "error_type": "timeout"]) == 1)
    }

    @Test func `more hooks than may run are refused, and one that is given up counts as cancelled`() async throws {
        let hooks = makeHooks(["slow": "sleep 1000"], atOnce: 1)
        let task = Task { try await hooks.run("slow", input: []) }
        while await Registry.current.gather().value(of: "hook_running", labels: ["hook_type": "slow"]) != 1 {
            try await Task.sleep(for: .milliseconds(5))
        }
        await #expect(throws: HookSystem.Refusal.busy) { try await hooks.run("slow", input: []) }
        await #expect(throws: HookSystem.Refusal.unknownHook) { try await hooks.run("other", input: []) }
        task.cancel()
        #expect(try await task.value.status == "cancelled")
        #expect(await count("slow", "cancelled") == 1)
        #expect(hooks.recent["slow"]?.errorRatio == 0)
    }

    @Test func `a page of one run says how that run went`() async throws {
        let invocation = try await makeHooks(["bad": "exit 3"]).run("bad", input: [])
        let page = String(decoding: try invocation.page(at: Date(timeIntervalSince1970: 1_700_000_000)), as: UTF8.self)
        let samples = page.split(separator: "\n").filter { !$0.hasPrefix("#") }
        #expect(samples.contains("hook_last_run_timestamp_seconds{hook_type=\"bad\"} 1.7e+09"), "\(page)")
        #expect(samples.contains("hook_last_run_status{hook_type=\"bad\",status=\"error\"} 1"))
        #expect(samples.contains("hook_last_run_status{hook_type=\"bad\",status=\"success\"} 0"))
        #expect(samples.count == 6)
    }

    @Test func `the collector keeps to the rules`() async throws {
        let hooks = makeHooks(["good": "true"])
        let thresholds = Configuration.Thresholds(
            hookExecutionMaxSeconds: 5, memorySearchMaxSeconds: 2, errorRateMaxRatio: 0.05)
        let report = CollectorConformance.check(HookMetricsCollector(hooks: hooks, thresholds: thresholds))
        #expect(report.isConformant, "\(report)")
    }
}

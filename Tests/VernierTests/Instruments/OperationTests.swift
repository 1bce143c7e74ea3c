import Testing

@testable import Vernier

@Suite struct OperationTests {
    /// How often work ended in each way.
    private func counts(_ registry: Registry, _ name: String = "render_duration_seconds") -> [String: UInt64] {
        var counts: [String: UInt64] = [:]
        for metric in registry.family(name)?.metrics ?? [] {
            guard case .histogram(let point) = metric.point else { continue }
            counts[metric.labels.map(\.value).joined(separator: "/")] = point.count
        }
        return counts
    }

    @Test func `work that returns is ok and in flight meanwhile`() async throws {
        let registry = Registry()
        let operation = Operation("render", help: "Rendering.", registry: registry)
        #expect(counts(registry) == ["ok": 0, "error": 0, "cancelled": 0])
        let inside = operation.measure { operation.inFlight.value }
        #expect(inside == 1)
        let insideTask = await operation.measure {
            await Task.yield()
            return operation.inFlight.value
        }
        #expect(insideTask == 1)
        #expect(operation.inFlight.value == 0)
        #expect(counts(registry) == ["ok": 2, "error": 0, "cancelled": 0])
        #expect(registry.samples(of: "render_in_flight") == ["render_in_flight 0"])
    }

    @Test func `work that throws is an error and its error is passed on`() async {
        let registry = Registry()
        let operation = Operation("render", help: "Rendering.", registry: registry)
        #expect(throws: Trouble.self) { try operation.measure { () throws(Trouble) in throw Trouble() } }
        await #expect(throws: Trouble.self) {
            try await operation.measure { () async throws(Trouble) in throw Trouble() }
        }
        #expect(counts(registry) == ["ok": 0, "error": 2, "cancelled": 0])
        #expect(operation.inFlight.value == 0)
    }

    @Test func `work that throws CancellationError or in a cancelled task is cancelled`() async {
        let registry = Registry()
        let operation = Operation("render", help: "Rendering.", registry: registry)
        #expect(throws: CancellationError.self) { try operation.measure { throw CancellationError() } }
        let sleeping = Task { try await operation.measure { try await Task.sleep(for: .seconds(600)) } }
        while operation.inFlight.value == 0 { await Task.yield() }
        sleeping.cancel()
        _ = await sleeping.result
        let failing = Task {
            unsafe withUnsafeCurrentTask { unsafe $0?.cancel() }
            try await operation.measure { () async throws(Trouble) in throw Trouble() }
        }
        _ = await failing.result
        let returning = Task {
            unsafe withUnsafeCurrentTask { unsafe $0?.cancel() }
            await operation.measure { await Task.yield() }
        }
        await returning.value
        #expect(counts(registry) == ["ok": 1, "error": 0, "cancelled": 3])
        #expect(operation.inFlight.value == 0)
    }

    @Test(arguments: Outcome.allCases) func `a span ends elsewhere`(outcome: Outcome) {
        let registry = Registry()
        let operation = Operation("render", help: "Rendering.", buckets: [60, 600], registry: registry)
        let span = operation.start()
        #expect(operation.inFlight.value == 1)
        span.end(outcome)
        #expect(operation.inFlight.value == 0)
        #expect(counts(registry)[outcome.rawValue] == 1)
        #expect(counts(registry).values.reduce(0, +) == 1)
    }

    @Test func `operations are told apart by labels`() throws {
        let registry = Registry()
        let hooks = OperationFamily(
            "hook", help: "H.", labels: .of(Label<String>("hook")), limit: 2, registry: registry)
        hooks["a"].measure {}
        _ = hooks["b"].start()
        #expect(
            counts(registry, "hook_duration_seconds") == [
                "a/ok": 1, "a/error": 0, "a/cancelled": 0, "b/ok": 0, "b/error": 0, "b/cancelled": 0,
            ])
        #expect(
            registry.samples(of: "hook_in_flight") == ["hook_in_flight{hook=\"a\"} 0", "hook_in_flight{hook=\"b\"} 1"])
        hooks["c"].measure {}
        #expect(registry.samples(of: "hook_in_flight").last == "hook_in_flight{hook=\"__overflow__\"} 0")
    }

    @Test(arguments: [Int.max, .max / 2, 0, -1, .min]) func `any limit is allowed`(limit: Int) {
        let family = OperationFamily(
            "x", help: "X.", labels: .of(Label<Int>("id")), limit: limit, registry: Registry())
        #expect(family[1].measure { 5 } == 5)
    }

    @Test func `operations have up to four labels`() {
        let registry = Registry()
        let two = OperationFamily(
            "two", help: "T.", labels: .of(Label<Method>("a"), Label<Bool>("b")), registry: registry)
        two[.post, true].measure {}
        let three = OperationFamily(
            "three", help: "T.", labels: .of(Label<Int>("a"), Label<Bool>("b"), Label<Int>("c")), registry: registry)
        three[1, true, 2].measure {}
        let four = OperationFamily(
            "four", help: "F.", labels: .of(Label<Int>("a"), Label<Int>("b"), Label<Int>("c"), Label<Int>("d")),
            registry: registry)
        four[1, 2, 3, 4].measure {}
        #expect(counts(registry, "two_duration_seconds").count == 12)
        #expect(counts(registry, "two_duration_seconds")["POST/true/ok"] == 1)
        #expect(counts(registry, "three_duration_seconds")["1/true/2/ok"] == 1)
        #expect(counts(registry, "four_duration_seconds")["1/2/3/4/ok"] == 1)
    }
}

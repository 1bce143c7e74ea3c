import Testing
import Vernier
import VernierInstrumentation
import VernierTesting

@Suite struct GenerativeMetricsTests {
    @Test func `a call in one piece is timed and its tokens counted`() async throws {
        let registry = Registry()
        let call = GenerativeMetrics(provider: "local", registry: registry).call(.textCompletion, model: "small")
        let answer = await call.measure(usage: { TokenUsage(input: 3, output: $0.utf8.count) }) { () async in "answer" }
        #expect(answer == "answer")
        await #expect(throws: Trouble.self) {
            try await call.measure(usage: { (_: Int) in TokenUsage(input: 1, output: 1) }) { () async throws in
                throw Trouble()
            }
        }
        let families = await registry.gather(timeout: .seconds(300))
        let usage = families.first { $0.name == "gen_ai_client_token_usage" }
        #expect(usage?.metrics.map { $0.histogram?.sum } == [3, 6])
        let durations = families.first { $0.name == "gen_ai_client_operation_duration_seconds" }
        #expect(durations?.metrics.map { $0.histogram?.count } == [1, 1])
        #expect(durations?.metrics.last?.labels.contains(LabelPair("error_type", "Trouble")) == true)
    }

    @Test func `numbers of tokens that an answer does not say are not recorded`() async {
        let registry = Registry()
        let call = GenerativeMetrics(provider: "local", registry: registry).call(.chat, model: "small")
        for usage in [nil, TokenUsage(), TokenUsage(input: 3), TokenUsage(output: -4)] {
            await call.measure(usage: { usage }) { () async in }
        }
        let usage = await registry.gather(timeout: .seconds(300)).first { $0.name == "gen_ai_client_token_usage" }
        #expect(usage?.metrics.map { $0.histogram?.count } == [1, 1])
        #expect(usage?.metrics.map { $0.histogram?.sum } == [3, 0])
    }

    @Test func `buckets are those of the conventions`() {
        #expect(
            Buckets.tokenCounts.bounds == [
                1, 4, 16, 64, 256, 1024, 4096, 16_384, 65_536, 262_144, 1_048_576, 4_194_304, 16_777_216, 67_108_864,
            ])
        #expect(
            Buckets.generativeDurations.bounds == [
                0.01, 0.02, 0.04, 0.08, 0.16, 0.32, 0.64, 1.28, 2.56, 5.12, 10.24, 20.48, 40.96, 81.92,
            ])
        #expect(
            Buckets.firstToken.bounds == [
                0.001, 0.005, 0.01, 0.02, 0.04, 0.06, 0.08, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10,
            ])
        #expect(
            Buckets.perToken.bounds == [0.01, 0.025, 0.05, 0.075, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5, 0.75, 1, 2.5])
    }

    @Test func `every label tells calls apart`() async {
        let registry = Registry()
        for provider in ["a", "b"] {
            let metrics = GenerativeMetrics(provider: provider, registry: registry)
            for operation in [GenerativeOperation.chat, .embeddings] {
                for model in ["x", "y"] {
                    for feature in ["", "ask"] {
                        metrics.call(operation, model: model, feature: feature).start(inputTokens: 1).end(.success)
                    }
                }
            }
        }
        for (name, count) in [
            ("client_operation_duration_seconds", 16), ("client_token_usage", 32),
            ("server_time_to_first_token_seconds", 16),
        ] {
            #expect(await registry.values("gen_ai_\(name)").count == count, "\(name)")
        }
        let counts = await registry.values("gen_ai_client_operation_duration_seconds")
        #expect(counts.values.allSatisfy { $0 == 1 })
    }

    @Test func `a generation ends once, and as abandoned when it is let go`() async {
        let registry = Registry()
        let call = GenerativeMetrics(provider: "local", registry: registry).call(.chat, model: "small")
        do {
            let generation = call.start()
            generation.noteTokens(0)
            generation.noteTokens(-5)
            generation.noteTokens(3)
            generation.inputTokens = 7
            #expect(generation.outputTokens == 3)
            generation.end(.timeout)
            generation.noteTokens(3)
            generation.end(.success)
            _ = call.start()
        }
        let counts = await registry.values("gen_ai_client_operation_duration_seconds").filter { $0.value > 0 }
        #expect(counts.values.sorted() == [1, 1])
        #expect(counts.keys.contains { $0.hasSuffix("timeout") } && counts.keys.contains { $0.hasSuffix("abandoned") })
        let usage = await registry.gather(timeout: .seconds(300)).first { $0.name == "gen_ai_client_token_usage" }
        #expect(usage?.metrics.map { $0.histogram?.sum } == [7, 3])
    }

    @Test func `models that clients name take bounded room`() async {
        let registry = Registry()
        let metrics = GenerativeMetrics(provider: "local", limit: 10, registry: registry)
        for number in 0..<200 { metrics.call(.chat, model: "m\(number)").start().end(.failure("x")) }
        #expect(await registry.values("gen_ai_server_time_to_first_token_seconds").count == 11)
        #expect(await registry.values("gen_ai_client_operation_duration_seconds").count == 101)
    }

    @Test func `names keep to the habits`() async {
        let registry = Registry()
        let call = GenerativeMetrics(provider: "local", registry: registry).call(.chat, model: "small")
        call.start().end(.failure("x"))
        #expect(await registry.lintProblems() == [])
    }
}

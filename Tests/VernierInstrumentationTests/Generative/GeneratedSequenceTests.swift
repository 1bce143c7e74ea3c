import Testing
import Vernier
import VernierInstrumentation
import VernierTesting

@Suite struct GeneratedSequenceTests {
    /// A model that says its tokens one by one.
    private struct Tokens: AsyncSequence {
        let count: Int
        var failure: (any Error & Sendable)?

        struct Iterator: AsyncIteratorProtocol {
            var next = 0
            let tokens: Tokens

            mutating func next() async throws -> String? {
                await Task.yield()
                guard next < tokens.count else {
                    if let failure = tokens.failure { throw failure }
                    return nil
                }
                next += 1
                return "token"
            }
        }

        func makeAsyncIterator() -> Iterator { Iterator(tokens: self) }
    }

    private func call(_ registry: Registry) -> GenerativeCall {
        GenerativeMetrics(provider: "local", registry: registry).call(.chat, model: "small", feature: "ask")
    }

    /// The calls by how they ended.
    private func ends(_ registry: Registry) async -> [String: Double] {
        var ends: [String: Double] = [:]
        for (labels, count) in await registry.values("gen_ai_client_operation_duration_seconds") where count > 0 {
            let parts = labels.split(separator: "/", omittingEmptySubsequences: false)
            ends[parts.count > 4 ? String(parts[4]) : ""] = count
        }
        return ends
    }

    private func sum(_ name: String, _ labels: [String: String] = [:], in registry: Registry) async -> Double? {
        var all = ["gen_ai_operation_name": "chat", "gen_ai_provider_name": "local", "gen_ai_request_model": "small"]
        all["feature"] = "ask"
        all.merge(labels) { $1 }
        return await registry.gather(timeout: .seconds(300)).value(of: name, labels: all)
    }

    @Test(arguments: [0, 1, 5]) func `a stream that ends is a call that went well`(count: Int) async throws {
        let registry = Registry()
        let call = call(registry)
        var seen = 0
        for try await _ in Tokens(count: count).metered(by: call, inputTokens: 12) { seen += 1 }
        #expect(seen == count)
        #expect(await ends(registry) == ["": 1])
        let usage = "gen_ai_client_token_usage_sum"
        #expect(await sum(usage, ["gen_ai_token_type": "output"], in: registry) == Double(count))
        #expect(await sum(usage, ["gen_ai_token_type": "input"], in: registry) == 12)
        let first = await sum("gen_ai_server_time_to_first_token_seconds_count", in: registry)
        #expect(first == (count > 0 ? 1 : 0))
        let further = await sum("gen_ai_server_time_per_output_token_seconds_count", in: registry)
        #expect(further == (count > 1 ? 1 : 0))
    }

    @Test func `elements may be several tokens, and the prompt unknown`() async throws {
        let registry = Registry()
        for try await _ in Tokens(count: 3).metered(by: call(registry), tokens: { $0.utf8.count }) {}
        let usage = "gen_ai_client_token_usage"
        #expect(await sum("\(usage)_sum", ["gen_ai_token_type": "output"], in: registry) == 15)
        #expect(await sum("\(usage)_count", ["gen_ai_token_type": "input"], in: registry) == 0)
    }

    @Test func `a stream that throws is a call with that error`() async {
        let registry = Registry()
        await #expect(throws: Trouble.self) {
            for try await _ in Tokens(count: 2, failure: Trouble()).metered(by: call(registry)) {}
        }
        await #expect(throws: CancellationError.self) {
            for try await _ in Tokens(count: 2, failure: CancellationError()).metered(by: call(registry)) {}
        }
        #expect(await ends(registry) == ["Trouble": 1, "cancelled": 1])
        #expect(await sum("gen_ai_client_token_usage_sum", ["gen_ai_token_type": "output"], in: registry) == 4)
        #expect(await sum("gen_ai_server_time_per_output_token_seconds_count", in: registry) == 0)
        #expect(await sum("gen_ai_server_time_to_first_token_seconds_count", in: registry) == 0)
    }

    @Test func `the numbers that a provider says count rather than those of elements`() async throws {
        let registry = Registry()
        // The first event says what is known then, a further one the numbers at the end, and the last one nothing.
        let usages = [TokenUsage(input: 21, output: 1), nil, TokenUsage(output: 80), nil]
        for await _ in stream(usages).metered(by: call(registry), inputTokens: 1, usage: { $0 }) {}
        for try await _ in Tokens(count: 3).metered(by: call(registry), usage: { _ in nil }) {}
        let name = "gen_ai_client_token_usage_sum"
        #expect(await sum(name, ["gen_ai_token_type": "output"], in: registry) == 83)
        #expect(await sum(name, ["gen_ai_token_type": "input"], in: registry) == 21)
    }

    private func stream(_ usages: [TokenUsage?]) -> AsyncStream<TokenUsage?> {
        AsyncStream { continuation in
            for usage in usages { continuation.yield(usage) }
            continuation.finish()
        }
    }

    @Test func `numbers that nobody knows are not recorded, unless the provider says them`() async throws {
        let registry = Registry()
        for try await _ in Tokens(count: 3).metered(by: call(registry), tokens: nil) {}
        let (usage, perToken) = ("gen_ai_client_token_usage", "gen_ai_server_time_per_output_token_seconds_count")
        #expect(await sum("\(usage)_count", ["gen_ai_token_type": "output"], in: registry) == 0)
        #expect(await sum(perToken, in: registry) == 0)
        #expect(await sum("gen_ai_server_time_to_first_token_seconds_count", in: registry) == 1)
        for await _ in stream([nil, TokenUsage(output: 7)]).metered(by: call(registry), tokens: nil, usage: { $0 }) {}
        #expect(await sum("\(usage)_sum", ["gen_ai_token_type": "output"], in: registry) == 7)
        #expect(await sum(perToken, in: registry) == 1)
    }

    @Test func `a consumer that stops has abandoned the call`() async throws {
        let registry = Registry()
        for try await _ in Tokens(count: 10).metered(by: call(registry)) { break }
        #expect(await ends(registry) == ["abandoned": 1])
        #expect(await sum("gen_ai_client_token_usage_sum", ["gen_ai_token_type": "output"], in: registry) == 1)
    }

    @Test func `a stream that ends because its task was cancelled is cancelled`() async {
        let registry = Registry()
        let call = call(registry)
        let (stream, continuation) = AsyncStream.makeStream(of: Int.self)
        let (seen, note) = AsyncStream.makeStream(of: Int.self)
        let task = Task { for await token in stream.metered(by: call) { note.yield(token) } }
        continuation.yield(1)
        for await _ in seen.prefix(1) {}
        task.cancel()
        await task.value
        #expect(await ends(registry) == ["cancelled": 1])
    }

    @Test func `times are those of the stream`() async throws {
        let registry = Registry()
        let stream = AsyncStream<Int> {
            try? await Task.sleep(for: .milliseconds(5))
            return Task.isCancelled ? nil : 1
        }
        for await _ in stream.prefix(4).metered(by: call(registry)) {}
        #expect(await sum("gen_ai_server_time_to_first_token_seconds_sum", in: registry) ?? 0 >= 0.005)
        #expect(await sum("gen_ai_server_time_per_output_token_seconds_sum", in: registry) ?? 0 >= 0.005)
        #expect(
            await sum("gen_ai_client_operation_duration_seconds_sum", ["error_type": ""], in: registry) ?? 0 >= 0.020)
    }

    @Test func `each iteration is a call`() async throws {
        let registry = Registry()
        let sequence = Tokens(count: 2).metered(by: call(registry))
        for _ in 0..<3 { for try await _ in sequence {} }
        #expect(await ends(registry) == ["": 3])
    }
}

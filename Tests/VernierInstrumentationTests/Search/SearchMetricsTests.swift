import Testing
import Vernier
import VernierInstrumentation
import VernierTesting

@Suite struct SearchMetricsTests {
    @Test func `a search is timed and its results are judged`() async throws {
        let registry = Registry()
        let memory = SearchMetrics(known: ["hybrid", "keyword"], models: ["small"], registry: registry)
        let found = memory.search("hybrid", relevance: { $0 }) { [0.05, 0.15, 0.95, .nan] }
        #expect(found.count == 4)
        let later = await memory.search("hybrid", relevance: \.1) { () async in
            await Task.yield()
            return [("a", 0.5)]
        }
        #expect(later.count == 1)
        #expect(await registry.values("memory_search_duration_seconds") == ["hybrid": 2, "keyword": 0])
        let families = await registry.gather(timeout: .seconds(300))
        let relevance = families.metric(of: "memory_search_relevance_score", labels: ["search_type": "hybrid"])
        #expect(relevance?.histogram?.count == 4)
        #expect(relevance?.histogram?.buckets.first?.cumulativeCount == 1)
        #expect(abs((relevance?.histogram?.sum ?? 0) - 1.65) < 1e-9)
        let results = families.metric(of: "memory_search_results", labels: ["search_type": "hybrid"])
        #expect(results?.histogram?.sum == 5)
    }

    @Test func `a score below zero is none`() async {
        let registry = Registry()
        let memory = SearchMetrics(known: ["hybrid"], registry: registry)
        memory.record("hybrid", duration: .zero, relevance: [-1, 0.5, -.infinity])
        let families = await registry.gather(timeout: .seconds(300))
        let labels = ["search_type": "hybrid"]
        #expect(families.value(of: "memory_search_relevance_score_sum", labels: labels) == 0.5)
        #expect(families.value(of: "memory_search_results_sum", labels: labels) == 3)
    }

    @Test func `sets share the embeddings, whatever their buckets`() async {
        let registry = Registry()
        let notes = SearchMetrics(name: "notes", known: ["hybrid"], buckets: [1, 2], registry: registry)
        let mails = SearchMetrics(name: "mails", known: ["hybrid"], native: NativeBuckets(), registry: registry)
        notes.embed("small") {}
        mails.embed("small") {}
        #expect(await registry.values("embedding_generation_seconds") == ["small": 2])
        #expect(await registry.values("embeddings_generated") == ["small": 2])
    }

    @Test func `a search that throws is timed and counted by its error`() async {
        let registry = Registry()
        let memory = SearchMetrics(known: ["hybrid"], registry: registry)
        #expect(throws: Trouble.self) {
            try memory.search("hybrid", relevance: { $0 }) { () throws -> [Double] in throw Trouble() }
        }
        await #expect(throws: ConnectTimeoutError.self) {
            try await memory.search("hybrid", relevance: { $0 }) { () async throws -> [Double] in
                throw ConnectTimeoutError()
            }
        }
        #expect(await registry.values("memory_search_errors") == ["hybrid/Trouble": 1, "hybrid/timeout": 1])
        #expect(await registry.values("memory_search_duration_seconds") == ["hybrid": 2])
        #expect(await registry.values("memory_search_results") == ["hybrid": 0])
    }

    @Test func `the store says how large it is`() async {
        let registry = Registry()
        let memory = SearchMetrics(name: "notes", known: ["hybrid"], registry: registry)
        memory.setStore(bytes: 4096, entries: 12)
        #expect(await registry.values("notes_store_size_bytes") == ["": 4096])
        #expect(await registry.values("notes_store_entries") == ["": 12])
    }

    @Test func `embeddings are counted and calls for them timed`() async {
        let registry = Registry()
        let memory = SearchMetrics(known: ["hybrid"], models: ["small"], registry: registry)
        #expect(memory.embed("small", count: 3) { 7 } == 7)
        #expect(await memory.embed("large") { () async in 8 } == 8)
        #expect(throws: Trouble.self) { try memory.embed("small") { throw Trouble() } }
        #expect(await registry.values("embeddings_generated") == ["small": 3, "large": 1])
        #expect(await registry.values("embedding_generation_seconds") == ["small": 2, "large": 1])
    }

    @Test func `names keep to the habits`() async {
        let registry = Registry()
        let memory = SearchMetrics(known: ["hybrid"], models: ["small"], registry: registry)
        _ = memory.search("hybrid", relevance: { $0 }) { [0.5] }
        #expect(await registry.lintProblems() == [])
    }
}

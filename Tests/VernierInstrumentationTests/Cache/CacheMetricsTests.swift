import Testing
import Vernier
import VernierInstrumentation
import VernierTesting

@Suite struct CacheMetricsTests {
    @Test func `lookups are hits and misses`() async {
        let registry = Registry()
        let cache = CacheMetrics("pages", registry: registry)
        #expect(cache.hitRatio == nil)
        let content = ["a": 1]
        #expect(cache.lookup { content["a"] } == 1)
        #expect(cache.lookup { content["b"] } == nil)
        cache.hit()
        cache.hit()
        cache.miss()
        #expect(await registry.values("cache_hits") == ["pages": 3])
        #expect(await registry.values("cache_misses") == ["pages": 2])
        #expect(cache.hitRatio == 0.6)
    }

    @Test func `what leaves is counted by reason and what stays is said`() async {
        let registry = Registry()
        let cache = CacheMetrics("pages", registry: registry)
        cache.evicted(.capacity, count: 3)
        cache.evicted(.expired)
        cache.set(bytes: 1024, entries: 7)
        #expect(
            await registry.values("cache_evictions") == [
                "pages/capacity": 3, "pages/expired": 1, "pages/removed": 0, "pages/replaced": 0,
            ])
        #expect(await registry.values("cache_size_bytes") == ["pages": 1024])
        #expect(await registry.values("cache_entries") == ["pages": 7])
    }

    @Test func `loads are timed and their errors counted`() async {
        let registry = Registry()
        let cache = CacheMetrics("pages", registry: registry)
        #expect(cache.measureLoad { 1 } == 1)
        #expect(await cache.measureLoad { () async in 2 } == 2)
        #expect(throws: Trouble.self) { try cache.measureLoad { throw Trouble() } }
        await #expect(throws: CancellationError.self) {
            try await cache.measureLoad { () async throws in throw CancellationError() }
        }
        #expect(await registry.values("cache_load_duration_seconds") == ["pages": 4])
        #expect(await registry.values("cache_load_errors") == ["pages/Trouble": 1, "pages/cancelled": 1])
    }

    @Test func `caches of a registry share the families`() async {
        let registry = Registry()
        CacheMetrics("a", registry: registry).hit()
        CacheMetrics("b", registry: registry).hit()
        CacheMetrics("a", registry: registry).hit()
        #expect(await registry.values("cache_hits") == ["a": 2, "b": 1])
    }

    @Test func `names keep to the habits`() async {
        let registry = Registry()
        let cache = CacheMetrics("a", registry: registry)
        try? cache.measureLoad { throw Trouble() }
        #expect(await registry.lintProblems() == [])
    }
}

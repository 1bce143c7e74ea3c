import Testing
import Vernier
import VernierTesting

@testable import paginated_api

struct PageReaderTests {
    private let registry = Registry()
    private let reader: PageReader

    init() throws {
        let metrics = PaginatedAPIMetrics(slowAfter: .seconds(1), connections: 5, registry: registry)
        reader = PageReader(try .temporary(rows: 1_000, metrics: metrics), cached: 3, metrics: metrics)
    }

    private func value(_ name: String, _ labels: [String: String] = [:]) -> Double? {
        registry.value(of: name, labels: labels)
    }

    /// Waits until pages that are read ahead have come, or a bit longer than anybody would wait.
    private func wait(until condition: () -> Bool) async throws {
        for _ in 0..<3_000 where !condition() { try await Task.sleep(for: .milliseconds(10)) }
        #expect(condition())
    }

    @Test func `the page after a page is read ahead, and counts as used when somebody asks for it`() async throws {
        let first = try await reader.page(.offset(0, size: 10, order: .newest))
        #expect(first.items.count == 10)
        try await wait { value("cache_entries", ["cache": "pages"]) == 2 }
        #expect(value("pagination_prefetched_pages_total") == 1)
        #expect(value("cache_misses_total", ["cache": "pages"]) == 1)
        let second = try await reader.page(.offset(10, size: 10, order: .newest))
        #expect(second.items.count == 10)
        #expect(Set((first.items + second.items).map(\.id)).count == 20)
        #expect(value("cache_hits_total", ["cache": "pages"]) == 1)
        #expect(value("pagination_prefetch_results_total", ["prefetch_result": "used"]) == 1)
        // The second time it is no longer one that was read ahead.
        _ = try await reader.page(.offset(10, size: 10, order: .newest))
        #expect(value("pagination_prefetch_results_total", ["prefetch_result": "used"]) == 1)
    }

    @Test func `a page that was read ahead and goes unused counts as wasted`() async throws {
        _ = try await reader.page(.offset(0, size: 10, order: .newest))
        try await wait { value("cache_entries", ["cache": "pages"]) == 2 }
        // The last page has none after it: three of these fill the three places.
        for size in [10, 20, 40] { _ = try await reader.page(.offset(1_000 - size, size: size, order: .newest)) }
        #expect(value("pagination_prefetch_results_total", ["prefetch_result": "wasted"]) == 1)
        #expect(value("cache_evictions_total", ["cache": "pages", "reason": "capacity"]) == 2)
        #expect(value("cache_entries", ["cache": "pages"]) == 3)
    }

    @Test func `cursors and offsets are counted apart, by size`() async throws {
        _ = try await reader.page(.cursor(nil, size: 150))
        _ = try await reader.page(.offset(900, size: 20, order: .rating))
        #expect(
            value(
                "pagination_query_duration_seconds_count",
                ["resource": "items", "pagination_kind": "cursor", "page_size_range": "101-500"]) == 1)
        #expect(
            value(
                "pagination_query_duration_seconds_count",
                ["resource": "items", "pagination_kind": "offset", "page_size_range": "11-25"]) == 1)
        let offsets = ["resource": "items", "offset_range": "100-999"]
        #expect(value("pagination_offset_query_duration_seconds_count", offsets) == 1)
        #expect(value("pagination_top_page_requests", ["resource": "items", "page": "45"]) == 1)
    }
}

struct PageShelfTests {
    private let page = Page(items: [], total: 0)

    @Test func `a page that came too late is wasted`() {
        let shelf = PageShelf(capacity: 2)
        let key = PageKey.cursor(nil, size: 5)
        #expect(shelf.expect(key))
        #expect(!shelf.expect(key))
        #expect(!shelf.store(page, for: key).hasWasted)
        #expect(shelf.arrive(page, for: key).hasWasted)
        #expect(shelf.take(key)?.isPrefetched == false)
    }

    @Test func `a page that was brought ahead for one that looked too early is wasted`() {
        let shelf = PageShelf(capacity: 2)
        let key = PageKey.cursor(nil, size: 5)
        #expect(shelf.take(key) == nil)
        #expect(shelf.expect(key))
        #expect(!shelf.arrive(page, for: key).hasWasted)
        #expect(shelf.store(page, for: key).hasWasted)
        #expect(shelf.take(key)?.isPrefetched == false)
        #expect(!shelf.store(page, for: key).hasWasted)
    }

    @Test func `bytes are those of the pages that are there`() {
        let shelf = PageShelf(capacity: 2)
        var bytes = 0
        for size in 1...5 { bytes = shelf.store(page, for: .cursor(nil, size: size)).bytes }
        #expect(bytes == 2 * page.bytes)
        #expect(shelf.store(page, for: .cursor(nil, size: 5)).bytes == 2 * page.bytes)
    }
}

import Testing
import Vernier
import VernierInstrumentation
import VernierTesting

@Suite struct PaginationMetricsTests {
    @Test func `pages are sorted by kind, size and depth`() async {
        let registry = Registry()
        let pages = PaginationMetrics(registry: registry)
        #expect(pages.measure(.offset(0, size: 20), of: "posts") { 1 } == 1)
        #expect(await pages.measure(.offset(5000, size: 100), of: "posts") { () async in 2 } == 2)
        #expect(throws: Trouble.self) { try pages.measure(.cursor(size: 1000), of: "posts") { throw Trouble() } }
        #expect(
            await registry.values("pagination_query_duration_seconds") == [
                "posts/offset/11-25": 1, "posts/offset/51-100": 1, "posts/cursor/501+": 1,
            ])
        let depths = await registry.values("pagination_offset_query_duration_seconds")
        #expect(depths == ["posts/0": 1, "posts/1000-9999": 1])
        #expect(await registry.values("pagination_page_size") == ["offset": 2, "cursor": 1])
        let sizes = await registry.gather(timeout: .seconds(300)).value(
            of: "pagination_page_size_sum", labels: ["pagination_kind": "offset"])
        #expect(sizes == 120)
    }

    @Test(arguments: [
        (0, "0-10"), (10, "0-10"), (11, "11-25"), (25, "11-25"), (26, "26-50"), (50, "26-50"), (51, "51-100"),
        (101, "101-500"), (500, "101-500"), (501, "501+"), (Int.max, "501+"), (Int.min, "0-10"),
    ]) func `each size has its range`(size: Int, range: String) {
        #expect(PageSizeRange(size).rawValue == range)
    }

    @Test(arguments: [
        (Int.min, "0"), (0, "0"), (1, "1-99"), (99, "1-99"), (100, "100-999"), (999, "100-999"), (1000, "1000-9999"),
        (9999, "1000-9999"), (10_000, "10000-99999"), (99_999, "10000-99999"), (100_000, "100000+"), (.max, "100000+"),
    ]) func `each offset has its range`(offset: Int, range: String) {
        #expect(OffsetRange(offset).rawValue == range)
    }

    @Test func `any request is a page`() {
        #expect(PageRequest.offset(40, size: 20).number == 2)
        #expect(PageRequest.offset(.max, size: 0).number == .max)
        #expect(PageRequest.offset(.min, size: .min).number == 0)
        #expect(PageRequest.offset(3, size: -5).size == 0)
        #expect(PageRequest.cursor(size: 5).number == nil)
    }

    @Test func `the most requested pages are shown, and no more than asked for`() async {
        let registry = Registry()
        let pages = PaginationMetrics(top: 3, topCapacity: 50, registry: registry)
        for page in 0..<1000 {
            pages.record(.offset(page * 20, size: 20), of: "posts", duration: .zero)
            if page.isMultiple(of: 2) { pages.record(.offset(0, size: 20), of: "posts", duration: .zero) }
            if page.isMultiple(of: 4) { pages.record(.offset(40, size: 20), of: "posts", duration: .zero) }
        }
        let counts = await registry.values("pagination_top_page_requests")
        let errors = await registry.values("pagination_top_page_error")
        #expect(counts.count == 3 && errors.keys == counts.keys)
        for (page, truth) in [("posts/0", 501.0), ("posts/2", 251.0)] {
            let (count, error) = (counts[page] ?? 0, errors[page] ?? 0)
            #expect(count >= truth && count - error <= truth && error <= 1750 / 50, "\(page)")
        }
    }

    @Test func `many lists and pages take bounded room on the page`() async {
        let registry = Registry()
        let pages = PaginationMetrics(top: 20, topCapacity: 100, registry: registry)
        for number in 0..<5000 {
            let list = String(repeating: "x", count: 200) + String(number)
            pages.record(.offset(number, size: 1), of: list, duration: .zero)
        }
        let shown = await registry.values("pagination_top_page_requests")
        #expect((1...20).contains(shown.count))
        #expect(shown.keys.allSatisfy { $0.utf8.count < 150 })
    }

    @Test func `lists that are known have their series from the start, and too many lists share one`() async {
        let registry = Registry()
        let pages = PaginationMetrics(known: ["posts"], limit: 3, registry: registry)
        let (queries, depths) = ("pagination_query_duration_seconds", "pagination_offset_query_duration_seconds")
        #expect(await registry.values(queries).count == 12)
        #expect(await registry.values(depths).count == 6)
        for number in 0..<500 { pages.record(.offset(number, size: number), of: "l\(number)", duration: .zero) }
        let counts = await registry.values(queries)
        #expect(counts.count == 37 && counts["__overflow__/__overflow__/__overflow__"] == 476)
        #expect(await registry.values(depths).count == 19)
    }

    @Test func `sizes that a stranger makes up leave the sum in order`() async {
        let registry = Registry()
        let pages = PaginationMetrics(registry: registry)
        for size in [Int.min, -1, 20, .max] { pages.record(.cursor(size: size), of: "posts", duration: .zero) }
        let sizes = await registry.gather(timeout: .seconds(300)).value(
            of: "pagination_page_size_sum", labels: ["pagination_kind": "cursor"])
        #expect(sizes == 1_000_020)
    }

    @Test func `sets of one name and registry are one`() async {
        let registry = Registry()
        for _ in 0..<2 {
            PaginationMetrics(registry: registry).record(.offset(20, size: 20), of: "posts", duration: .zero)
        }
        #expect(await registry.values("pagination_top_page_requests") == ["posts/1": 2])
        #expect(await registry.values("vernier_collector_errors").values.allSatisfy { $0 == 0 })
    }

    @Test func `none need be shown`() async {
        let registry = Registry()
        let pages = PaginationMetrics(top: 0, registry: registry)
        pages.record(.offset(0, size: 1), of: "posts", duration: .zero)
        #expect(await registry.values("pagination_top_page_requests") == [:])
    }

    @Test func `what reading ahead brought is a ratio`() async {
        let registry = Registry()
        let pages = PaginationMetrics(registry: registry)
        #expect(pages.prefetchEfficiency == nil)
        #expect(await registry.values("pagination_prefetch_efficiency_ratio") == [:])
        pages.prefetched(5)
        pages.prefetchUsed(3)
        pages.prefetchWasted()
        #expect(pages.prefetchEfficiency == 0.75)
        #expect(await registry.values("pagination_prefetch_efficiency_ratio") == ["": 0.75])
        #expect(await registry.values("pagination_prefetched_pages") == ["": 5])
        #expect(await registry.values("pagination_prefetch_results") == ["used": 3, "wasted": 1])
    }

    @Test func `names keep to the habits, with a prefix too`() async {
        let registry = Registry(prefix: "shop", constantLabels: ["site": "a"])
        let pages = PaginationMetrics(registry: registry)
        pages.measure(.offset(0, size: 20), of: "posts") {}
        pages.prefetchUsed()
        #expect(await registry.lintProblems() == [])
        #expect(await registry.values("shop_pagination_top_page_requests") == ["a/posts/0": 1])
    }
}

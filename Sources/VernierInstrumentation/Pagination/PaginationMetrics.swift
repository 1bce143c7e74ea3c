public import Vernier

/// Measures lists that are read page by page: how large pages are, how deep, how long their queries take, which are asked for most, and
/// what reading ahead brings.
///
/// ```swift
/// let pages = PaginationMetrics()
/// let posts = try await pages.measure(.offset(40, size: 20), of: "posts") { try await database.posts(from: 40, limit: 20) }
/// ```
///
/// With the name `pagination` the families are
/// - `pagination_query_duration_seconds{resource,pagination_kind,page_size_range}`: how long queries take;
/// - `pagination_offset_query_duration_seconds{resource,offset_range}`: the same of pages with an offset, by its depth; its count is how many
///   pages of each depth were asked for;
/// - `pagination_page_size{pagination_kind}`: how many items were asked for;
/// - `pagination_top_page_requests{resource,page}`: how often the most requested pages with an offset were asked for, 20 of them at most;
///   `pagination_top_page_error{resource,page}` by how much that may be too high;
/// - `pagination_prefetched_pages_total` and `pagination_prefetch_results_total{prefetch_result}`: pages read ahead, and how many of them
///   were then used or thrown away; `pagination_prefetch_efficiency_ratio` is the used part of those, missing before there are any.
///
/// The `resource` is the list; of its name 128 bytes are kept. Lists that are known have their series from the start.
///
/// The most requested pages since the start are found in bounded memory: see `topCapacity`. The counts of pages are gauges, as a page may leave
/// the ranking. A page is told by its number, so those of one list that are asked for with different sizes count as one where their numbers are
/// the same. Sets with the same name and registry are one: they share that ranking, and what the first says of its length counts.
public struct PaginationMetrics: Sendable {
    let queries: HistogramFamily<Labels3<String, PaginationKind, PageSizeRange>>
    let depths: HistogramFamily<Labels2<String, OffsetRange>>
    let sizes: HistogramFamily<Labels1<PaginationKind>>
    let prefetched: Counter
    let prefetchResults: CounterFamily<Labels1<PrefetchResult>>
    let top: TopPages

    /// Declares the families.
    ///
    /// - Parameters:
    ///   - name: what their names begin with.
    ///   - known: lists whose series should be there from the start.
    ///   - buckets: the upper bounds of the durations' buckets, in seconds.
    ///   - native: native buckets of durations beside those, if wanted.
    ///   - top: how many of the most requested pages are shown.
    ///   - topCapacity: how many pages are counted, *m*: a count is too high by at most the *m*-th part of all requests, and a page with
    ///     more requests than that part is never left out.
    ///   - limit: how many lists there are at most; the others share a series.
    ///   - registry: where to register them.
    public init(
        name: String = "pagination", known: [String] = [], buckets: Buckets = .queryDurations,
        native: NativeBuckets? = nil, top: Int = 20, topCapacity: Int = 500, limit: Int = 100,
        registry: Registry = .current
    ) {
        let limit = min(max(limit, 1), 100_000)
        let resource = Label<String>("resource")
        let kind = Label<PaginationKind>("pagination_kind")
        queries = HistogramFamily(
            "\(name)_query_duration", unit: .seconds, help: "How long the query of a page takes.", buckets: buckets,
            native: native, labels: .of(resource, kind, Label<PageSizeRange>("page_size_range")),
            limit: limit * PaginationKind.allCases.count * PageSizeRange.allCases.count, registry: registry)
        depths = HistogramFamily(
            "\(name)_offset_query_duration", unit: .seconds,
            help: "How long the query of a page with an offset takes, by the offset.", buckets: buckets, native: native,
            labels: .of(resource, Label<OffsetRange>("offset_range")), limit: limit * OffsetRange.allCases.count,
            registry: registry)
        sizes = HistogramFamily(
            "\(name)_page_size", help: "How many items a page was asked to have at most.", buckets: .pageSizes,
            labels: .of(kind), registry: registry)
        prefetched = Counter("\(name)_prefetched_pages", help: "Pages that were read ahead.", registry: registry)
        prefetchResults = CounterFamily(
            "\(name)_prefetch_results", help: "Pages read ahead that were used, and that were not.",
            labels: .of(Label<PrefetchResult>("prefetch_result")), registry: registry)
        let (pages, isNew) = TopPages.shared.find(name, of: registry) {
            TopPages(count: min(max(top, 0), 1000), capacity: min(max(topCapacity, top, 1), 100_000))
        }
        self.top = pages
        if isNew { registry.register(PaginationCollector(name: name, top: pages, results: prefetchResults)) }
        for resource in known.map(TopPages.shown) {
            for kind in PaginationKind.allCases {
                for range in PageSizeRange.allCases { _ = queries[resource, kind, range] }
            }
            for range in OffsetRange.allCases { _ = depths[resource, range] }
        }
    }

    /// Runs the query of a page and records it.
    ///
    /// - Parameters:
    ///   - page: which page.
    ///   - resource: the list that it is a page of, one of few: the name of a table, the pattern of a route.
    ///   - body: the query; it is recorded whether it returns or throws.
    /// - Complexity: no allocation for a list that was asked for before; takes a lock for the ranking of pages.
    public func measure<R, E: Error>(
        _ page: PageRequest, of resource: String, _ body: () throws(E) -> R
    ) throws(E) -> R {
        let began = ContinuousClock.now
        defer { record(page, of: resource, duration: ContinuousClock.now - began) }
        return try body()
    }

    /// Runs the asynchronous query of a page and records it.
    nonisolated(nonsending)
        public func measure<R, E: Error>(
            _ page: PageRequest, of resource: String, _ body: nonisolated(nonsending) () async throws(E) -> R
        ) async throws(E) -> R
    {
        let began = ContinuousClock.now
        defer { record(page, of: resource, duration: ContinuousClock.now - began) }
        return try await body()
    }

    /// Records the query of a page that was timed elsewhere.
    public func record(_ page: PageRequest, of resource: String, duration: Duration) {
        let resource = TopPages.shown(resource)
        queries[resource, page.kind, PageSizeRange(page.size)].observe(duration)
        // What a stranger asks for may be any number; beyond this it would spoil the sum.
        sizes[page.kind].observe(min(page.size, 1_000_000))
        if case .offset(let offset, _) = page { depths[resource, OffsetRange(offset)].observe(duration) }
        if let number = page.number { top.add(resource, number) }
    }
}

extension PaginationMetrics {
    /// Counts pages that are read ahead of the request that may come.
    public func prefetched(_ count: Int = 1) { prefetched.increment(by: count) }

    /// Counts pages that were read ahead and then asked for.
    public func prefetchUsed(_ count: Int = 1) { prefetchResults[.used].increment(by: count) }

    /// Counts pages that were read ahead and thrown away unused.
    public func prefetchWasted(_ count: Int = 1) { prefetchResults[.wasted].increment(by: count) }

    /// The part of the pages read ahead that was used, of those of which that is known; `nil` before there are any.
    public var prefetchEfficiency: Double? { prefetchResults.efficiency }
}

/// What became of a page that was read ahead.
public enum PrefetchResult: String, FiniteLabel {
    /// It was asked for.
    case used
    /// It was thrown away unused.
    case wasted
}

extension CounterFamily<Labels1<PrefetchResult>> {
    var efficiency: Double? {
        let (used, wasted) = (self[.used].value, self[.wasted].value)
        return used + wasted > 0 ? used / (used + wasted) : nil
    }
}

extension Buckets {
    /// From half a millisecond to 10 seconds, for queries.
    public static let queryDurations: Buckets = [
        0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10,
    ]
    static let pageSizes: Buckets = [1, 5, 10, 20, 25, 50, 100, 200, 500, 1000]
}

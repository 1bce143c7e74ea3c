import Vernier

/// The pages that are asked for most, of all lists together.
final class TopPages: Sendable {
    /// A page of a list.
    struct Page: Hashable, Sendable {
        let resource: String
        let number: Int
    }

    /// Those of all registries.
    static let shared = SharedByName<TopPages>()

    let count: Int
    private let pages: Lock<HeavyHitters<Page>>

    init(count: Int, capacity: Int) {
        self.count = count
        pages = Lock(HeavyHitters(capacity: count == 0 ? 1 : capacity))
    }

    /// What is kept of a list's name: 128 bytes.
    static func shown(_ resource: String) -> String {
        resource.utf8.count <= 128 ? resource : resource.prefix(upToBytes: 128)
    }

    /// Counts a request for a page of a list, whose name is one that is shown.
    func add(_ resource: String, _ number: Int) {
        guard count > 0 else { return }
        let page = Page(resource: resource, number: number)
        pages.withLock { $0.add(page) }
    }

    /// The most requested pages, the first first.
    func read() -> [(page: Page, count: UInt64, error: UInt64)] {
        let hits = pages.withLock { $0.copy() }
        return HeavyHitters.first(count, of: hits).map { ($0.element, $0.count, $0.error) }
    }
}

/// Shows what is worked out from what was counted.
struct PaginationCollector: Collector {
    let name: String
    let top: TopPages
    let results: CounterFamily<Labels1<PrefetchResult>>

    func collect() -> [MetricFamilySnapshot] {
        var requests: [MetricSnapshot] = []
        var errors: [MetricSnapshot] = []
        for (page, count, error) in top.read() {
            let labels = [LabelPair("resource", page.resource), LabelPair("page", String(page.number))]
            requests.append(MetricSnapshot(labels: labels, .gauge(Double(count))))
            errors.append(MetricSnapshot(labels: labels, .gauge(Double(error))))
        }
        let efficiency = results.efficiency.map { [MetricSnapshot(.gauge($0))] } ?? []
        return [
            MetricFamilySnapshot(
                "\(name)_top_page_requests", type: .gauge, help: "How often the most requested pages were asked for.",
                metrics: requests),
            MetricFamilySnapshot(
                "\(name)_top_page_error", type: .gauge,
                help: "By how much the count of a most requested page may be too high.", metrics: errors),
            MetricFamilySnapshot(
                "\(name)_prefetch_efficiency_ratio", type: .gauge, unit: "ratio",
                help: "Part of the pages read ahead that was used.", metrics: efficiency),
        ]
    }
}

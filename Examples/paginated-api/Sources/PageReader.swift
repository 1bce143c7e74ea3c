import Vernier
import VernierInstrumentation

/// Reads pages from the cache or the database, and the next ones ahead of time.
final class PageReader: Sendable {
    private let catalogue: Catalogue
    private let shelf: PageShelf
    private let metrics: PaginatedAPIMetrics

    init(_ catalogue: Catalogue, cached capacity: Int, metrics: PaginatedAPIMetrics) {
        self.catalogue = catalogue
        self.metrics = metrics
        shelf = PageShelf(capacity: capacity)
    }

    /// One page.
    func page(_ key: PageKey) async throws -> Page {
        let page = try await metrics.pages.measure(key.metered, of: "items") { () async throws -> Page in
            if let copy = metrics.cache.lookup({ shelf.take(key) }) {
                if copy.isPrefetched { metrics.pages.prefetchUsed() }
                return copy.page
            }
            let page = try await metrics.cache.measureLoad { try await catalogue.page(key) }
            metrics.note(shelf.store(page, for: key))
            return page
        }
        if let next = key.next(after: page) { readAhead(next) }
        return page
    }

    /// Reads a page that will be asked for soon; nobody waits for it.
    private func readAhead(_ key: PageKey) {
        guard shelf.expect(key) else { return }
        metrics.pages.prefetched()
        Task {
            // When it fails, whoever asks for the page hears of that.
            let page = try? await catalogue.page(key)
            if page == nil { metrics.pages.prefetchWasted() }
            metrics.note(shelf.arrive(page, for: key))
        }
    }
}

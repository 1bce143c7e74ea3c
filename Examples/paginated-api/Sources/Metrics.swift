import Vernier
import VernierInstrumentation

/// What the server measures besides its requests, which the middleware does.
struct PaginatedAPIMetrics: Sendable {
    /// Page sizes, offsets, most requested pages, and what reading ahead brings.
    let pages: PaginationMetrics
    /// Pages that need not be read again.
    let cache: CacheMetrics
    /// Every statement, by SQLite's own account.
    let database: DatabaseMetrics
    /// Who waits for a connection.
    let pool: DatabasePoolMetrics
    /// How many items there are.
    let items: Gauge

    /// Declares all of them.
    init(slowAfter: Duration, connections: Int, registry: Registry = .current) {
        pages = PaginationMetrics(registry: registry)
        cache = CacheMetrics("pages", registry: registry)
        database = DatabaseMetrics(system: .sqlite, slowAfter: slowAfter, registry: registry)
        pool = DatabasePoolMetrics("catalogue", maximum: connections, registry: registry)
        items = Gauge("catalogue_items", help: "Items that the catalogue lists.", registry: registry)
    }

    /// Takes over what storing a page did.
    func note(_ change: PageShelf.Change) {
        if change.hasEvicted { cache.evicted(.capacity) }
        if change.hasWasted { pages.prefetchWasted() }
        cache.set(bytes: change.bytes, entries: change.count)
    }
}

import ExampleSupport
import GRDB
import Vernier
import VernierGRDB
import VernierInstrumentation

@testable import paginated_api

extension Catalogue {
    /// A catalogue in a folder that stays until the test's process ends.
    static func temporary(rows: Int, metrics: PaginatedAPIMetrics? = nil) throws -> Catalogue {
        let metrics = metrics ?? PaginatedAPIMetrics(slowAfter: .seconds(1), connections: 5, registry: Registry())
        var configuration = Configuration()
        configuration.meter(by: metrics.database, pool: metrics.pool)
        let pool = try DatabasePool(path: "\(TemporaryFolder().path)/items.sqlite", configuration: configuration)
        return try Catalogue(MeteredDatabase(pool, by: metrics.database, pool: metrics.pool), rows: rows)
    }
}

import ExampleSupport
import GRDB
import Hummingbird
import Logging
import Vernier
import VernierGRDB
import VernierHummingbird

// A server that lists 100,000 items page by page, by offset and by cursor, out of a file of SQLite.
//
//     swift run --package-path Examples paginated-api --port 8004
//
// What it measures is in Metrics.swift, where pages come from in PageReader.swift.
@main
struct PaginatedAPI {
    static let usage = """
        usage: swift run --package-path Examples paginated-api [--port N] [--file PATH] [--rows N] [--cache N] [--slow MS] [--help]

        Lists items page by page out of a file of SQLite, which it makes.

          --port N     port on 127.0.0.1, 0 for any free one (default 8004)
          --file PATH  the file (default: a temporary one, which goes when the program ends)
          --rows N     how many items there are (default 100000)
          --cache N    how many pages are kept (default 200)
          --slow MS    from how many milliseconds on a query is slow (default 20)
        """

    static func main() async throws {
        let (port, rows, cache, slow, path): (Int, Int, Int, Int, String?)
        do {
            let options = try Options(
                CommandLine.arguments.dropFirst(), known: ["port", "file", "rows", "cache", "slow"])
            if options.wantsHelp { return say(usage) }
            port = try options.number("port", in: 0...65_535, default: 8_004)
            rows = try options.number("rows", in: 1...10_000_000, default: 100_000)
            cache = try options.number("cache", in: 1...100_000, default: 200)
            slow = try options.number("slow", in: 1...60_000, default: 20)
            path = options.text("file")
        } catch {
            quit("paginated-api: \(error.message)", code: 64)
        }

        Registry.default.register(ProcessCollector())
        Registry.default.register(RuntimeCollector())
        // A line of JSON for each request and each slow query, in the words of the metrics.
        LoggingSystem.bootstrap { label in JSONLogHandler(label: label, fileDescriptor: 2) }
        let logger = Logger(label: "paginated-api")
        let connections = 5
        let metrics = PaginatedAPIMetrics(slowAfter: .milliseconds(slow), connections: connections + 1)

        let folder = path == nil ? try TemporaryFolder() : nil
        defer { folder?.remove() }
        var configuration = Configuration()
        configuration.maximumReaderCount = connections
        configuration.meter(by: metrics.database, pool: metrics.pool, slowQueries: SlowQueryLog(to: logger))
        let database = try DatabasePool(
            path: path ?? "\(folder?.path ?? "")/items.sqlite", configuration: configuration)
        let catalogue = try Catalogue(MeteredDatabase(database, by: metrics.database, pool: metrics.pool), rows: rows)
        metrics.items.set(catalogue.total)

        let router = Router()
        // The pages of scrapers and health checks come before the middleware, which measures and logs what follows.
        router.addMetrics()
        router.addHealth(checks: [HealthCheck("database") { _ = try await catalogue.item(1) }])
        router.add(middleware: HTTPMetricsMiddleware(log: RequestLog()))
        let routes = Routes(reader: PageReader(catalogue, cached: cache, metrics: metrics), catalogue: catalogue)
        routes.add(to: router)

        let application = Application(
            router: router,
            configuration: ApplicationConfiguration(address: .hostname("127.0.0.1", port: port)),
            onServerRunning: { channel in
                let address = "http://127.0.0.1:\(channel.localAddress?.port ?? 0)"
                say("paginated-api listens on \(address), metrics are at \(address)/metrics")
            },
            logger: logger)
        // SIGTERM and SIGINT end it when the requests under way are answered.
        try await application.runService()
    }
}

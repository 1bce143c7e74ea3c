import ExampleServer
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

    static func main() async {
        await runProgram("paginated-api") {
            let options = try Options(
                CommandLine.arguments.dropFirst(), known: ["port", "file", "rows", "cache", "slow"])
            if options.wantsHelp { return say(usage) }
            let port = try options.number("port", in: 0...65_535, default: 8_004)
            let rows = try options.number("rows", in: 1...10_000_000, default: 100_000)
            let cache = try options.number("cache", in: 1...100_000, default: 200)
            let slow = try options.number("slow", in: 1...60_000, default: 20)

            Registry.default.register(ProcessCollector())
            Registry.default.register(RuntimeCollector())
            // A line of JSON for each request and each slow query, in the words of the metrics.
            LoggingSystem.bootstrap { label in JSONLogHandler(label: label, fileDescriptor: 2) }
            let logger = Logger(label: "paginated-api")
            let connections = 5
            let metrics = PaginatedAPIMetrics(slowAfter: .milliseconds(slow), connections: connections + 1)

            let folder = options.text("file") == nil ? try TemporaryFolder() : nil
            defer { folder?.remove() }
            let path = options.text("file") ?? "\(folder?.path ?? "")/items.sqlite"
            var configuration = Configuration()
            configuration.maximumReaderCount = connections
            configuration.meter(by: metrics.database, pool: metrics.pool, slowQueries: SlowQueryLog(to: logger))
            let catalogue: Catalogue
            do {
                let database = try DatabasePool(path: path, configuration: configuration)
                catalogue = try Catalogue(
                    MeteredDatabase(database, by: metrics.database, pool: metrics.pool), rows: rows)
            } catch {
                throw Problem("\(path) is of no use as a database (\(error)): name another file with --file")
            }
            metrics.items.set(catalogue.total)

            let router = Router()
            // The pages of scrapers and health checks come before the middleware, which measures and logs what follows.
            router.addMetrics()
            router.addHealth(checks: [HealthCheck("database") { _ = try await catalogue.item(1) }])
            router.add(middleware: HTTPMetricsMiddleware(log: RequestLog()))
            let routes = Routes(reader: PageReader(catalogue, cached: cache, metrics: metrics), catalogue: catalogue)
            routes.add(to: router)

            try await serve(router, port: port, logger: logger) { address in
                say("paginated-api listens on \(address), metrics are at \(address)/metrics")
            }
        }
    }
}

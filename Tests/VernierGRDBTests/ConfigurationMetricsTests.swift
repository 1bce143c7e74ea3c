#if SQLite
    import GRDB
    import Logging
    import Synchronization
    import Testing
    import Vernier
    import VernierInstrumentation
    import VernierTesting

    @testable import VernierGRDB

    @Suite struct ConfigurationMetricsTests {
        private let durations = "db_client_operation_duration_seconds"

        /// How many `SELECT`s there were; GRDB makes one when it opens a connection.
        private func selects(_ registry: Registry) -> Double {
            registry.value(of: "\(durations)_count", labels: timed("SELECT")) ?? 0
        }

        @Test func `every statement of a real file is timed by its operation`() throws {
            let folder = try TemporaryFolder()
            let registry = Registry()
            var configuration = Configuration()
            configuration.meter(by: DatabaseMetrics(system: .sqlite, registry: registry))
            let queue = try DatabaseQueue(path: folder.database, configuration: configuration)
            let before = selects(registry)
            try queue.write { db in
                try db.execute(sql: "CREATE TABLE t (id INTEGER PRIMARY KEY, x TEXT)")
                for number in 0..<20 { try db.execute(sql: "INSERT INTO t (x) VALUES (?)", arguments: ["v\(number)"]) }
            }
            #expect(try queue.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM t") } == 20)
            #expect(registry.value(of: "\(durations)_count", labels: timed("INSERT")) == 20)
            #expect(selects(registry) == before + 1)
            #expect(registry.value(of: "\(durations)_count", labels: timed("CREATE")) == 1)
            #expect(try #require(registry.value(of: "\(durations)_sum", labels: timed("INSERT"))) > 0)
        }

        @Test func `a slow query is found, counted and told of without values`() throws {
            let folder = try TemporaryFolder()
            let registry = Registry()
            let told = ToldQueries()
            var configuration = Configuration()
            configuration.meter(
                by: DatabaseMetrics(system: .sqlite, slowAfter: .milliseconds(5), registry: registry),
                slowQueries: SlowQueryLog { told.add($0) })
            let pool = try DatabasePool(path: folder.database, configuration: configuration)
            let before = ContinuousClock.now
            #expect(
                try pool.read { try Int.fetchOne($0, sql: slowStatement, arguments: ["bound secret"]) } == 300_000)
            let elapsed = ContinuousClock.now - before
            #expect(registry.value(of: "db_client_slow_operations_total", labels: slow("SELECT")) == 1)
            let query = try #require(told.all.first { $0.operation == .select })
            #expect(query.duration >= .milliseconds(5) && query.duration <= elapsed + .milliseconds(1))
            #expect(query.sql.contains("FROM counter WHERE n <> ? AND ? <> ?"))
            #expect(!query.sql.contains("secret"))
        }

        private func slow(_ name: String) -> [String: String] {
            operation(name).merging(["db_collection_name": ""]) { first, _ in first }
        }

        @Test func `the log has names, time and text, and no value`() throws {
            let folder = try TemporaryFolder()
            let lines = LogLines()
            var configuration = Configuration()
            configuration.publicStatementArguments = true
            configuration.meter(
                by: DatabaseMetrics(system: .sqlite, slowAfter: .zero, registry: Registry()),
                slowQueries: SlowQueryLog(to: Logger(label: "db") { _ in lines }, atMost: 1000))
            let queue = try DatabaseQueue(path: folder.database, configuration: configuration)
            _ = try queue.read { try Int.fetchOne($0, sql: slowStatement, arguments: ["bound secret"]) }
            let line = try #require(lines.all.first { $0.contains("counter") })
            #expect(line.hasPrefix("warning slow query"))
            #expect(line.contains("db_operation_name=SELECT") && line.contains("duration_seconds="))
            #expect(!lines.all.contains { $0.contains("secret") })
        }

        @Test func `functions of the host that prepare connections run before and after, and its trace is called`()
            throws
        {
            let folder = try TemporaryFolder()
            let registry = Registry()
            let order = Mutex<[String]>([])
            let traced = Mutex(0)
            var configuration = Configuration()
            configuration.prepareDatabase { _ in order.withLock { $0.append("before") } }
            configuration.meter(by: DatabaseMetrics(system: .sqlite, registry: registry)) { event in
                if case .profile = event { traced.withLock { $0 += 1 } }
            }
            configuration.prepareDatabase { db in
                order.withLock { $0.append("after") }
                try db.execute(sql: "PRAGMA cache_size = 100")
            }
            let queue = try DatabaseQueue(path: folder.database, configuration: configuration)
            let before = selects(registry)
            _ = try queue.read { try Int.fetchOne($0, sql: "SELECT 1") }
            #expect(order.withLock { $0 } == ["before", "after"])
            #expect(selects(registry) == before + 1)
            #expect(traced.withLock { $0 } >= 2)
        }

        @Test func `a trace that the host sets later takes the place of the meter`() throws {
            let registry = Registry()
            var configuration = Configuration()
            configuration.meter(by: DatabaseMetrics(system: .sqlite, registry: registry))
            configuration.prepareDatabase { $0.trace { _ in } }
            let queue = try DatabaseQueue(configuration: configuration)
            _ = try queue.read { try Int.fetchOne($0, sql: "SELECT 1") }
            #expect(registry.value(of: "\(durations)_count", labels: timed("SELECT")) == nil)
        }

        @Test func `statements in statements and triggers are each timed once`() throws {
            let registry = Registry()
            var configuration = Configuration()
            configuration.meter(by: DatabaseMetrics(system: .sqlite, registry: registry))
            let queue = try DatabaseQueue(configuration: configuration)
            let before = selects(registry)
            try queue.write { db in
                try db.execute(
                    sql: """
                        CREATE TABLE t (x); CREATE TABLE log (x);
                        CREATE TRIGGER tr AFTER INSERT ON t BEGIN INSERT INTO log VALUES (new.x); END
                        """)
                for number in 0..<5 { try db.execute(sql: "INSERT INTO t VALUES (?)", arguments: [number]) }
                let rows = try Row.fetchCursor(db, sql: "SELECT x FROM t")
                while try rows.next() != nil { _ = try Int.fetchOne(db, sql: "SELECT count(*) FROM log") }
            }
            #expect(registry.value(of: "\(durations)_count", labels: timed("INSERT")) == 5)
            #expect(selects(registry) == before + 6)
        }
    }

    extension ConfigurationMetricsTests {
        private func count(_ registry: Registry) -> Double {
            registry.gather(names: ["db_client_operation_duration_seconds"]).flatMap(\.metrics).reduce(0) {
                sum, metric in
                if case .histogram(let point) = metric.point { sum + Double(point.count) } else { sum }
            }
        }

        @Test func `what SQLite runs for full-text search and for VACUUM is no statement of the host's`() throws {
            let folder = try TemporaryFolder()
            let registry = Registry()
            let inner = Mutex(0)
            var configuration = Configuration()
            configuration.meter(by: DatabaseMetrics(system: .sqlite, registry: registry)) { event in
                if case .statement(let statement) = event, statement.sql.hasPrefix("-- ") { inner.withLock { $0 += 1 } }
            }
            let queue = try DatabaseQueue(path: folder.database, configuration: configuration)
            let before = count(registry)
            try queue.inDatabase { db in
                try db.execute(sql: "CREATE VIRTUAL TABLE texts USING fts5(body)")
                try db.execute(sql: "INSERT INTO texts VALUES ('one two'), ('two three')")
                #expect(try Int.fetchOne(db, sql: "SELECT count(*) FROM texts WHERE texts MATCH 'two'") == 2)
                try db.execute(sql: "VACUUM")
            }
            #expect(count(registry) == before + 4)
            #expect(inner.withLock { $0 } > 0, "there were statements to leave out")
        }

        @Test func `a statement of the host's counts though a trigger has run the same`() throws {
            let registry = Registry()
            var configuration = Configuration()
            configuration.meter(by: DatabaseMetrics(system: .sqlite, registry: registry))
            let queue = try DatabaseQueue(configuration: configuration)
            try queue.inDatabase { db in
                try db.execute(
                    sql: """
                        CREATE TABLE t (x); CREATE TABLE log (x);
                        CREATE TRIGGER tr AFTER INSERT ON t BEGIN DELETE FROM log; END
                        """)
                for _ in 0..<3 {
                    try db.execute(sql: "INSERT INTO t VALUES (1)")
                    try db.execute(sql: "DELETE FROM log")
                    try db.execute(sql: "-- why\nDELETE FROM log")
                }
            }
            #expect(registry.value(of: "db_client_operation_duration_seconds_count", labels: timed("DELETE")) == 6)
            #expect(registry.value(of: "db_client_operation_duration_seconds_count", labels: timed("INSERT")) == 3)
        }
    }

    /// Keeps what is logged.
    private final class LogLines: LogHandler, Sendable {
        private let lines = Mutex<[String]>([])

        var all: [String] { lines.withLock { $0 } }
        var logLevel: Logger.Level {
            get { .trace }
            set {}
        }
        var metadata: Logger.Metadata {
            get { [:] }
            set {}
        }
        subscript(metadataKey _: String) -> Logger.Metadata.Value? {
            get { nil }
            set {}
        }

        func log(event: LogEvent) {
            let pairs = (event.metadata ?? [:]).map { "\($0)=\($1)" }.sorted().joined(separator: " ")
            lines.withLock { $0.append("\(event.level) \(event.message) \(pairs)") }
        }
    }
#endif

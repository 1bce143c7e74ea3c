#if SQLite
    import Dispatch
    import GRDB
    import Testing
    import Vernier
    import VernierInstrumentation
    import VernierTesting

    @testable import VernierGRDB

    @Suite struct MeteredDatabaseTests {
        private struct Setup {
            let folder: TemporaryFolder
            let registry = Registry()
            let database: MeteredDatabase<DatabasePool>

            init() throws {
                folder = try TemporaryFolder()
                let metrics = DatabaseMetrics(system: .sqlite, registry: registry)
                let pool = DatabasePoolMetrics("main", maximum: 6, registry: registry)
                var configuration = Configuration()
                configuration.meter(by: metrics, pool: pool)
                database = MeteredDatabase(
                    try DatabasePool(path: folder.database, configuration: configuration), by: metrics, pool: pool)
                try database.write { try $0.execute(sql: "CREATE TABLE t (x INTEGER UNIQUE NOT NULL)") }
            }

            func value(_ name: String, state: String? = nil) -> Double? {
                var labels = ["db_client_connection_pool_name": "main"]
                labels["db_client_connection_state"] = state
                return registry.value(of: "db_client_connection_\(name)", labels: labels)
            }
        }

        @Test func `accesses of both kinds are counted, and connections are idle after them`() async throws {
            let setup = try Setup()
            try await setup.database.write { try $0.execute(sql: "INSERT INTO t VALUES (1)") }
            #expect(try await setup.database.read { try Int.fetchOne($0, sql: "SELECT x FROM t") } == 1)
            #expect(try syncRead(setup.database) == 1)
            #expect(setup.value("wait_time_seconds_count") == 4)
            #expect(setup.value("use_time_seconds_count") == 4)
            #expect(setup.value("pending_requests") == 0)
            #expect(setup.value("count", state: "used") == 0)
            // The writer and one reader.
            #expect(setup.value("count", state: "idle") == 2)
            #expect(setup.value("max") == 6)
        }

        private func syncRead(_ database: MeteredDatabase<DatabasePool>) throws -> Int? {
            try database.read { try Int.fetchOne($0, sql: "SELECT x FROM t") }
        }

        @Test func `who waits for the writer is pending`() async throws {
            let setup = try Setup()
            let (entered, enter) = AsyncStream<Void>.makeStream()
            let leave = DispatchSemaphore(value: 0)
            async let first: Void = setup.database.write { _ in
                enter.yield()
                leave.wait()
            }
            for await _ in entered { break }
            async let second: Void = setup.database.write { _ in }
            while setup.value("pending_requests") != 1 { try await Task.sleep(for: .milliseconds(2)) }
            #expect(setup.value("count", state: "used") == 1)
            leave.signal()
            _ = try await (first, second)
            #expect(setup.value("pending_requests") == 0)
            #expect(setup.value("count", state: "used") == 0)
        }

        @Test func `a failure counts under its statement and its code, the host's own errors do not`() async throws {
            struct Own: Error {}
            let setup = try Setup()
            let errors = "db_client_operation_errors_total"
            for _ in 0..<2 {
                await #expect(throws: DatabaseError.self) {
                    try await setup.database.write { try $0.execute(sql: "INSERT INTO t VALUES (NULL)") }
                }
            }
            await #expect(throws: DatabaseError.self) {
                _ = try await setup.database.read { try Int.fetchOne($0, sql: "SELECT nothing FROM nowhere") }
            }
            await #expect(throws: Own.self) { try await setup.database.write { _ in throw Own() } }
            #expect(setup.registry.value(of: errors, labels: operation("INSERT", "SQLITE_CONSTRAINT")) == 2)
            #expect(setup.registry.value(of: errors, labels: operation("SELECT", "SQLITE_ERROR")) == 1)
            #expect(await setup.registry.gather(names: [errors]).first?.metrics.count == 2)
            #expect(setup.value("count", state: "used") == 0)
        }

        @Test func `a database that is busy is a timeout of its connection`() throws {
            let setup = try Setup()
            var configuration = Configuration()
            configuration.journalMode = .wal
            let other = try DatabaseQueue(path: setup.folder.database, configuration: configuration)
            try other.inDatabase { db in
                try db.execute(sql: "BEGIN IMMEDIATE")
                #expect(throws: DatabaseError.self) {
                    try setup.database.write { try $0.execute(sql: "INSERT INTO t VALUES (1)") }
                }
                try db.execute(sql: "COMMIT")
            }
            #expect(
                setup.registry.value(of: "db_client_operation_errors_total", labels: operation("BEGIN", "SQLITE_BUSY"))
                    == 1)
            #expect(setup.value("timeouts_total") == 1)
        }

        @Test func `a cancelled wait leaves nobody pending`() async throws {
            let setup = try Setup()
            let (entered, enter) = AsyncStream<Void>.makeStream()
            let leave = DispatchSemaphore(value: 0)
            let first = Task {
                try await setup.database.write { _ in
                    enter.yield()
                    leave.wait()
                }
            }
            for await _ in entered { break }
            let second = Task { try await setup.database.write { _ in } }
            while setup.value("pending_requests") != 1 { try await Task.sleep(for: .milliseconds(2)) }
            second.cancel()
            leave.signal()
            try await first.value
            await #expect(throws: CancellationError.self) { try await second.value }
            #expect(setup.value("pending_requests") == 0)
            #expect(setup.value("timeouts_total") == 0)
        }

        @Test func `connections that close are no longer counted`() async throws {
            let setup = try Setup()
            _ = try syncRead(setup.database)
            #expect(setup.value("count", state: "idle") == 2)
            setup.database.base.releaseMemory()
            // GRDB lets go of a reader on a queue of its own.
            let deadline = ContinuousClock.now + .seconds(30)
            while setup.value("count", state: "idle") != 1, .now < deadline {
                try await Task.sleep(for: .milliseconds(2))
            }
            #expect(setup.value("count", state: "idle") == 1)
        }
    }
#endif

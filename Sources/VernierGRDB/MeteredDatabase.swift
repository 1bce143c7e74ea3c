#if SQLite
    public import GRDB
    import Vernier
    public import VernierInstrumentation

    /// A database whose accesses are metered: how long they wait for a connection and keep it, and what fails.
    ///
    /// ```swift
    /// let pool = DatabasePoolMetrics("main", maximum: 6)
    /// configuration.meter(by: metrics, pool: pool)
    /// let database = MeteredDatabase(try DatabasePool(path: path, configuration: configuration), by: metrics, pool: pool)
    /// let names = try await database.read { db in try String.fetchAll(db, sql: "SELECT name FROM user") }
    /// ```
    ///
    /// GRDB shows neither who waits for its connections nor which are in use, so both are measured around its accesses: an access that goes to
    /// ``base`` directly is in neither. An access is in use until it returns, its commit included. With the same `pool` in
    /// `Configuration.meter` idle connections are right too, as connections are counted when they are opened and closed.
    ///
    /// A `DatabaseError` that leaves an access counts in `db_client_operation_errors_total`, under the operation of the statement that
    /// failed and the primary result code's name, such as `SQLITE_BUSY`; one that the closure catches does not, nor do other errors. An access
    /// that gets no connection as the database is busy counts in `db_client_connection_timeouts_total`.
    ///
    /// An access costs what ``DatabasePoolMetrics`` says, and an asynchronous one an allocation.
    public struct MeteredDatabase<Base: DatabaseReader>: Sendable {
        /// The database itself.
        public let base: Base
        private let metrics: DatabaseMetrics
        private let pool: DatabasePoolMetrics

        /// Wraps a database.
        ///
        /// - Parameters:
        ///   - base: a `DatabasePool`, a `DatabaseQueue`, or any other.
        ///   - metrics: where failures are counted.
        ///   - pool: where accesses are.
        public init(_ base: Base, by metrics: DatabaseMetrics, pool: DatabasePoolMetrics) {
            self.base = base
            self.metrics = metrics
            self.pool = pool
        }

        /// Reads, as `DatabaseReader.read` does.
        @_disfavoredOverload
        public func read<T>(_ value: (Database) throws -> T) throws -> T {
            try access { begin in
                try base.read { db in
                    begin()
                    return try value(db)
                }
            }
        }

        /// Reads, as `DatabaseReader.read` does.
        public func read<T: Sendable>(_ value: @Sendable (Database) throws -> T) async throws -> T {
            try await access { begin in
                try await base.read { db in
                    begin()
                    return try value(db)
                }
            }
        }

        /// Meters an access that waits for its thread.
        private func access<T>(_ body: (() -> Void) throws -> T) throws -> T {
            let request = pool.request()
            var use: DatabasePoolMetrics.Use?
            do {
                let result = try body { if use == nil { use = request.acquired() } }
                end(request, use, nil)
                return result
            } catch {
                end(request, use, error)
                throw error
            }
        }

        /// Meters an access that suspends.
        private func access<T>(_ body: (@escaping @Sendable () -> Void) async throws -> T) async throws -> T {
            let request = pool.request()
            let use = UseBox()
            do {
                let result = try await body { use.begin(request) }
                end(request, use.value, nil)
                return result
            } catch {
                end(request, use.value, error)
                throw error
            }
        }

        private func end(
            _ request: DatabasePoolMetrics.Request, _ use: DatabasePoolMetrics.Use?, _ error: (any Error)?
        ) {
            let failure = error as? DatabaseError
            if let use { use.release() } else { request.abandoned(timedOut: failure?.resultCode == .SQLITE_BUSY) }
            if let failure {
                metrics.fail(failure.sql.map { DatabaseOperation(sql: $0) } ?? .other, error: failure.resultCode.name)
            }
        }
    }

    extension MeteredDatabase where Base: DatabaseWriter {
        /// Writes in a transaction, as `DatabaseWriter.write` does.
        @_disfavoredOverload
        public func write<T>(_ updates: (Database) throws -> T) throws -> T {
            try access { begin in
                try base.write { db in
                    begin()
                    return try updates(db)
                }
            }
        }

        /// Writes in a transaction, as `DatabaseWriter.write` does.
        public func write<T: Sendable>(_ updates: @Sendable (Database) throws -> T) async throws -> T {
            try await access { begin in
                try await base.write { db in
                    begin()
                    return try updates(db)
                }
            }
        }
    }

    /// The use of a connection that begins on another thread.
    private final class UseBox: Sendable {
        private let use = Lock<DatabasePoolMetrics.Use?>(nil)

        var value: DatabasePoolMetrics.Use? { use.withLock { $0 } }

        func begin(_ request: DatabasePoolMetrics.Request) {
            use.withLock { if $0 == nil { $0 = request.acquired() } }
        }
    }
#endif

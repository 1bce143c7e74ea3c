#if SQLite
    import GRDB
    import Vernier
    import VernierInstrumentation

    /// Turns the trace events of one connection into metrics; used on the connection's queue alone.
    final class StatementMeter {
        private let metrics: DatabaseMetrics
        private let pool: DatabasePoolMetrics?
        private let slowQueries: SlowQueryLog?
        private var clock = StatementClock(at: .now)
        private var inner = InnerStatements()

        init(metrics: DatabaseMetrics, pool: DatabasePoolMetrics?, slowQueries: SlowQueryLog?) {
            self.metrics = metrics
            self.pool = pool
            self.slowQueries = slowQueries
            pool?.opened()
        }

        deinit { pool?.closed() }

        /// Takes an event.
        func take(_ event: Database.TraceEvent) {
            switch event {
            case .statement(let statement):
                clock.begin(at: .now)
                inner.note(statement.sql)
            case .profile(let statement, let seconds):
                let duration = clock.end(at: .now, told: seconds)
                let sql = statement.sql
                guard !inner.isInner(sql) else { return }
                let operation = DatabaseOperation(sql: sql)
                guard metrics.record(operation, duration: duration) else { return }
                slowQueries?.report(sql, operation: operation, duration: duration)
            }
        }
    }
#endif

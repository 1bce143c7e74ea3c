#if SQLite
    public import GRDB
    import Vernier
    public import VernierInstrumentation

    extension Configuration {
        /// Times every statement of the connections that are opened with this configuration, through GRDB's own tracing.
        ///
        /// ```swift
        /// var configuration = Configuration()
        /// configuration.meter(by: DatabaseMetrics(system: .sqlite), slowQueries: SlowQueryLog(to: logger))
        /// let database = try DatabasePool(path: path, configuration: configuration)
        /// ```
        ///
        /// It adds a `prepareDatabase` function, after those that are there and before those that the host adds later. SQLite has one trace function
        /// a connection: a host that wants one of its own passes it as `trace`. One that calls `db.trace` itself in a later
        /// `prepareDatabase` takes this one's place: nothing is timed, and the connection counts as closed, so that too few are idle. One set
        /// earlier is replaced.
        ///
        /// A statement's time is that from its first step to its end, which includes what the host does between rows. SQLite tells it in
        /// whole milliseconds, by a clock that can be set back; it is taken from the monotonic clock where that agrees with SQLite, to a millisecond.
        /// Statements that fail are timed as others: SQLite does not tell here whether one did. ``MeteredDatabase`` counts failures.
        ///
        /// Statements that SQLite runs inside of another, as for full-text search or `VACUUM`, are part of that one and not timed by themselves, nor
        /// are triggers. A function of the host's that runs statements while one is under way has them taken for such.
        ///
        /// A statement costs two calls, two looks at the clock, and the two copies of its text that GRDB makes; a quick one does not
        /// look at the text beyond its first key word.
        ///
        /// - Parameters:
        ///   - metrics: what to record in: `db_client_operation_duration_seconds` and slow operations by `slowAfter`.
        ///   - pool: whose connections these are, if the connections that are open are to be counted; one counts until GRDB lets go of it, which
        ///     after a `close()` of the database is when the database itself goes.
        ///   - slowQueries: where to tell of slow statements.
        ///   - trace: a trace function of the host's, called for both kinds of events, on the queue of the connection.
        public mutating func meter(
            by metrics: DatabaseMetrics, pool: DatabasePoolMetrics? = nil, slowQueries: SlowQueryLog? = nil,
            trace: (@Sendable (Database.TraceEvent) -> Void)? = nil
        ) {
            prepareDatabase { db in
                // The connection keeps its trace function, and with it the meter, until GRDB lets go of it: after a `close()` only with
                // the database itself.
                let meter = StatementMeter(metrics: metrics, pool: pool, slowQueries: slowQueries)
                db.trace(options: [.statement, .profile]) { event in
                    meter.take(event)
                    trace?(event)
                }
            }
        }
    }
#endif

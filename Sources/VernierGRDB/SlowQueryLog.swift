#if SQLite
    public import Logging
    import Vernier
    public import VernierInstrumentation

    /// Tells of slow queries, a few at a time however many there are.
    ///
    /// ```swift
    /// configuration.meter(by: metrics, slowQueries: SlowQueryLog(to: logger))
    /// configuration.meter(by: metrics, slowQueries: SlowQueryLog { print($0.duration, $0.sql) })
    /// ```
    ///
    /// The text of a query comes without values: parameters are not in it, and texts, blobs and numbers that the host wrote into the
    /// statement are replaced by `?`, and so is all that follows the name of a `PRAGMA` or the `KEY` of an `ATTACH`. What stands in double quotes is
    /// taken for a name elsewhere and shown: with `acceptsDoubleQuotedStringLiterals` it may be a value. Which queries are slow is what `DatabaseMetrics.slowAfter` says; all of them are counted there.
    ///
    /// A slow query costs a lock for a few instructions; one that is told, the making of its text besides. The handler runs on the queue of the database
    /// connection, which it holds up.
    public final class SlowQueryLog: Sendable {
        /// A query that took too long.
        public struct Query: Sendable {
            /// Its text, without values, cut at a number of bytes.
            public let sql: String
            /// What it is.
            public let operation: DatabaseOperation
            /// How long it took.
            public let duration: Duration
            /// How many slow queries before it were not told of because there were too many.
            public let suppressed: Int
        }

        private struct Window {
            var start: ContinuousClock.Instant
            var told = 0
            var suppressed = 0
        }

        private let most: Int
        private let interval: Duration
        private let textLimit: Int
        private let handler: @Sendable (Query) -> Void
        private let window: Lock<Window>

        /// Makes a log that calls a closure.
        ///
        /// - Parameters:
        ///   - most: how many queries are told of in each interval; at least one.
        ///   - interval: how long an interval is.
        ///   - textLimit: at how many bytes a text is cut.
        ///   - handler: is told of a query.
        public init(
            atMost most: Int = 10, every interval: Duration = .seconds(10), textLimit: Int = 1024,
            _ handler: @escaping @Sendable (Query) -> Void
        ) {
            self.most = max(1, most)
            self.interval = interval
            self.textLimit = max(1, textLimit)
            self.handler = handler
            window = Lock(Window(start: .now))
        }

        /// Makes a log that writes to a logger, with the names of the metrics as metadata: `db_operation_name`, `db_query_text`,
        /// `duration_seconds` and, if there were any, `suppressed`.
        ///
        /// - Parameters:
        ///   - logger: where to write.
        ///   - level: as what.
        ///   - most: how many queries are told of in each interval; at least one.
        ///   - interval: how long an interval is.
        ///   - textLimit: at how many bytes a text is cut.
        public convenience init(
            to logger: Logger, level: Logger.Level = .warning, atMost most: Int = 10,
            every interval: Duration = .seconds(10), textLimit: Int = 1024
        ) {
            self.init(atMost: most, every: interval, textLimit: textLimit) { query in
                var metadata: Logger.Metadata = [
                    "db_system_name": "sqlite", "db_operation_name": "\(query.operation.labelText)",
                    "db_query_text": "\(query.sql)", "duration_seconds": "\(query.duration / .seconds(1))",
                ]
                if query.suppressed > 0 { metadata["suppressed"] = "\(query.suppressed)" }
                logger.log(level: level, "slow query", metadata: metadata)
            }
        }

        /// Tells of a query, unless there were too many.
        func report(_ sql: String, operation: DatabaseOperation, duration: Duration) {
            guard let suppressed = admit(at: .now) else { return }
            handler(
                Query(
                    sql: SQLText.sanitized(sql, limit: textLimit), operation: operation, duration: duration,
                    suppressed: suppressed))
        }

        /// How many were suppressed before, or nil if this one is too.
        func admit(at now: ContinuousClock.Instant) -> Int? {
            let (most, interval) = (most, interval)
            return window.withLock { window -> Int? in
                if now - window.start >= interval {
                    window.start = now
                    window.told = 0
                }
                guard window.told < most else {
                    window.suppressed += 1
                    return nil
                }
                window.told += 1
                defer { window.suppressed = 0 }
                return window.suppressed
            }
        }
    }
#endif

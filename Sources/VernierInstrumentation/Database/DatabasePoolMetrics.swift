import Synchronization
public import Vernier

/// What a pool of database connections does: how many there are, who waits, and how long.
///
/// ```swift
/// let pool = DatabasePoolMetrics("orders", maximum: 6)
/// let request = pool.request()
/// let connection = try await connections.next()
/// let use = request.acquired()
/// defer { use.release() }
/// ```
///
/// The names are those of OpenTelemetry's conventions; each has the label `db_client_connection_pool_name`.
/// - `db_client_connection_count{db_client_connection_state="idle"|"used"}`, `db_client_connection_max`
/// - `db_client_connection_pending_requests`, `db_client_connection_timeouts_total`
/// - `db_client_connection_wait_time_seconds`, `db_client_connection_use_time_seconds`
///
/// Make one for each pool and use it for all: connections that are open less those in use are idle, and never fewer than none, also where
/// uses are told of connections that were not told of when they were opened.
///
/// Each call costs an addition or a few and reads the clock at most once; no lock, no allocation.
public struct DatabasePoolMetrics: Sendable {
    /// What a connection does.
    private enum State: String, FiniteLabel { case idle, used }

    /// How many connections are open, and how many are in use, in one word: each change of both is one step.
    private final class Connections: Sendable {
        private static let openUnit = 1 << 32

        // Relaxed: a count on which nothing else depends.
        private let counts = Atomic(0)

        /// Changes the counts, and returns by how many the idle ones have changed.
        func change(open: Int = 0, used: Int = 0) -> Int {
            let step = open * Self.openUnit + used
            let (before, after) = counts.wrappingAdd(step, ordering: .relaxed)
            return Self.idle(after) - Self.idle(before)
        }

        private static func idle(_ counts: Int) -> Int {
            let used = Int(Int32(truncatingIfNeeded: counts))
            return max(0, (counts - used) / openUnit - max(0, used))
        }
    }

    private let connections = Connections()
    private let idle: UpDownCounter
    private let used: UpDownCounter
    private let pending: UpDownCounter
    private let timeouts: Counter
    private let waits: Histogram
    private let uses: Histogram

    /// Declares the metrics of one pool; pools of one registry share the families.
    ///
    /// - Parameters:
    ///   - name: the pool's name, unique in the program.
    ///   - maximum: how many connections it may have; nil if there is no bound or it is not known, which shows as no series.
    ///   - buckets: the upper bounds of both times, in seconds.
    ///   - registry: where to register them.
    public init(
        _ name: String, maximum: Int? = nil, buckets: Buckets = .databaseDurations, registry: Registry = .current
    ) {
        let pool = Label<String>("db_client_connection_pool_name")
        let count = UpDownCounterFamily(
            "db_client_connection_count", help: "Connections of a pool by state.",
            labels: .of(pool, Label<State>("db_client_connection_state")), registry: registry)
        (idle, used) = (count[name, .idle], count[name, .used])
        let limits = GaugeFamily(
            "db_client_connection_max", help: "How many connections a pool may have.", labels: .of(pool),
            registry: registry)
        if let maximum { limits[name].set(maximum) }
        pending =
            UpDownCounterFamily(
                "db_client_connection_pending_requests", help: "Requests that wait for a connection.",
                labels: .of(pool),
                registry: registry)[name]
        timeouts =
            CounterFamily(
                "db_client_connection_timeouts", help: "Requests that gave up waiting for a connection.",
                labels: .of(pool), registry: registry)[name]
        waits =
            HistogramFamily(
                "db_client_connection_wait_time", unit: .seconds, help: "Time to get a connection.", buckets: buckets,
                labels: .of(pool), registry: registry)[name]
        uses =
            HistogramFamily(
                "db_client_connection_use_time", unit: .seconds, help: "Time from getting a connection to its return.",
                buckets: buckets, labels: .of(pool), registry: registry)[name]
    }

    /// A connection was opened: it is idle.
    public func opened() { idle.increment(by: connections.change(open: 1)) }

    /// An idle connection was closed.
    public func closed() { idle.increment(by: connections.change(open: -1)) }

    /// Somebody asks for a connection.
    public func request() -> Request {
        pending.increment()
        return Request(pool: self, began: .now)
    }

    /// Somebody who waits for a connection: call ``acquired()`` or ``abandoned(timedOut:)``, once.
    public struct Request: Sendable {
        fileprivate let pool: DatabasePoolMetrics
        fileprivate let began: ContinuousClock.Instant

        /// The connection is there: the wait is over, and its use begins.
        public func acquired() -> Use {
            let now = ContinuousClock.now
            pool.pending.decrement()
            pool.waits.observe(now - began)
            pool.idle.increment(by: pool.connections.change(used: 1))
            pool.used.increment()
            return Use(pool: pool, began: now)
        }

        /// There will be no connection; `timedOut` says whether that is because the wait was too long.
        public func abandoned(timedOut: Bool = false) {
            pool.pending.decrement()
            if timedOut { pool.timeouts.increment() }
        }
    }

    /// A connection in use: call ``release()``, once.
    public struct Use: Sendable {
        fileprivate let pool: DatabasePoolMetrics
        fileprivate let began: ContinuousClock.Instant

        /// The connection is idle again.
        public func release() {
            pool.used.decrement()
            pool.idle.increment(by: pool.connections.change(used: -1))
            pool.uses.observe(ContinuousClock.now - began)
        }
    }
}

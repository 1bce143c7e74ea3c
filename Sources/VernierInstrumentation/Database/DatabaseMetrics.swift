public import Vernier

/// Times what is asked of a database, counts what is slow or fails: the names of OpenTelemetry's conventions for database clients.
///
/// ```swift
/// let queries = DatabaseMetrics(system: .postgresql, slowAfter: .milliseconds(200))
/// let users = try await queries.measure(.select, collection: "users") { try await client.query("SELECT …") }
/// ```
///
/// - `db_client_operation_duration_seconds{db_system_name, db_operation_name, db_collection_name, error_type}`
/// - `db_client_operation_errors_total{db_system_name, db_operation_name, error_type}`: also failures of which no duration is known
/// - `db_client_slow_operations_total{db_system_name, db_operation_name, db_collection_name}`
///
/// The last two are this library's, as the conventions have none for them. An empty label is the same as none.
///
/// Operations, collections and kinds of errors come from the host and should be few: beyond `limit` series of each family updates go to
/// one that says `__overflow__`. An observation looks one series up and costs what ``Histogram`` says; a slow or failed one
/// adds to a counter more.
public struct DatabaseMetrics: Sendable {
    /// From when on an operation counts as slow; nil if none does.
    public let slowAfter: Duration?
    /// The product that is asked.
    public let system: DatabaseSystem

    private let durations: HistogramFamily<Labels4<DatabaseSystem, DatabaseOperation, String, String>>
    private let errors: CounterFamily<Labels3<DatabaseSystem, DatabaseOperation, String>>
    private let slow: CounterFamily<Labels3<DatabaseSystem, DatabaseOperation, String>>

    /// Declares the metrics.
    ///
    /// - Parameters:
    ///   - system: the product that is asked; several may share a registry.
    ///   - slowAfter: from when on an operation counts as slow; nil if none should.
    ///   - buckets: the upper bounds of durations, in seconds; those of the conventions unless something else is asked for.
    ///   - native: native buckets beside those, if wanted.
    ///   - limit: how many series each family has at most.
    ///   - exemplars: where the exemplars of durations come from.
    ///   - registry: where to register them.
    public init(
        system: DatabaseSystem, slowAfter: Duration? = .milliseconds(100), buckets: Buckets = .databaseDurations,
        native: NativeBuckets? = nil, limit: Int = 1000, exemplars: ExemplarSampling = .automatic,
        registry: Registry = .current
    ) {
        self.system = system
        self.slowAfter = slowAfter
        let system = Label<DatabaseSystem>("db_system_name")
        let operation = Label<DatabaseOperation>("db_operation_name")
        let collection = Label<String>("db_collection_name")
        let error = Label<String>("error_type")
        durations = HistogramFamily(
            "db_client_operation_duration", unit: .seconds, help: "Duration of database client operations.",
            buckets: buckets, native: native, labels: .of(system, operation, collection, error), limit: limit,
            exemplars: exemplars, registry: registry)
        errors = CounterFamily(
            "db_client_operation_errors", help: "Database client operations that failed.",
            labels: .of(system, operation, error), limit: limit, registry: registry)
        slow = CounterFamily(
            "db_client_slow_operations", help: "Database client operations that took longer than the host finds right.",
            labels: .of(system, operation, collection), limit: limit, registry: registry)
    }

    /// Records an operation that has ended.
    ///
    /// - Parameters:
    ///   - operation: what was asked.
    ///   - collection: the one table or collection that it was asked of, if the host knows.
    ///   - duration: how long it took; one below zero counts as zero.
    ///   - error: the kind of error if it failed: one of few, such as `SQLITE_BUSY` or `08P01`.
    /// - Returns: whether it was slow.
    @discardableResult
    public func record(
        _ operation: DatabaseOperation, collection: String? = nil, duration: Duration, error: String? = nil
    ) -> Bool {
        // A clock that was set back must not cost the count.
        durations[system, operation, collection ?? "", error ?? ""].observe(max(duration, .zero))
        if let error { fail(operation, error: error) }
        guard let slowAfter, duration >= slowAfter else { return false }
        slow[system, operation, collection ?? ""].increment()
        return true
    }

    /// Counts a failure of which no duration is known, or whose duration was recorded before the failure was.
    public func fail(_ operation: DatabaseOperation, error: String) {
        errors[system, operation, error].increment()
    }

    /// Runs a closure as an operation, and records its duration and its error.
    ///
    /// The kind of error is what ``RequestError`` makes of it: what it says itself, `timeout`, `cancelled`, or the name of its type.
    public func measure<R, E: Error>(
        _ operation: DatabaseOperation, collection: String? = nil, _ body: () throws(E) -> R
    ) throws(E) -> R {
        let start = ContinuousClock.now
        do {
            let result = try body()
            record(operation, collection: collection, duration: ContinuousClock.now - start)
            return result
        } catch {
            record(
                operation, collection: collection, duration: ContinuousClock.now - start,
                error: RequestError(error).text)
            throw error
        }
    }

    /// Runs an asynchronous closure as an operation, and records its duration and its error.
    nonisolated(nonsending)
        public func measure<R, E: Error>(
            _ operation: DatabaseOperation, collection: String? = nil,
            _ body: nonisolated(nonsending) () async throws(E) -> R
        ) async throws(E) -> R
    {
        let start = ContinuousClock.now
        do {
            let result = try await body()
            record(operation, collection: collection, duration: ContinuousClock.now - start)
            return result
        } catch {
            record(
                operation, collection: collection, duration: ContinuousClock.now - start,
                error: RequestError(error).text)
            throw error
        }
    }
}

extension Buckets {
    /// From 1 millisecond to 10 seconds, as OpenTelemetry's conventions have them for `db.client.operation.duration`.
    public static let databaseDurations: Buckets = [0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5, 10]
}

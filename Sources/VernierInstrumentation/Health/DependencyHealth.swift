public import Vernier

/// Shows which of the things that a program depends on are up: servers, databases, queues.
///
/// ```swift
/// let servers = DependencyHealth(name: "mcp_server", label: "server", known: ["devstream"])
/// try await servers.check("devstream") { try await ping() }
/// ```
///
/// With that name and label the families are
/// - `mcp_server_up{server}`: 1 when the last check went well, 0 when it did not or there was none yet;
/// - `mcp_server_check_duration_seconds{server}`: how long checks take;
/// - `mcp_server_last_success_timestamp_seconds{server}`: when a check went well for the last time, 0 before that.
public struct DependencyHealth: Sendable {
    let up: GaugeFamily<Labels1<String>>
    let checks: HistogramFamily<Labels1<String>>
    let lastSuccess: GaugeFamily<Labels1<String>>

    /// Declares the families.
    ///
    /// - Parameters:
    ///   - name: what their names begin with.
    ///   - label: the label that names the dependency.
    ///   - known: dependencies whose series should be there from the start.
    ///   - buckets: the upper bounds of the checks' buckets, in seconds.
    ///   - limit: how many dependencies there are at most; the others share one series.
    ///   - registry: where to register them.
    public init(
        name: String = "dependency", label: String = "dependency", known: [String],
        buckets: Buckets = .queryDurations, limit: Int = 100, registry: Registry = .current
    ) {
        let dependency = Label<String>(label)
        up = GaugeFamily(
            "\(name)_up", help: "Whether the last check of a dependency went well.", labels: .of(dependency),
            limit: limit, registry: registry)
        checks = HistogramFamily(
            "\(name)_check_duration", unit: .seconds, help: "How long a check of a dependency takes.", buckets: buckets,
            labels: .of(dependency), limit: limit, registry: registry)
        lastSuccess = GaugeFamily(
            "\(name)_last_success_timestamp", unit: .seconds, help: "When a check last went well.",
            labels: .of(dependency), limit: limit, registry: registry)
        for name in known { _ = (up[name], checks[name], lastSuccess[name]) }
    }

    /// Says whether a dependency is up.
    public func set(_ dependency: String, isUp: Bool) {
        up[dependency].set(isUp ? 1 : 0)
        if isUp { lastSuccess[dependency].setToCurrentTime() }
    }

    /// Runs a check: the dependency is up when it returns and down when it throws.
    ///
    /// A check that was cancelled says nothing and changes nothing.
    nonisolated(nonsending)
        public func check<R, E: Error>(
            _ dependency: String, _ body: nonisolated(nonsending) () async throws(E) -> R
        ) async throws(E) -> R
    {
        let began = ContinuousClock.now
        do {
            let result = try await body()
            checks[dependency].observe(ContinuousClock.now - began)
            set(dependency, isUp: true)
            return result
        } catch {
            if WorkResult(thrown: error) != .cancelled {
                checks[dependency].observe(ContinuousClock.now - began)
                set(dependency, isUp: false)
            }
            throw error
        }
    }
}

/// A source of metrics that are not kept in cells but read when somebody asks: a pool's figures, a queue's length, `/proc`.
///
/// It may declare and update metrics, but a collector that gathers its own registry waits for itself until the deadline.
///
/// Families with the same name from one collector are merged by their order; a name that clashes with a registered family is
/// left out and counted in `vernier_collector_errors_total{kind="clash"}`.
public protocol Collector: Sendable {
    /// The collector's name in self-metrics; by default the name of its type.
    var name: String { get }
    /// Reads the domain and returns what was found.
    func collect() throws -> [MetricFamilySnapshot]
}

extension Collector {
    /// The name of the type.
    public var name: String { String(describing: Self.self) }
}

/// A collector whose reading suspends.
public protocol AsyncCollector: Sendable {
    /// The collector's name in self-metrics; by default the name of its type.
    var name: String { get }
    /// Reads the domain and returns what was found.
    func collect() async throws -> [MetricFamilySnapshot]
}

extension AsyncCollector {
    /// The name of the type.
    public var name: String { String(describing: Self.self) }
}

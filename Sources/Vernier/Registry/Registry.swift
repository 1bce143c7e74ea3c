/// Keeps metric families and collectors, and hands out what they hold.
///
/// Most programs use the default registry without naming it. A registry of your own keeps a part of a program, or a test, apart:
///
/// ```swift
/// let registry = Registry(prefix: "shop", constantLabels: ["instance": "blue"])
/// let orders = Counter("orders", help: "Orders taken.", registry: registry)
/// orders.increment()
/// print(registry.page(as: .text))
/// ```
public final class Registry: Sendable {
    /// The registry that declarations use when none is named and none is set for the task.
    public static let `default` = Registry()

    @TaskLocal static var override: Registry?

    /// The registry of the current task: that of the innermost `withCurrent`, or the default one.
    public static var current: Registry { override ?? .default }

    /// What stands before every name.
    public let prefix: String?
    /// Labels that every metric carries.
    public let constantLabels: [LabelPair]
    /// What a clash of declarations does.
    public let clashPolicy: ClashPolicy
    let state = Lock(State())
    let selfMetrics = SelfMetrics()

    struct State {
        var families: [any MetricFamilySource] = []
        var isSorted = true
        /// Who takes a name, by position in `families`' order of arrival.
        var claims: [String: any MetricFamilySource] = [:]
        var collectors: [CollectorRunner] = []
        var complained: Set<String> = []
        /// The stores of detached declarations: the same one made again gets the same store, as cells are never freed.
        var detached: [String: SeriesStore] = [:]
    }

    /// Makes an empty registry.
    ///
    /// - Parameters:
    ///   - prefix: stands before every family name, with an underscore.
    ///   - constantLabels: labels that every metric of this registry carries.
    ///   - clashPolicy: what a clash of declarations does; by default it stops a debug build and detaches in a release build.
    public init(
        prefix: String? = nil, constantLabels: KeyValuePairs<String, String> = [:], clashPolicy: ClashPolicy = .byBuild
    ) {
        self.prefix = prefix
        self.constantLabels = constantLabels.map { LabelPair($0.key, $0.value) }
        self.clashPolicy = clashPolicy
    }

    /// Makes this the registry of declarations inside a closure, in this task and its children.
    ///
    /// Tests that each make their own instruments in such a closure run in parallel. A `static let` belongs to the registry that is
    /// current when it is first touched.
    public func withCurrent<R>(_ body: () throws -> R) rethrows -> R {
        try Self.$override.withValue(self, operation: body)
    }

    /// Makes this the registry of declarations inside an asynchronous closure.
    nonisolated(nonsending)
        public func withCurrent<R>(_ body: nonisolated(nonsending) () async throws -> R) async rethrows -> R
    {
        try await Self.$override.withValue(self, operation: body)
    }
}

/// A gauge whose value a closure reads when it is gathered: a pool's size, a file's age.
///
/// ```swift
/// GaugeFunction("pool_idle_connections", help: "Connections that wait for work.") { Double(pool.idleCount) }
/// ```
///
/// The closure runs on the thread that gathers, without a lock of the library held. It should return at once: what takes long or may
/// fail is a ``Collector``.
public struct GaugeFunction: Sendable {
    /// Declares the gauge.
    ///
    /// - Parameters:
    ///   - name: the family's name, without unit.
    ///   - unit: the base unit, which becomes the end of the name.
    ///   - help: what it means, for people.
    ///   - registry: where to register it.
    ///   - read: reads the value.
    @discardableResult
    public init(
        _ name: String, unit: MetricUnit? = nil, help: String, registry: Registry = .current,
        read: @escaping @Sendable () -> Double
    ) {
        registry.declareFunction(name, .gauge, unit, help, NoLabels()) { [((), read())] }
    }

    /// Declares a family of gauges: the closure returns a value for each series.
    @discardableResult
    public init<Labels: LabelSchema>(
        _ name: String, unit: MetricUnit? = nil, help: String, labels: Labels, registry: Registry = .current,
        read: @escaping @Sendable () -> [(Labels.Values, Double)]
    ) {
        registry.declareFunction(name, .gauge, unit, help, labels, read)
    }

    /// Registers the gauge under a name that is only known at run time.
    ///
    /// - Throws: ``RegistrationError`` when the name is not allowed or clashes; it names both sides.
    @discardableResult
    public init(
        validating name: String, unit: MetricUnit? = nil, help: String, registry: Registry = .current,
        read: @escaping @Sendable () -> Double
    ) throws(RegistrationError) {
        try registry.registerFunction(name, .gauge, unit, help, NoLabels()) { [((), read())] }
    }

    /// Registers a family of gauges under a name that is only known at run time.
    ///
    /// - Throws: ``RegistrationError`` when a name is not allowed or clashes; it names both sides.
    @discardableResult
    public init<Labels: LabelSchema>(
        validating name: String, unit: MetricUnit? = nil, help: String, labels: Labels, registry: Registry = .current,
        read: @escaping @Sendable () -> [(Labels.Values, Double)]
    ) throws(RegistrationError) {
        try registry.registerFunction(name, .gauge, unit, help, labels, read)
    }
}

/// A counter whose value a closure reads when it is gathered: what another library counts already.
///
/// ```swift
/// CounterFunction("cache_evictions", help: "Entries that were evicted.") { Double(cache.statistics.evictions) }
/// ```
///
/// The closure runs on the thread that gathers, without a lock of the library held. What is below zero shows as zero.
public struct CounterFunction: Sendable {
    /// Declares the counter.
    ///
    /// - Parameters:
    ///   - name: the family's name, without unit and `_total`.
    ///   - unit: the base unit, which becomes the end of the name.
    ///   - help: what it means, for people.
    ///   - registry: where to register it.
    ///   - read: reads the value.
    @discardableResult
    public init(
        _ name: String, unit: MetricUnit? = nil, help: String, registry: Registry = .current,
        read: @escaping @Sendable () -> Double
    ) {
        registry.declareFunction(name, .counter, unit, help, NoLabels()) { [((), read())] }
    }

    /// Declares a family of counters: the closure returns a value for each series.
    @discardableResult
    public init<Labels: LabelSchema>(
        _ name: String, unit: MetricUnit? = nil, help: String, labels: Labels, registry: Registry = .current,
        read: @escaping @Sendable () -> [(Labels.Values, Double)]
    ) {
        registry.declareFunction(name, .counter, unit, help, labels, read)
    }

    /// Registers the counter under a name that is only known at run time.
    ///
    /// - Throws: ``RegistrationError`` when the name is not allowed or clashes; it names both sides.
    @discardableResult
    public init(
        validating name: String, unit: MetricUnit? = nil, help: String, registry: Registry = .current,
        read: @escaping @Sendable () -> Double
    ) throws(RegistrationError) {
        try registry.registerFunction(name, .counter, unit, help, NoLabels()) { [((), read())] }
    }

    /// Registers a family of counters under a name that is only known at run time.
    ///
    /// - Throws: ``RegistrationError`` when a name is not allowed or clashes; it names both sides.
    @discardableResult
    public init<Labels: LabelSchema>(
        validating name: String, unit: MetricUnit? = nil, help: String, labels: Labels, registry: Registry = .current,
        read: @escaping @Sendable () -> [(Labels.Values, Double)]
    ) throws(RegistrationError) {
        try registry.registerFunction(name, .counter, unit, help, labels, read)
    }
}

extension Registry {
    fileprivate func declareFunction<Labels: LabelSchema>(
        _ name: String, _ type: MetricType, _ unit: MetricUnit?, _ help: String, _ labels: Labels,
        _ read: @escaping @Sendable () -> [(Labels.Values, Double)]
    ) {
        do { try registerFunction(name, type, unit, help, labels, read) } catch { report(error) }
    }

    fileprivate func registerFunction<Labels: LabelSchema>(
        _ name: String, _ type: MetricType, _ unit: MetricUnit?, _ help: String, _ labels: Labels,
        _ read: @escaping @Sendable () -> [(Labels.Values, Double)]
    ) throws(RegistrationError) {
        let descriptor = try FamilyDescriptor(
            name, type: type, unit: unit, help: help, labelNames: labels.names, constantLabels: constantLabels,
            prefix: prefix)
        _ = try register(descriptor, isShared: false) {
            FunctionFamily(descriptor) {
                read().map { (labels.texts(of: $0), $1) }
            }
        }
    }
}

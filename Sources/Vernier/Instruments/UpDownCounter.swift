/// A value that goes up and down by amounts: jobs waiting, connections open.
///
/// ```swift
/// let waiting = UpDownCounter("jobs_waiting", help: "Jobs in the queue.")
/// waiting.increment()
/// defer { waiting.decrement() }
/// ```
///
/// It is exposed as a gauge. Unlike a ``Gauge`` it cannot be set, and therefore costs no more than a ``Counter`` with many threads.
public struct UpDownCounter: Instrument {
    @usableFromInline let cell: Cell

    /// Makes the counter of a series.
    @inlinable
    @inline(__always)
    public init(cell: Cell) { self.cell = cell }

    /// Adds a whole amount, which may be negative; wraps around beyond 64 bits.
    @inlinable
    @inline(__always)
    public func increment(by amount: Int = 1) {
        cell.add(UInt64(truncatingIfNeeded: amount))
    }

    /// Subtracts a whole amount, which may be negative; wraps around beyond 64 bits.
    @inlinable
    @inline(__always)
    public func decrement(by amount: Int = 1) {
        cell.add(0 &- UInt64(truncatingIfNeeded: amount))
    }

    /// Adds any amount.
    ///
    /// An infinite amount and NaN are refused and counted in `vernier_rejected_updates_total`.
    @inlinable
    @inline(__always)
    public func increment(by amount: Double) {
        guard amount.isFinite else { return cell.reject() }
        cell.add(double: amount)
    }

    /// Subtracts any amount.
    @inlinable
    @inline(__always)
    public func decrement(by amount: Double) {
        increment(by: -amount)
    }

    /// Counts up while a closure runs.
    @inlinable
    public func track<R, E: Error>(_ body: () throws(E) -> R) throws(E) -> R {
        increment()
        defer { decrement() }
        return try body()
    }

    /// Counts up while an asynchronous closure runs.
    @inlinable
    nonisolated(nonsending)
        public func track<R, E: Error>(_ body: nonisolated(nonsending) () async throws(E) -> R) async throws(E) -> R
    {
        increment()
        defer { decrement() }
        return try await body()
    }

    /// The value now: the sum over all stripes.
    public var value: Double {
        let sums = cell.sums()
        return Double(Int64(bitPattern: sums.integer)) + sums.floating
    }

    static func declaration(_ name: String, _ unit: MetricUnit?, _ help: String) -> Declaration {
        var declaration = Declaration(name, .gauge, unit, help, .sum, .upDownCounter)
        declaration.shapeText = "updates that add"
        return declaration
    }
}

extension UpDownCounter {
    /// Declares an up-down counter.
    ///
    /// The same declaration made again is the same metric. One that clashes with another stops a debug build, and is detached in a
    /// release build: see ``ClashPolicy``.
    ///
    /// - Parameters:
    ///   - name: the family's name, without unit and suffix.
    ///   - unit: the base unit, which becomes the end of the name.
    ///   - help: what it means, for people.
    ///   - registry: where to register it.
    public init(_ name: String, unit: MetricUnit? = nil, help: String, registry: Registry = .current) {
        self.init(cell: Self.declaration(name, unit, help).declared(in: registry).onlyCell)
    }

    /// Registers an up-down counter under a name that is only known at run time.
    ///
    /// - Throws: ``RegistrationError`` when the name is not allowed or clashes; it names both sides.
    public init(
        validating name: String, unit: MetricUnit? = nil, help: String, registry: Registry = .current
    ) throws(RegistrationError) {
        self.init(cell: try Self.declaration(name, unit, help).registered(in: registry).onlyCell)
    }
}

/// Up-down counters that labels tell apart.
public typealias UpDownCounterFamily<Labels: LabelSchema> = MetricFamily<UpDownCounter, Labels>

extension MetricFamily where Member == UpDownCounter {
    /// Declares a family.
    ///
    /// - Parameters:
    ///   - name: the family's name, without unit and suffix.
    ///   - unit: the base unit, which becomes the end of the name.
    ///   - help: what it means, for people.
    ///   - labels: the labels: `.of(Label<Method>("method"))` or `.set(Route.self)`.
    ///   - limit: how many series there are at most, when labels are open.
    ///   - registry: where to register it.
    public init(
        _ name: String, unit: MetricUnit? = nil, help: String, labels: Labels, limit: Int = Self.defaultLimit,
        registry: Registry = .current
    ) {
        let declaration = UpDownCounter.declaration(name, unit, help).labelled(by: labels, limit: limit)
        self.init(store: declaration.declared(in: registry), labels: labels)
    }

    /// Registers a family under a name that is only known at run time.
    ///
    /// - Throws: ``RegistrationError`` when a name is not allowed or clashes; it names both sides.
    public init(
        validating name: String, unit: MetricUnit? = nil, help: String, labels: Labels,
        limit: Int = Self.defaultLimit, registry: Registry = .current
    ) throws(RegistrationError) {
        let declaration = UpDownCounter.declaration(name, unit, help).labelled(by: labels, limit: limit)
        self.init(store: try declaration.registered(in: registry), labels: labels)
    }
}

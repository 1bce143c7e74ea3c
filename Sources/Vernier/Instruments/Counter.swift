/// A value that only grows: requests served, bytes sent, errors.
///
/// ```swift
/// let requests = Counter("requests", help: "Requests served.")
/// requests.increment()
/// ```
///
/// The samples' name ends in `_total`, which is added. An increment is one atomic addition to a word that other threads rarely touch:
/// no lock, no allocation, no wait.
public struct Counter: Instrument {
    @usableFromInline let cell: Cell

    /// Makes the counter of a series.
    @inlinable
    @inline(__always)
    public init(cell: Cell) { self.cell = cell }

    /// Adds one.
    @inlinable
    @inline(__always)
    public func increment() {
        cell.add(1)
    }

    /// Adds a whole amount.
    ///
    /// A negative amount is refused and counted in `vernier_rejected_updates_total`.
    @inlinable
    @inline(__always)
    public func increment(by amount: Int) {
        guard amount >= 0 else { return cell.reject() }
        cell.add(UInt64(truncatingIfNeeded: amount))
    }

    /// Adds any amount: one compare-exchange, tried again when another thread came between.
    ///
    /// A negative or infinite amount and NaN are refused and counted in `vernier_rejected_updates_total`.
    @inlinable
    @inline(__always)
    public func increment(by amount: Double) {
        guard amount >= 0, amount < .infinity else { return cell.reject() }
        cell.add(double: amount)
    }

    /// The value now: the sum over all stripes.
    public var value: Double {
        let sums = cell.sums()
        return Double(sums.integer) + sums.floating
    }

    static func declaration(_ name: String, _ unit: MetricUnit?, _ help: String) -> Declaration {
        Declaration(name, .counter, unit, help, .sum, .counter)
    }
}

extension Counter {
    /// Declares a counter.
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

    /// Registers a counter under a name that is only known at run time.
    ///
    /// - Throws: ``RegistrationError`` when the name is not allowed or clashes; it names both sides.
    public init(
        validating name: String, unit: MetricUnit? = nil, help: String, registry: Registry = .current
    ) throws(RegistrationError) {
        self.init(cell: try Self.declaration(name, unit, help).registered(in: registry).onlyCell)
    }
}

/// Counters that labels tell apart.
public typealias CounterFamily<Labels: LabelSchema> = MetricFamily<Counter, Labels>

extension MetricFamily where Member == Counter {
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
        let declaration = Counter.declaration(name, unit, help).labelled(by: labels, limit: limit)
        self.init(store: declaration.declared(in: registry), labels: labels)
    }

    /// Registers a family under a name that is only known at run time.
    ///
    /// - Throws: ``RegistrationError`` when a name is not allowed or clashes; it names both sides.
    public init(
        validating name: String, unit: MetricUnit? = nil, help: String, labels: Labels,
        limit: Int = Self.defaultLimit, registry: Registry = .current
    ) throws(RegistrationError) {
        let declaration = Counter.declaration(name, unit, help).labelled(by: labels, limit: limit)
        self.init(store: try declaration.registered(in: registry), labels: labels)
    }
}

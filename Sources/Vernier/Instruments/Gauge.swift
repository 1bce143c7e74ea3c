/// A value that is set: a temperature, a queue's length, the time of the last success.
///
/// ```swift
/// let temperature = Gauge("room_temperature", unit: .celsius, help: "Temperature of the room.")
/// temperature.set(21.5)
/// ```
///
/// Setting is one atomic store. Adding is a compare-exchange on a word that all threads share: for a value that many threads only add
/// to and subtract from, take an ``UpDownCounter``.
public struct Gauge: Instrument {
    @usableFromInline let cell: Cell

    /// Makes the gauge of a series.
    @inlinable
    @inline(__always)
    public init(cell: Cell) { self.cell = cell }

    /// Sets the value; any number is allowed.
    @inlinable
    @inline(__always)
    public func set(_ value: Double) {
        cell.set(value)
    }

    /// Sets a whole value.
    @inlinable
    @inline(__always)
    public func set(_ value: Int) {
        cell.set(Double(value))
    }

    /// Sets a duration, in seconds.
    @inlinable
    public func set(_ value: Duration) {
        cell.set(value / .seconds(1))
    }

    /// Adds an amount.
    @inlinable
    @inline(__always)
    public func add(_ amount: Double) {
        cell.addToValue(amount)
    }

    /// Subtracts an amount.
    @inlinable
    @inline(__always)
    public func subtract(_ amount: Double) {
        cell.addToValue(-amount)
    }

    /// Sets the value to the current time, in seconds since 1970.
    public func setToCurrentTime() {
        cell.set(Platform.unixSeconds)
    }

    /// Adds one while a closure runs.
    @inlinable
    public func trackInProgress<R, E: Error>(_ body: () throws(E) -> R) throws(E) -> R {
        add(1)
        defer { subtract(1) }
        return try body()
    }

    /// Adds one while an asynchronous closure runs.
    @inlinable
    nonisolated(nonsending)
        public func trackInProgress<R, E: Error>(
            _ body: nonisolated(nonsending) () async throws(E) -> R
        ) async throws(E) -> R
    {
        add(1)
        defer { subtract(1) }
        return try await body()
    }

    /// The value now.
    public var value: Double { cell.value() }

    static func declaration(_ name: String, _ unit: MetricUnit?, _ help: String) -> Declaration {
        var declaration = Declaration(name, .gauge, unit, help, .value, .gauge)
        declaration.shapeText = "updates that set"
        return declaration
    }
}

extension Gauge {
    /// Declares a gauge.
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

    /// Registers a gauge under a name that is only known at run time.
    ///
    /// - Throws: ``RegistrationError`` when the name is not allowed or clashes; it names both sides.
    public init(
        validating name: String, unit: MetricUnit? = nil, help: String, registry: Registry = .current
    ) throws(RegistrationError) {
        self.init(cell: try Self.declaration(name, unit, help).registered(in: registry).onlyCell)
    }
}

/// Gauges that labels tell apart.
public typealias GaugeFamily<Labels: LabelSchema> = MetricFamily<Gauge, Labels>

extension MetricFamily where Member == Gauge {
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
        let declaration = Gauge.declaration(name, unit, help).labelled(by: labels, limit: limit)
        self.init(store: declaration.declared(in: registry), labels: labels)
    }

    /// Registers a family under a name that is only known at run time.
    ///
    /// - Throws: ``RegistrationError`` when a name is not allowed or clashes; it names both sides.
    public init(
        validating name: String, unit: MetricUnit? = nil, help: String, labels: Labels,
        limit: Int = Self.defaultLimit, registry: Registry = .current
    ) throws(RegistrationError) {
        let declaration = Gauge.declaration(name, unit, help).labelled(by: labels, limit: limit)
        self.init(store: try declaration.registered(in: registry), labels: labels)
    }
}

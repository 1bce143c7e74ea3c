/// A value that is set: a temperature, a queue's length, the time of the last success.
///
/// ```swift
/// let temperature = Gauge("room_temperature", unit: .celsius, help: "Temperature of the room.")
/// temperature.set(21.5)
/// ```
///
/// Setting is one atomic store. Adding is one compare-exchange; once additions from several threads have met in a family, each thread
/// adds to a share of its own, and setting is a compare-exchange too. Setting also forgets what additions were rounded by: a gauge that is
/// never set, and that some threads raise and others lower by large amounts, is in time as inexact as those amounts together. A value
/// that is only added to and subtracted from is cheaper as an ``UpDownCounter``, and exact there if amounts are whole.
public struct Gauge: ScalarInstrument {
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

    /// What kind of value it is.
    public static var kind: ScalarKind { .gauge }
}

/// Gauges that labels tell apart.
public typealias GaugeFamily<Labels: LabelSchema> = MetricFamily<Gauge, Labels>

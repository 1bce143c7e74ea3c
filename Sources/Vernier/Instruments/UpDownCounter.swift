/// A value that goes up and down by amounts: jobs waiting, connections open.
///
/// ```swift
/// let waiting = UpDownCounter("jobs_waiting", help: "Jobs in the queue.")
/// waiting.increment()
/// defer { waiting.decrement() }
/// ```
///
/// It is exposed as a gauge. Unlike a ``Gauge`` it cannot be set, and therefore costs no more than a ``Counter`` with many threads.
public struct UpDownCounter: ScalarInstrument {
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
        let sums = cell.balance()
        return Double(Int64(bitPattern: sums.integer)) + sums.floating
    }

    /// What kind of value it is.
    public static var kind: ScalarKind { .upDownCounter }
}

/// Up-down counters that labels tell apart.
public typealias UpDownCounterFamily<Labels: LabelSchema> = MetricFamily<UpDownCounter, Labels>

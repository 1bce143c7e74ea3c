/// A value that only grows: requests served, bytes sent, errors.
///
/// ```swift
/// let requests = Counter("requests", help: "Requests served.")
/// requests.increment()
/// ```
///
/// The samples' name ends in `_total`, which is added. An increment is one atomic addition to a word that other threads rarely touch:
/// no lock, no allocation, no wait.
public struct Counter: ScalarInstrument {
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

    /// What kind of value it is.
    public static var kind: ScalarKind { .counter }
}

/// Counters that labels tell apart.
public typealias CounterFamily<Labels: LabelSchema> = MetricFamily<Counter, Labels>

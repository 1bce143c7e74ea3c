/// Shows quantiles of observations over a sliding window, with their count and sum since the start.
///
/// ```swift
/// let latency = Summary("hook_execution", unit: .seconds, help: "Time of a hook.")
/// latency.observe(.milliseconds(12))
/// ```
///
/// A quantile is at most 1 % away from the true one. Quantiles of several processes cannot be added up: where that matters take a
/// ``Histogram``. An observation costs four atomic operations and a look at a coarse clock; a series takes some tens of kilobytes.
public struct Summary: DurationInstrument {
    @usableFromInline let cell: Cell
    @usableFromInline let window: QuantileWindow

    /// Makes the summary of a series.
    @inlinable
    public init(cell: Cell) {
        self.cell = cell
        window = cell.window
    }

    /// The median, the ninth decile and the 99th percentile.
    public static let defaultQuantiles = [0.5, 0.9, 0.99]
    /// Ten minutes.
    public static let defaultWindow = Duration.seconds(600)

    /// Observes a number; NaN counts and makes the sum NaN, and has no part in quantiles.
    public func observe(_ value: Double) {
        guard cell.isCurrent else { return }
        cell.observePlainly(value, bucket: 0)
        window.record(value)
    }

    /// Observes a duration, to the nanosecond.
    ///
    /// A negative duration is refused and counted in `vernier_rejected_updates_total`.
    public func observe(_ duration: Duration) {
        guard let nanoseconds = duration.wholeNanoseconds else { return cell.reject() }
        guard cell.isCurrent else { return }
        cell.observePlainly(nanoseconds: nanoseconds, bucket: 0)
        window.record(Double(nanoseconds) / 1e9)
    }

    static func declaration(
        _ name: String, _ unit: MetricUnit?, _ help: String, _ quantiles: [Double], _ window: Duration
    ) -> Declaration {
        let ranks = Set(quantiles).filter { (0...1).contains($0) }.sorted()
        var declaration = Declaration(name, .summary, unit, help, .summary, .summary(quantiles: ranks))
        let length = window.bounded
        declaration.shapeText = "quantiles \(ranks) over \(length)"
        declaration.makeWindow = { QuantileWindow(window: length) }
        if ranks.count < quantiles.count {
            declaration.problem = "its quantiles \(quantiles) must be different numbers from 0 to 1"
        }
        if window <= .zero { declaration.problem = "its window must be longer than nothing" }
        return declaration
    }
}

extension Summary {
    /// Declares a summary.
    ///
    /// The same declaration made again is the same metric. One that clashes with another stops a debug build, and is detached in a
    /// release build: see ``ClashPolicy``.
    ///
    /// - Parameters:
    ///   - name: the family's name, without unit and suffix.
    ///   - unit: the base unit, which becomes the end of the name.
    ///   - help: what it means, for people.
    ///   - quantiles: which quantiles to show, each from 0 to 1.
    ///   - window: the time that quantiles look back.
    ///   - registry: where to register it.
    public init(
        _ name: String, unit: MetricUnit? = nil, help: String, quantiles: [Double] = Summary.defaultQuantiles,
        window: Duration = Summary.defaultWindow, registry: Registry = .current
    ) {
        self.init(cell: Self.declaration(name, unit, help, quantiles, window).declared(in: registry).onlyCell)
    }

    /// Registers a summary under a name that is only known at run time.
    ///
    /// - Throws: ``RegistrationError`` when the name is not allowed or clashes; it names both sides.
    public init(
        validating name: String, unit: MetricUnit? = nil, help: String, quantiles: [Double] = Summary.defaultQuantiles,
        window: Duration = Summary.defaultWindow, registry: Registry = .current
    ) throws(RegistrationError) {
        self.init(cell: try Self.declaration(name, unit, help, quantiles, window).registered(in: registry).onlyCell)
    }
}

/// Summaries that labels tell apart.
public typealias SummaryFamily<Labels: LabelSchema> = MetricFamily<Summary, Labels>

extension MetricFamily where Member == Summary {
    /// Declares a family.
    ///
    /// - Parameters:
    ///   - name: the family's name, without unit and suffix.
    ///   - unit: the base unit, which becomes the end of the name.
    ///   - help: what it means, for people.
    ///   - quantiles: which quantiles to show, each from 0 to 1.
    ///   - window: the time that quantiles look back.
    ///   - labels: the labels: `.of(Label<Method>("method"))` or `.set(Route.self)`.
    ///   - limit: how many series there are at most, when labels are open.
    ///   - registry: where to register it.
    public init(
        _ name: String, unit: MetricUnit? = nil, help: String, quantiles: [Double] = Summary.defaultQuantiles,
        window: Duration = Summary.defaultWindow, labels: Labels, limit: Int = Self.defaultLimit,
        registry: Registry = .current
    ) {
        let declaration = Summary.declaration(name, unit, help, quantiles, window).labelled(by: labels, limit: limit)
        self.init(store: declaration.declared(in: registry), labels: labels)
    }

    /// Registers a family under a name that is only known at run time.
    ///
    /// - Throws: ``RegistrationError`` when a name is not allowed or clashes; it names both sides.
    public init(
        validating name: String, unit: MetricUnit? = nil, help: String, quantiles: [Double] = Summary.defaultQuantiles,
        window: Duration = Summary.defaultWindow, labels: Labels,
        limit: Int = Self.defaultLimit, registry: Registry = .current
    ) throws(RegistrationError) {
        let declaration = Summary.declaration(name, unit, help, quantiles, window).labelled(by: labels, limit: limit)
        self.init(store: try declaration.registered(in: registry), labels: labels)
    }
}

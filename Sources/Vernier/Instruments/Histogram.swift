/// Counts observations in buckets: request durations, sizes, scores.
///
/// ```swift
/// let latency = Histogram("http_request_duration", unit: .seconds, help: "Time to answer.")
/// latency.observe(.milliseconds(12))
/// let page = try await latency.measure { try await render() }
/// ```
///
/// Durations are summed as whole nanoseconds, exactly, and shown in seconds. An observation costs a search of the bounds and three
/// atomic additions; it never waits, and a scrape sees the buckets, the count and the sum of the same observations. Native buckets
/// (``NativeBuckets``) cost a table lookup and one addition more, and an allocation where eight neighbouring ones are hit for the first
/// time by threads that share a stripe.
public struct Histogram: DurationInstrument {
    @usableFromInline let cell: Cell

    /// Makes the histogram of a series.
    @inlinable
    @inline(__always)
    public init(cell: Cell) { self.cell = cell }

    /// Observes a number.
    ///
    /// NaN counts in the last bucket only, and makes the sum NaN for good; infinities count where they belong. While the sum is NaN or
    /// negative, OpenMetrics pages leave count and sum out, as that format does not allow them.
    @inlinable
    @inline(__always)
    public func observe(_ value: Double) {
        cell.observe(value)
    }

    /// Observes a whole number.
    @inlinable
    @inline(__always)
    public func observe(_ value: Int) {
        observe(Double(value))
    }

    /// Observes a duration, to the nanosecond.
    ///
    /// The histogram's unit should be seconds, as the sum shows them. A negative duration is refused and counted in
    /// `vernier_rejected_updates_total`; one of over 584 years counts as that. When the durations of one stripe add up to more than 584
    /// years the sum starts again, which queries take for a restart of the program.
    @inlinable
    @inline(__always)
    public func observe(_ duration: Duration) {
        guard let nanoseconds = duration.wholeNanoseconds else { return cell.reject() }
        cell.observe(nanoseconds: nanoseconds)
    }

    /// Observes whole nanoseconds, which a histogram in seconds shows as such.
    @inlinable
    @inline(__always)
    package func observe(nanoseconds: UInt64) {
        cell.observe(nanoseconds: nanoseconds)
    }

    static func declaration(
        _ name: String, _ unit: MetricUnit?, _ help: String, _ buckets: Buckets, _ native: NativeBuckets? = nil,
        exemplars: ExemplarSampling = .byHand
    ) -> Declaration {
        let bounds = HistogramBounds(buckets.usableBounds)
        let count = bounds.bucketCount
        let kind: CellLayout.Kind =
            if let native { .nativeHistogram(buckets: count, native.settings) } else { .histogram(buckets: count) }
        var declaration = Declaration(name, .histogram, unit, help, kind, .histogram, exemplars: exemplars)
        declaration.bounds = bounds
        declaration.shapeText = "bounds \(bounds.values)"
        if let native {
            declaration.shapeText += " and \(native.text)"
            declaration.problem = (buckets.isNone ? nil : buckets.problem) ?? native.problem
        } else {
            declaration.problem = buckets.problem
        }
        return declaration
    }
}

extension Histogram {
    /// Declares a histogram.
    ///
    /// The same declaration made again is the same metric. One that clashes with another stops a debug build, and is detached in a
    /// release build: see ``ClashPolicy``.
    ///
    /// - Parameters:
    ///   - name: the family's name, without unit and suffix.
    ///   - unit: the base unit, which becomes the end of the name.
    ///   - help: what it means, for people.
    ///   - buckets: the upper bounds of the buckets; `.none` is for native buckets alone.
    ///   - native: native buckets beside those, if wanted.
    ///   - exemplars: where exemplars come from, beside observations that name one: that of the first declaration.
    ///   - registry: where to register it.
    public init(
        _ name: String, unit: MetricUnit? = nil, help: String, buckets: Buckets = .default,
        native: NativeBuckets? = nil, exemplars: ExemplarSampling = .byHand, registry: Registry = .current
    ) {
        self.init(
            cell: Self.declaration(name, unit, help, buckets, native, exemplars: exemplars).declared(in: registry)
                .onlyCell)
    }

    /// Registers a histogram under a name that is only known at run time.
    ///
    /// - Throws: ``RegistrationError`` when the name is not allowed or clashes; it names both sides.
    public init(
        validating name: String, unit: MetricUnit? = nil, help: String, buckets: Buckets = .default,
        native: NativeBuckets? = nil, exemplars: ExemplarSampling = .byHand, registry: Registry = .current
    ) throws(RegistrationError) {
        self.init(
            cell: try Self.declaration(name, unit, help, buckets, native, exemplars: exemplars).registered(in: registry)
                .onlyCell)
    }
}

/// Histograms that labels tell apart.
public typealias HistogramFamily<Labels: LabelSchema> = MetricFamily<Histogram, Labels>

extension MetricFamily where Member == Histogram {
    /// Declares a family.
    ///
    /// - Parameters:
    ///   - name: the family's name, without unit and suffix.
    ///   - unit: the base unit, which becomes the end of the name.
    ///   - help: what it means, for people.
    ///   - buckets: the upper bounds of the buckets; `.none` is for native buckets alone.
    ///   - native: native buckets beside those, if wanted.
    ///   - labels: the labels: `.of(Label<Method>("method"))` or `.set(Route.self)`.
    ///   - limit: how many series there are at most, when labels are open.
    ///   - exemplars: where exemplars come from, beside observations that name one: that of the first declaration.
    ///   - registry: where to register it.
    public init(
        _ name: String, unit: MetricUnit? = nil, help: String, buckets: Buckets = .default,
        native: NativeBuckets? = nil, labels: Labels, limit: Int = Self.defaultLimit,
        exemplars: ExemplarSampling = .byHand, registry: Registry = .current
    ) {
        let declaration = Histogram.declaration(name, unit, help, buckets, native, exemplars: exemplars).labelled(
            by: labels, limit: limit)
        self.init(store: declaration.declared(in: registry), labels: labels)
    }

    /// Registers a family under a name that is only known at run time.
    ///
    /// - Throws: ``RegistrationError`` when a name is not allowed or clashes; it names both sides.
    public init(
        validating name: String, unit: MetricUnit? = nil, help: String, buckets: Buckets = .default,
        native: NativeBuckets? = nil, labels: Labels, limit: Int = Self.defaultLimit,
        exemplars: ExemplarSampling = .byHand, registry: Registry = .current
    ) throws(RegistrationError) {
        let declaration = Histogram.declaration(name, unit, help, buckets, native, exemplars: exemplars).labelled(
            by: labels, limit: limit)
        self.init(store: try declaration.registered(in: registry), labels: labels)
    }
}

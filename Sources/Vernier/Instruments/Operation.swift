/// Measures a kind of work: how long it takes by how it ends, and how much of it is in flight.
///
/// ```swift
/// let render = Operation("page_render", help: "Rendering a page.")
/// let page = try await render.measure { try await renderer.render(id) }
/// ```
///
/// It is two families: the histogram `page_render_duration_seconds` with the label `outcome` (`ok`, `error`, `cancelled`), and the gauge
/// `page_render_in_flight`. The outcome is decided when the work ends.
public struct Operation: Sendable {
    @usableFromInline let ok: Histogram
    @usableFromInline let failed: Histogram
    @usableFromInline let cancelled: Histogram
    @usableFromInline let inFlight: UpDownCounter

    /// Declares the operation.
    ///
    /// - Parameters:
    ///   - name: what the names of both families begin with.
    ///   - help: what the work is, for people.
    ///   - buckets: the upper bounds of the duration's buckets, in seconds.
    ///   - native: native buckets beside those, if wanted.
    ///   - exemplars: where the exemplars of durations come from.
    ///   - registry: where to register both.
    public init(
        _ name: String, help: String, buckets: Buckets = .default, native: NativeBuckets? = nil,
        exemplars: ExemplarSampling = .byHand, registry: Registry = .current
    ) {
        self =
            OperationFamily(
                name, help: help, buckets: buckets, native: native, labels: NoLabels(), exemplars: exemplars,
                registry: registry)[()]
    }

    init(ok: Histogram, failed: Histogram, cancelled: Histogram, inFlight: UpDownCounter) {
        self.ok = ok
        self.failed = failed
        self.cancelled = cancelled
        self.inFlight = inFlight
    }

    /// Runs a closure and records its duration and outcome.
    @inlinable
    public func measure<R, E: Error>(_ body: () throws(E) -> R) throws(E) -> R {
        let run = start()
        do {
            let result = try body()
            run.end(.ok)
            return result
        } catch {
            run.end(Outcome(thrown: error))
            throw error
        }
    }

    /// Runs an asynchronous closure and records its duration and outcome.
    @inlinable
    nonisolated(nonsending)
        public func measure<R, E: Error>(_ body: nonisolated(nonsending) () async throws(E) -> R) async throws(E) -> R
    {
        let run = start()
        do {
            let result = try await body()
            run.end(.ok)
            return result
        } catch {
            run.end(Outcome(thrown: error))
            throw error
        }
    }

    /// Begins a piece of work that ends elsewhere: call `end` with its outcome, once.
    @inlinable
    public func start() -> Run {
        inFlight.increment()
        return Run(operation: self, began: .now)
    }

    /// A piece of work under way.
    public struct Run: Sendable {
        @usableFromInline let operation: Operation
        @usableFromInline let began: ContinuousClock.Instant

        @usableFromInline
        init(operation: Operation, began: ContinuousClock.Instant) {
            self.operation = operation
            self.began = began
        }

        /// Records the duration under an outcome.
        @inlinable
        public func end(_ outcome: Outcome) {
            operation.inFlight.decrement()
            let histogram =
                switch outcome {
                case .ok: operation.ok
                case .error: operation.failed
                case .cancelled: operation.cancelled
                }
            histogram.observe(ContinuousClock.now - began)
        }
    }
}

/// Operations of one name that labels tell apart.
///
/// ```swift
/// let hooks = OperationFamily("hook_execution", help: "Running a hook.", labels: .of(Label<String>("hook")))
/// try await hooks["pre_tool_use"].measure { try await run(hook) }
/// ```
public struct OperationFamily<Labels: LabelSchema>: Sendable {
    private let durations: HistogramFamily<OutcomeLabels<Labels>>
    private let inFlight: UpDownCounterFamily<Labels>

    /// Declares the operations.
    ///
    /// - Parameters:
    ///   - name: what the names of both families begin with.
    ///   - help: what the work is, for people.
    ///   - buckets: the upper bounds of the duration's buckets, in seconds.
    ///   - native: native buckets beside those, if wanted.
    ///   - labels: the labels that tell operations apart.
    ///   - limit: how many operations there are at most, when labels are open.
    ///   - exemplars: where the exemplars of durations come from.
    ///   - registry: where to register both.
    public init(
        _ name: String, help: String, buckets: Buckets = .default, native: NativeBuckets? = nil, labels: Labels,
        limit: Int = HistogramFamily<OutcomeLabels<Labels>>.defaultLimit, exemplars: ExemplarSampling = .byHand,
        registry: Registry = .current
    ) {
        durations = HistogramFamily(
            "\(name)_duration", unit: .seconds, help: "\(help) Duration by outcome.", buckets: buckets,
            native: native, labels: OutcomeLabels(labels), limit: max(0, min(limit, .max / 3)) * 3,
            exemplars: exemplars, registry: registry)
        inFlight = UpDownCounterFamily(
            "\(name)_in_flight", help: "\(help) Under way now.", labels: labels, limit: limit, registry: registry)
    }

    /// The operation with these label values, with a series for every outcome.
    public subscript(values: Labels.Values) -> Operation {
        Operation(
            ok: durations[(values, .ok)], failed: durations[(values, .error)],
            cancelled: durations[(values, .cancelled)], inFlight: inFlight[values])
    }

    /// The operation with these two label values.
    public subscript<A, B>(a: A, b: B) -> Operation where Labels == Labels2<A, B> { self[(a, b)] }

    /// The operation with these three label values.
    public subscript<A, B, C>(a: A, b: B, c: C) -> Operation where Labels == Labels3<A, B, C> { self[(a, b, c)] }

    /// The operation with these four label values.
    public subscript<A, B, C, D>(a: A, b: B, c: C, d: D) -> Operation where Labels == Labels4<A, B, C, D> {
        self[(a, b, c, d)]
    }
}

/// How an asynchronous sequence ended.
public enum StreamEnd: String, FiniteLabel {
    /// It had no more elements.
    case finished
    /// It threw an error.
    case failed
    /// It threw `CancellationError`, or ended while its task was cancelled.
    case cancelled
    /// Its consumer stopped before the end.
    case brokenOff = "broken_off"
}

/// Measures asynchronous sequences of a kind: time to the first element, gaps between elements, elements, and how they end.
///
/// ```swift
/// let generation = StreamMetrics("generation", help: "Tokens of an answer.")
/// for try await token in model.stream(prompt).metered(by: generation) { show(token) }
/// ```
///
/// The families are `generation_first_element_seconds` and `generation_gap_seconds`, histograms, and the counters
/// `generation_elements_total` and `generation_streams_total` with the label `end`.
public struct StreamMetrics: Sendable {
    let firstElement: Histogram
    let gap: Histogram
    let elements: Counter
    let streams: CounterFamily<Labels1<StreamEnd>>

    /// Declares the families.
    ///
    /// - Parameters:
    ///   - name: what their names begin with.
    ///   - help: what the sequence is, for people.
    ///   - buckets: the upper bounds of both histograms, in seconds.
    ///   - native: native buckets beside those, if wanted.
    ///   - registry: where to register them.
    public init(
        _ name: String, help: String, buckets: Buckets = .default, native: NativeBuckets? = nil,
        registry: Registry = .current
    ) {
        firstElement = Histogram(
            "\(name)_first_element", unit: .seconds, help: "\(help) Time to the first element.", buckets: buckets,
            native: native, registry: registry)
        gap = Histogram(
            "\(name)_gap", unit: .seconds, help: "\(help) Time between two elements.", buckets: buckets,
            native: native, registry: registry)
        elements = Counter("\(name)_elements", help: "\(help) Elements delivered.", registry: registry)
        streams = CounterFamily(
            "\(name)_streams", help: "\(help) Streams by how they ended.", labels: .of(Label<StreamEnd>("end")),
            registry: registry)
    }
}

extension AsyncSequence {
    /// Meters the sequence: times begin when an iterator is made.
    public func metered(by metrics: StreamMetrics) -> MeteredSequence<Self> {
        MeteredSequence(base: self, metrics: metrics)
    }
}

/// An asynchronous sequence that records how its elements arrive.
public struct MeteredSequence<Base: AsyncSequence>: AsyncSequence {
    /// The element of the sequence that is metered.
    public typealias Element = Base.Element
    /// What the sequence that is metered throws.
    public typealias Failure = Base.Failure
    let base: Base
    let metrics: StreamMetrics

    /// Makes an iterator and starts the time.
    public func makeAsyncIterator() -> Iterator {
        Iterator(base: base.makeAsyncIterator(), meter: Meter(metrics))
    }

    /// Records each element and the end.
    public struct Iterator: AsyncIteratorProtocol {
        var base: Base.AsyncIterator
        let meter: Meter

        /// The next element, or nil at the end.
        public mutating func next() async throws(Base.Failure) -> Base.Element? {
            try await next(isolation: #isolation)
        }

        /// The next element, or nil at the end, on the actor of the caller.
        public mutating func next(
            isolation actor: isolated (any Actor)?
        ) async throws(Base.Failure) -> Base.Element? {
            do {
                let element = try await base.next(isolation: actor)
                if element == nil { meter.end(Task.isCancelled ? .cancelled : .finished) } else { meter.noteElement() }
                return element
            } catch {
                meter.end(Outcome(thrown: error) == .cancelled ? .cancelled : .failed)
                throw error
            }
        }
    }

    /// What one iteration has seen.
    ///
    /// It belongs to one iterator; when that goes away before the end, the sequence was broken off.
    final class Meter {
        private let metrics: StreamMetrics
        private var last = ContinuousClock.now
        private var isFirst = true
        private var isEnded = false

        init(_ metrics: StreamMetrics) { self.metrics = metrics }

        deinit { end(.brokenOff) }

        func noteElement() {
            let now = ContinuousClock.now
            (isFirst ? metrics.firstElement : metrics.gap).observe(now - last)
            metrics.elements.increment()
            last = now
            isFirst = false
        }

        func end(_ reason: StreamEnd) {
            guard !isEnded else { return }
            isEnded = true
            metrics.streams[reason].increment()
        }
    }
}

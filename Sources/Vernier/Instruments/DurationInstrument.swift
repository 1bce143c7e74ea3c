/// An instrument that observes durations, and so can time a closure: ``Histogram`` and ``Summary``.
public protocol DurationInstrument: Instrument {
    /// Observes a duration, to the nanosecond.
    func observe(_ duration: Duration)
}

extension DurationInstrument {
    /// Observes how long a closure takes, whether it returns or throws.
    ///
    /// ```swift
    /// let page = try latency.measure { try render() }
    /// ```
    @inlinable
    public func measure<R, E: Error>(_ body: () throws(E) -> R) throws(E) -> R {
        let start = ContinuousClock.now
        defer { observe(ContinuousClock.now - start) }
        return try body()
    }

    /// Observes how long an asynchronous closure takes, whether it returns or throws.
    @inlinable
    nonisolated(nonsending)
        public func measure<R, E: Error>(_ body: nonisolated(nonsending) () async throws(E) -> R) async throws(E) -> R
    {
        let start = ContinuousClock.now
        defer { observe(ContinuousClock.now - start) }
        return try await body()
    }
}

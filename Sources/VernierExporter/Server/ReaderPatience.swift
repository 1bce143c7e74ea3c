/// How long a response waits for its reader.
///
/// It has so much time for all waits of a response together. While others are kept waiting, a reader that takes nothing has a second.
package struct ReaderPatience: Sendable {
    /// How often to look whether there is reason to give up.
    private static let slice = Duration.milliseconds(100)
    /// How long a reader may take nothing while others are kept waiting because of it.
    private static let stallUnderPressure = Duration.seconds(1)

    /// What is left of the time that the reader may take.
    private var timeLeft: Duration
    /// Since when the reader has taken nothing, and how many requests had been turned away by then.
    private var stall: (start: ContinuousClock.Instant, refusals: Int)?

    /// Begins a response.
    package init(_ limits: MetricsServer.Limits) {
        timeLeft = limits.responseTime
    }

    /// How long to wait before looking again.
    package var nextWait: Duration { min(timeLeft, Self.slice) }

    /// The reader has taken something.
    package mutating func noteProgress() { stall = nil }

    /// A wait is over.
    package mutating func spend(_ duration: Duration) { timeLeft -= duration }

    /// Whether to wait on for a reader that takes nothing now.
    ///
    /// - Parameters:
    ///   - now: the time.
    ///   - refusals: how many requests have been turned away so far.
    ///   - othersWait: whether requests wait for their turn.
    package mutating func lasts(at now: ContinuousClock.Instant, refusals: Int, othersWait: Bool) -> Bool {
        let stall = stall ?? (now, refusals)
        self.stall = stall
        guard timeLeft > .zero else { return false }
        return now - stall.start < Self.stallUnderPressure || !(othersWait || refusals != stall.refusals)
    }
}

/// Where the exemplars of a counter or histogram come from.
///
/// ```swift
/// let latency = Histogram(
///     "http_request_duration", unit: .seconds, help: "Time to answer.", exemplars: .automatic)
/// ```
///
/// Whichever it is, an update may name its exemplar itself.
public struct ExemplarSampling: Sendable, Hashable {
    /// How often an exemplar may be replaced, in nanoseconds; nil where updates do not look for one.
    let interval: UInt64?

    /// From updates that name one; the newest is kept.
    public static let byHand = ExemplarSampling(interval: nil)

    /// From the ``ExemplarProvider`` of the task in which an update is made, at most once a second.
    public static let automatic = automatic(every: .seconds(1))

    /// From the ``ExemplarProvider`` of the task in which an update is made, as often as an interval says.
    ///
    /// An update asks the provider at most once in each interval for each counter and each bucket, and a sixteenth of an interval later again
    /// where the provider knew nothing to refer to; exemplars that updates name are kept as rarely. Time is read from a clock that moves every few milliseconds. An interval of zero or less sets no limit; a provider then must
    /// not update the metric that asks it.
    ///
    /// An update of such a metric costs a call more than another one, and once there is a provider a look at the clock.
    public static func automatic(every interval: Duration) -> ExemplarSampling {
        ExemplarSampling(interval: min(interval.wholeNanoseconds ?? 0, longest))
    }

    /// Some 146 years, so that sums of times stay in their range.
    private static let longest: UInt64 = 1 << 62

    /// The same in one number: 0 by hand, otherwise one more than the interval.
    var word: UInt64 { interval.map { $0 + 1 } ?? 0 }
}

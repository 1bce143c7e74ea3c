/// When the series of a store were made or last set back, in seconds since 1970.
///
/// Slots are filled one after another, mostly many at once, so a time is kept for a run of slots and not for each. Those that were set
/// back, or given to another series, have times of their own.
struct CreationTimes {
    /// Slots made at about one time: from the first to the next run's.
    private struct Run {
        let first: Int
        let time: Double
    }

    /// How much later, in seconds, a slot of a run may have been made than the run's time says.
    static let tolerance = 0.01

    private var runs: [Run] = []
    private var own: [Int: Double] = [:]

    /// Notes the time of the next new slot.
    ///
    /// The time that is kept is never later: no update of the series was made before it.
    mutating func append(_ slot: Int, at time: Double) {
        if let last = runs.last, time >= last.time, time < last.time + Self.tolerance { return }
        runs.append(Run(first: slot, time: time))
    }

    /// Notes the time at which a slot starts from zero again.
    mutating func set(_ slot: Int, at time: Double) { own[slot] = time }

    /// Whether some slots have times of their own.
    var hasExceptions: Bool { !own.isEmpty }

    /// The time of a slot that was set back or given away since it was made.
    func exception(_ slot: Int) -> Double? { own[slot] }

    /// The time of the run that a slot is in, NaN when there is none, and the first slot behind it, as far as runs go by now.
    ///
    /// - Parameter hint: the number of a run that does not begin behind the slot, such as 0; it is moved on.
    /// - Complexity: constant on average for a walk over rising slots with one hint.
    func run(of slot: Int, _ hint: inout Int) -> (time: Double, end: Int) {
        while hint + 1 < runs.count, runs[hint + 1].first <= slot { hint += 1 }
        guard hint < runs.count else { return (.nan, .max) }
        return (runs[hint].time, hint + 1 < runs.count ? runs[hint + 1].first : .max)
    }
}

/// Predictions whose truth is not known yet, by an id: a bounded number of them for a bounded time.
struct PendingPredictions {
    private struct Entry {
        let id: String
        let prediction: Double
        let deadline: ContinuousClock.Instant
    }

    let capacity: Int
    let lifetime: Duration
    /// The entry with number n is at n modulo the capacity, unless it is gone.
    private var entries: [Entry?] = []
    private var numbers: [String: Int] = [:]
    private var oldest = 0
    private var next = 0
    /// How many were given up because their time was over.
    private(set) var expired = 0
    /// How many were given up because there was no room, or their id was too long or came again.
    private(set) var displaced = 0

    /// How many bytes an id has at most.
    static let longestID = 256

    init(capacity: Int, lifetime: Duration) {
        self.capacity = max(1, capacity)
        self.lifetime = lifetime
    }

    /// How many wait.
    var count: Int { numbers.count }

    /// Keeps a prediction; one with the same id gives way to it.
    ///
    /// - Complexity: constant on average; no allocation but for the first.
    mutating func insert(_ id: String, _ prediction: Double, now: ContinuousClock.Instant) {
        expire(now: now)
        guard id.utf8.count <= Self.longestID else {
            displaced += 1
            return
        }
        if entries.isEmpty {
            entries = Array(repeating: nil, count: capacity)
            numbers.reserveCapacity(capacity)
        }
        if let old = numbers[id] { giveUp(old, now: now) }
        giveUp(next, now: now)
        entries[next % capacity] = Entry(id: id, prediction: prediction, deadline: now + lifetime)
        numbers[id] = next
        next += 1
        if next - oldest > capacity { oldest = next - capacity }
    }

    /// Takes out the prediction with an id, if it is there and not too old.
    mutating func take(_ id: String, now: ContinuousClock.Instant) -> Double? {
        expire(now: now)
        guard let number = numbers[id] else { return nil }
        guard let entry = entries[number % capacity] else { return nil }
        guard entry.deadline > now else {
            giveUp(number, now: now)
            return nil
        }
        entries[number % capacity] = nil
        numbers[id] = nil
        return entry.prediction
    }

    /// Gives up those whose time is over, the oldest first, some at a time.
    ///
    /// Insertions and looks each do a few, so those that are over go faster than new ones come; one that is still there is found by nobody.
    ///
    /// - Parameters:
    ///   - now: the time.
    ///   - most: how many places are looked at.
    /// - Returns: whether it has come to one whose time is not over, or to the end.
    /// - Complexity: linear in `most`.
    @discardableResult
    mutating func expire(now: ContinuousClock.Instant, atMost most: Int = 16) -> Bool {
        for _ in 0..<most {
            guard oldest < next else { return true }
            if let entry = entries[oldest % capacity] {
                guard entry.deadline <= now else { return true }
                giveUp(oldest, now: now)
            }
            oldest += 1
        }
        return oldest == next
    }

    /// Empties the place of a number, and counts why what was there no longer waits.
    private mutating func giveUp(_ number: Int, now: ContinuousClock.Instant) {
        guard let entry = entries[number % capacity] else { return }
        entries[number % capacity] = nil
        numbers[entry.id] = nil
        if entry.deadline <= now { expired += 1 } else { displaced += 1 }
    }
}

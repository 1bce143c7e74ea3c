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
        if let old = numbers.removeValue(forKey: id) {
            entries[old % capacity] = nil
            displaced += 1
        }
        if let old = entries[next % capacity] {
            numbers[old.id] = nil
            displaced += 1
        }
        entries[next % capacity] = Entry(id: id, prediction: prediction, deadline: now + lifetime)
        numbers[id] = next
        next += 1
        if next - oldest > capacity { oldest = next - capacity }
    }

    /// Takes out the prediction with an id, if it is there and not too old.
    mutating func take(_ id: String, now: ContinuousClock.Instant) -> Double? {
        expire(now: now)
        guard let number = numbers.removeValue(forKey: id) else { return nil }
        defer { entries[number % capacity] = nil }
        guard let entry = entries[number % capacity] else { return nil }
        guard entry.deadline > now else {
            expired += 1
            return nil
        }
        return entry.prediction
    }

    /// Gives up those whose time is over, the oldest first, some at a time.
    ///
    /// Each insertion and each look calls it, so those that are over go sooner than new ones come; one that is over and still there is found by nobody.
    ///
    /// - Complexity: constant.
    mutating func expire(now: ContinuousClock.Instant, atMost most: Int = 16) {
        var left = most
        while oldest < next, left > 0 {
            left -= 1
            if let entry = entries[oldest % capacity] {
                guard entry.deadline <= now else { return }
                numbers[entry.id] = nil
                entries[oldest % capacity] = nil
                expired += 1
            }
            oldest += 1
        }
    }
}

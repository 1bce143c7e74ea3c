import Testing

@testable import VernierInstrumentation

@Suite struct PendingPredictionsTests {
    private let start = ContinuousClock.now

    @Test func `a prediction is taken once, by its id`() {
        var pending = PendingPredictions(capacity: 3, lifetime: .seconds(60))
        pending.insert("a", 1, now: start)
        pending.insert("b", 2, now: start)
        #expect(pending.take("b", now: start) == 2)
        #expect(pending.take("b", now: start) == nil)
        #expect(pending.take("c", now: start) == nil)
        #expect(pending.take("a", now: start) == 1)
        #expect(pending.count == 0 && pending.expired == 0 && pending.displaced == 0)
    }

    @Test func `the oldest gives way when there is no room`() {
        var pending = PendingPredictions(capacity: 3, lifetime: .seconds(60))
        for number in 0..<5 { pending.insert("\(number)", Double(number), now: start) }
        #expect(pending.count == 3 && pending.displaced == 2)
        #expect(pending.take("1", now: start) == nil)
        #expect(pending.take("2", now: start) == 2)
        #expect(pending.take("4", now: start) == 4)
    }

    @Test func `what is too old is given up`() {
        var pending = PendingPredictions(capacity: 10, lifetime: .seconds(60))
        for second in 0..<5 { pending.insert("\(second)", 0, now: start + .seconds(second)) }
        #expect(pending.take("3", now: start + .seconds(4)) == 0)
        pending.expire(now: start + .seconds(62))
        #expect(pending.count == 1 && pending.expired == 3)
        #expect(pending.take("4", now: start + .seconds(64)) == nil)
        #expect(pending.expired == 4 && pending.displaced == 0)
    }

    @Test func `what is too old is found by nobody, however much of it there is, and goes some at a time`() {
        var pending = PendingPredictions(capacity: 1_000, lifetime: .seconds(60))
        for number in 0..<1_000 { pending.insert("\(number)", 1, now: start) }
        let late = start + .seconds(61)
        #expect(pending.take("999", now: late) == nil)
        #expect(pending.expired == 17 && pending.count == 983)
        // The place of one that is over counts as given up for that, not for what came.
        pending.insert("998", 2, now: late)
        #expect(pending.expired == 34 && pending.displaced == 0 && pending.count == 967)
        #expect(pending.take("998", now: late) == 2)
        var isDone = pending.expire(now: late, atMost: 100)
        #expect(!isDone)
        isDone = pending.expire(now: late, atMost: 10_000)
        #expect(isDone)
        #expect(pending.expired == 1_000 && pending.displaced == 0 && pending.count == 0)
    }

    @Test func `an id that comes again replaces the first`() {
        var pending = PendingPredictions(capacity: 2, lifetime: .seconds(60))
        pending.insert("a", 1, now: start)
        pending.insert("a", 2, now: start)
        pending.insert("b", 3, now: start)
        #expect(pending.displaced == 1)
        #expect(pending.take("a", now: start) == 2)
        #expect(pending.take("b", now: start) == 3)
    }

    @Test func `an id that is too long is not kept`() {
        var pending = PendingPredictions(capacity: 2, lifetime: .seconds(60))
        pending.insert(String(repeating: "x", count: 257), 1, now: start)
        #expect(pending.count == 0 && pending.displaced == 1)
    }

    @Test func `it does what a simple list does`() {
        var generator = SplitMix(state: 5)
        var pending = PendingPredictions(capacity: 8, lifetime: .seconds(10))
        var list: [(id: String, value: Double, since: Int)] = []
        var (expired, displaced) = (0, 0)
        for step in 0..<20_000 {
            let now = start + .seconds(step)
            let old = list.count
            list.removeAll { $0.since + 10 <= step }
            expired += old - list.count
            let id = String(Int.random(in: 0..<20, using: &generator))
            if Int.random(in: 0..<3, using: &generator) > 0 {
                let kept = list.count
                list.removeAll { $0.id == id }
                displaced += kept - list.count
                list.append((id, Double(step), step))
                pending.insert(id, Double(step), now: now)
            } else {
                let place = list.firstIndex { $0.id == id }
                #expect(pending.take(id, now: now) == place.map { list[$0].value })
                if let place { list.remove(at: place) }
            }
            // A place that was taken out is not used again before the ring comes round: the list may hold more.
            if list.count > pending.count {
                displaced += list.count - pending.count
                list.removeFirst(list.count - pending.count)
            }
            #expect(pending.count == list.count && pending.expired == expired && pending.displaced == displaced)
        }
        #expect(expired > 0 && displaced > 0)
    }
}

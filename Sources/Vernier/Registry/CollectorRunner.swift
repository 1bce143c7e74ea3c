/// Reads one collector: at most once at a time, not longer than anybody waits, and not again while its last reading is fresh.
///
/// A reading runs on a thread or in a task of its own. A gather waits for it until its deadline and then goes on without; the
/// reading goes on too, the next gather joins it instead of starting another.
final class CollectorRunner: Sendable {
    /// How a reading ended.
    enum Outcome: Sendable {
        case families([MetricFamilySnapshot])
        case failed(String)
    }

    let name: String
    private let lifetime: Duration
    private let collect: @Sendable (@escaping @Sendable (Outcome) -> Void) -> Void
    private let state = Lock(State())

    private struct State {
        var waiting: [Semaphore] = []
        var isRunning = false
        /// Whether somebody gave up on the reading under way: nobody waits long for it any more.
        var isOverdue = false
        var last: (outcome: Outcome, ended: ContinuousClock.Instant, duration: Duration)?
    }

    init(_ collector: some Collector, lifetime: Duration) {
        name = collector.name
        self.lifetime = lifetime.bounded
        collect = { finish in
            do {
                let thread = try Thread(name: "vernier-collect") { finish(Outcome { try collector.collect() }) }
                thread.detach()
            } catch {
                finish(.failed("no thread could be started: \(error)"))
            }
        }
    }

    init(_ collector: some AsyncCollector, lifetime: Duration) {
        name = collector.name
        self.lifetime = lifetime.bounded
        collect = { finish in
            Task.detached {
                let outcome: Outcome
                do { outcome = .families(try await collector.collect()) } catch { outcome = .failed("\(error)") }
                finish(outcome)
            }
        }
    }

    /// Asks for a reading, and has a semaphore signalled when there is one.
    ///
    /// - Parameters:
    ///   - done: signalled for a reading that somebody may wait for.
    ///   - late: signalled in its place for one that is overdue.
    /// - Returns: whether the reading is overdue.
    func request(_ done: Semaphore, ifOverdue late: Semaphore) -> Bool {
        enum Answer { case fresh, joined, overdue, starts }
        let answer: Answer = state.withLock { state in
            if let last = state.last, !state.isRunning, last.ended + lifetime > .now { return .fresh }
            state.waiting.append(state.isOverdue ? late : done)
            defer { state.isRunning = true }
            return state.isOverdue ? .overdue : state.isRunning ? .joined : .starts
        }
        switch answer {
        case .fresh: done.signal()
        case .joined, .overdue: break
        case .starts:
            let began = ContinuousClock.now
            collect { outcome in self.finish(outcome, began) }
        }
        return answer == .overdue
    }

    private func finish(_ outcome: Outcome, _ began: ContinuousClock.Instant) {
        let waiting = state.withLock { state in
            state.last = (outcome, .now, .now - began)
            state.isRunning = false
            state.isOverdue = false
            defer { state.waiting = [] }
            return state.waiting
        }
        for done in waiting { done.signal() }
    }

    /// The reading that was asked for with these semaphores, or nil when it is not there in time.
    func take(_ done: Semaphore, _ late: Semaphore) -> (outcome: Outcome, duration: Duration)? {
        state.withLock { state in
            if let index = state.waiting.firstIndex(where: { $0 === done || $0 === late }) {
                state.waiting.remove(at: index)
                state.isOverdue = true
                return nil
            }
            return state.last.map { ($0.outcome, $0.duration) }
        }
    }
}

extension CollectorRunner.Outcome {
    init(_ body: () throws -> [MetricFamilySnapshot]) {
        do { self = .families(try body()) } catch { self = .failed("\(error)") }
    }
}

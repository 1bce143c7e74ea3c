import Synchronization
import Vernier

/// A complete request and the connection that waits for its answer.
struct Job: Sendable {
    var connection: Connection
    var request: HTTPRequest
}

/// Hands requests from the loop to the workers, first come, first served.
///
/// It holds at most one job a connection, so the limit of connections bounds it.
final class JobQueue: Sendable {
    private struct State {
        var jobs: [Job] = []
        /// Workers that sleep and that no job has been promised to.
        var idle = 0
        var isClosed = false
    }

    private let state = Lock(State())
    /// How many jobs there are, to be read without the lock; changed with the lock held.
    private let waiting = Atomic(0)
    private let sleepers = Semaphore()

    /// Adds a job; returns false when no worker was idle to take it at once.
    ///
    /// A closed queue drops it, which ends its connection.
    func push(_ job: Job) -> Bool {
        let (isTaken, wakes) = state.withLock { state in
            guard !state.isClosed else { return (true, false) }
            state.jobs.append(job)
            waiting.store(state.jobs.count, ordering: .relaxed)
            guard state.idle > 0 else { return (false, false) }
            state.idle -= 1
            return (true, true)
        }
        if wakes { sleepers.signal() }
        return isTaken
    }

    /// Waits for a job; nil when the queue has been closed.
    func next() -> Job? {
        while true {
            let (job, isClosed) = state.withLock { state -> (Job?, Bool) in
                guard !state.isClosed else { return (nil, true) }
                guard !state.jobs.isEmpty else {
                    state.idle += 1
                    return (nil, false)
                }
                waiting.store(state.jobs.count - 1, ordering: .relaxed)
                return (state.jobs.removeFirst(), false)
            }
            if job != nil || isClosed { return job }
            sleepers.wait()
        }
    }

    /// Whether a job waits for a worker.
    ///
    /// Relaxed: a worker asks after every response, and one that learns of a job a moment late does no harm.
    var hasWaiting: Bool { waiting.load(ordering: .relaxed) > 0 }

    /// Drops all jobs, closing their connections, and sends the workers home.
    func close() {
        let (dropped, idle) = state.withLock { state in
            state.isClosed = true
            defer {
                state.idle = 0
                state.jobs = []
                waiting.store(0, ordering: .relaxed)
            }
            return (state.jobs, state.idle)
        }
        for _ in 0..<idle { sleepers.signal() }
        _ = dropped
    }
}

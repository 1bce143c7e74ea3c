import Synchronization
import Vernier

/// What the threads of a server share.
final class ServerCore: Sendable {
    let handler: any HTTPHandler
    let limits: MetricsServer.Limits
    let queue = JobQueue()
    let pipe: WakePipe

    private let stopping = Atomic(false)
    /// Connections that come back from workers to the loop.
    private let returned = Lock<[Connection]>([])
    /// How many connections are with workers or in the queue.
    private let serving = Atomic(0)
    private let workers = Lock<[Thread]>([])

    init(handler: any HTTPHandler, limits: MetricsServer.Limits) throws(SystemError) {
        self.handler = handler
        self.limits = limits
        pipe = try WakePipe()
    }

    /// Whether the server has been told to stop.
    ///
    /// Relaxed: it is looked at again and again, and orders nothing.
    var isStopping: Bool { stopping.load(ordering: .relaxed) }

    /// How many connections wait for or get an answer.
    ///
    /// Relaxed: the loop alone raises it; a late fall makes it careful.
    var servingCount: Int { serving.load(ordering: .relaxed) }

    /// Hands a request to the workers, and starts another one when all are busy.
    func serve(_ job: Job) {
        serving.add(1, ordering: .relaxed)
        guard !queue.push(job) else { return }
        // Should the system refuse a thread, those that are there serve on.
        try? startWorker()
    }

    /// Starts a worker, unless there are as many as allowed.
    func startWorker() throws(SystemError) {
        try workers.withLock { workers throws(SystemError) in
            guard workers.count <= limits.scrapesAtOnce else { return }
            workers.append(
                try Thread(name: "vernier-answer") { [self] in
                    var worker = Worker(core: self)
                    worker.run()
                })
        }
    }

    /// Gives a connection back to the loop, which waits for its next request or its end.
    func giveBack(_ connection: Connection) {
        returned.withLock { $0.append(connection) }
        release()
    }

    /// Tells the loop that a connection is with a worker no more.
    func release() {
        serving.subtract(1, ordering: .relaxed)
        pipe.wake()
    }

    /// The connections that came back since the last call.
    func takeReturned() -> [Connection] {
        returned.withLock { returned in
            guard !returned.isEmpty else { return [] }
            defer { returned = [] }
            return returned
        }
    }

    /// Tells all threads to end.
    func stop() {
        stopping.store(true, ordering: .relaxed)
        pipe.wake()
        queue.close()
    }

    /// Waits for the workers to end; lets those go that are still in a collector at the deadline.
    func joinWorkers(until deadline: ContinuousClock.Instant) {
        let threads = workers.withLock { workers in
            defer { workers = [] }
            return workers
        }
        for thread in threads { thread.join(until: deadline) }
        _ = takeReturned()
    }
}

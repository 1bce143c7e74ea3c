import Vernier

/// Accepts connections, collects their requests and keeps their times, all on one thread that never waits for a peer.
///
/// It owns every connection that has no complete request. Those that have one go to the workers and come back.
struct ConnectionLoop {
    /// How many connections are accepted before others are looked at again.
    private static let acceptsInARow = 64
    /// How long to leave the listener alone when the system has nothing to accept a connection with.
    private static let backOff = Duration.milliseconds(100)

    private let core: ServerCore
    private let listener: Socket
    private let isTCP: Bool
    private var connections: [Connection] = []
    private var polls = PollSet()
    private var input: [UInt8] = []
    /// Small: the loop itself writes nothing but refusals.
    private var encoder = HTTPResponseEncoder(bufferBytes: 1024)
    /// A descriptor to give up when there is no other, so that one scraper can still be accepted.
    private var reserve: Socket?
    /// Until when the listener is left alone.
    private var acceptsAgain: ContinuousClock.Instant?

    init(core: ServerCore, listener: Socket, isTCP: Bool) {
        self.core = core
        self.listener = listener
        self.isTCP = isTCP
    }

    /// Runs until the server stops.
    mutating func run() {
        input = [UInt8](repeating: 0, count: 16_384)
        while !core.isStopping {
            if reserve == nil { reserve = try? Socket.stream(family: Listener.reserveFamily) }
            let takesConnections = waitForEvents()
            if polls.isReady(0) { core.pipe.clear() }
            // One reading of the clock serves everything that happened at once.
            let now = ContinuousClock.now
            let waiting = connections.count
            for index in (0..<waiting).reversed() where polls.isReady(index + 2) { read(index, now: now) }
            takeBack(now: now)
            if takesConnections, polls.isReady(1) { acceptAll(now: now) }
            expire(now: now)
        }
    }

    /// Waits until something happens or the next deadline; returns whether new connections were waited for.
    private mutating func waitForEvents() -> Bool {
        let now = ContinuousClock.now
        var wake = connections.map(\.deadline).min()
        if let again = acceptsAgain {
            if again <= now { acceptsAgain = nil } else { wake = min(wake ?? again, again) }
        }
        // When every connection is being answered there is none to close for a new one: it waits in the system's queue.
        let takesConnections = acceptsAgain == nil && (core.servingCount < core.limits.connections)
        polls.removeAll()
        polls.addReadable(core.pipe.descriptor)
        polls.addReadable(takesConnections ? listener.descriptor : PollSet.nothing)
        for connection in connections { polls.addReadable(connection.socket.descriptor) }
        polls.wait(milliseconds: wake.map { now.duration(to: $0).pollMilliseconds } ?? -1)
        return takesConnections
    }

    /// Takes what a connection has sent; one that is done with leaves the list, and the last one takes its place.
    private mutating func read(_ index: Int, now: ContinuousClock.Instant) {
        switch connections[index].socket.receive(into: &input, waiting: false) {
        case .moved(let count):
            if case .ending = connections[index].phase {
                if !connections[index].discard(count) { remove(index) }
                return
            }
            connections[index].noteActivity(limits: core.limits, now: now)
            connections[index].decoder.append(contentsOf: input[..<count])
            serveIfComplete(index, now: now)
        case .wouldBlock:
            break
        case .ended, .failed:
            remove(index)
        }
    }

    /// Hands a connection with a complete request to the workers.
    private mutating func serveIfComplete(_ index: Int, now: ContinuousClock.Instant) {
        do throws(HTTPRequestError) {
            guard let request = try connections[index].decoder.next() else { return }
            core.serve(Job(connection: remove(index), request: request))
        } catch {
            connections[index].refuse(error, encoder: &encoder, now: now)
        }
    }

    /// Takes connections over from the workers.
    private mutating func takeBack(now: ContinuousClock.Instant) {
        for connection in core.takeReturned() {
            connections.append(connection)
            if case .ending = connection.phase { continue }
            // A pipelined request may be there already, and nothing more may come to tell of it.
            serveIfComplete(connections.count - 1, now: now)
        }
    }

    /// Accepts what waits, making room when the limit is reached.
    private mutating func acceptAll(now: ContinuousClock.Instant) {
        for _ in 0..<ConnectionLoop.acceptsInARow {
            guard core.servingCount < core.limits.connections else { return }
            do throws(SystemError) {
                add(try listener.accept(), now: now)
            } catch {
                if error.isWouldBlock { return }
                if error.isOfOneConnection { continue }
                return acceptWithLittle(error, now: now)
            }
        }
    }

    private mutating func add(_ socket: Socket, now: ContinuousClock.Instant) {
        if connections.count + core.servingCount >= core.limits.connections { evictLongestWaiting() }
        if isTCP { socket.setNoDelay() }
        socket.setReceiveTimeout(microseconds: Worker.lingerMicroseconds)
        connections.append(Connection(socket: socket, limits: core.limits, now: now))
        // Most requests are there together with their connection.
        read(connections.count - 1, now: now)
    }

    /// Accepts one connection after the system refused a descriptor for it.
    ///
    /// The listener stays ready then, and trying on and on would burn a core. First the reserve is given up: it lets one
    /// scraper in, and a page of metrics is what somebody needs in that state. Next time the connection that has waited longest
    /// goes. With nothing left to give, the listener rests for a moment. It is one connection a turn, because without a free
    /// descriptor the system says so even when nobody waits, and a connection must not be ended for nobody.
    private mutating func acceptWithLittle(_ error: SystemError, now: ContinuousClock.Instant) {
        if error.isOutOfDescriptors {
            if reserve != nil { reserve = nil } else { evictLongestWaiting() }
            if let socket = try? listener.accept() { return add(socket, now: now) }
        }
        acceptsAgain = now + ConnectionLoop.backOff
    }

    private mutating func evictLongestWaiting() {
        guard let longest = connections.indices.min(by: { connections[$0].waitingSince < connections[$1].waitingSince })
        else { return }
        remove(longest)
    }

    /// Ends the connections whose time is over; one in the middle of a request is told why.
    private mutating func expire(now: ContinuousClock.Instant) {
        for index in connections.indices.reversed() where connections[index].deadline <= now {
            if case .request = connections[index].phase, !connections[index].decoder.isEmpty {
                connections[index].refuse(.timedOut, encoder: &encoder, now: now)
            } else {
                remove(index)
            }
        }
    }

    @discardableResult
    private mutating func remove(_ index: Int) -> Connection {
        connections.swapAt(index, connections.count - 1)
        return connections.removeLast()
    }
}

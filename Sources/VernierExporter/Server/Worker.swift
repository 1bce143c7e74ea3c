/// Answers requests on a thread of its own, which may wait: for collectors and for readers.
struct Worker {
    /// How long a worker without other work waits for the next request on the same connection.
    ///
    /// A client that sends one request after the other is then served with one read and one write each, without the loop.
    static let lingerMicroseconds = 1000

    private let core: ServerCore
    private var encoder = HTTPResponseEncoder()
    private var input: [UInt8] = []

    init(core: ServerCore) {
        self.core = core
    }

    /// Serves until the queue is closed.
    mutating func run() {
        input = [UInt8](repeating: 0, count: 4096)
        while let job = core.queue.next() { serve(job) }
    }

    private mutating func serve(_ job: consuming Job) {
        var connection = job.connection
        var request = job.request
        while true {
            switch answer(request, on: connection.socket) {
            case .keepOpen:
                break
            case .close:
                // Octets that nobody reads would turn the end into a reset.
                connection.finish(now: .now)
                return core.giveBack(connection)
            case .aborted:
                return core.release()
            }
            do throws(HTTPRequestError) {
                switch try next(&connection) {
                case .request(let next): request = next
                case .later:
                    connection.startOver(limits: core.limits, now: .now)
                    return core.giveBack(connection)
                case .never:
                    return core.release()
                }
            } catch {
                connection.refuse(error, encoder: &encoder, now: .now)
                return core.giveBack(connection)
            }
        }
    }

    private enum Next {
        case request(HTTPRequest)
        case later
        case never
    }

    /// The next request when it is there or comes at once; others that wait come first.
    private mutating func next(_ connection: inout Connection) throws(HTTPRequestError) -> Next {
        guard !core.isStopping else { return .never }
        guard !core.queue.hasWaiting else { return .later }
        if let request = try connection.decoder.next() { return .request(request) }
        switch connection.socket.receive(into: &input, waiting: true) {
        case .moved(let count):
            connection.decoder.append(contentsOf: input[..<count])
            if let request = try connection.decoder.next() { return .request(request) }
            return .later
        case .wouldBlock: return .later
        case .ended, .failed: return .never
        }
    }

    private mutating func answer(_ request: HTTPRequest, on socket: Socket) -> HTTPResponseEncoder.Outcome {
        var writer = PeerWriter(core: core, socket: socket)
        let response = core.handler.respond(to: request)
        let outcome = encoder.encode(response, to: request) { try writer.write($0) }
        response.whenSent?(outcome != .aborted)
        return outcome
    }
}

/// Sends one response to a peer, waiting for it within bounds.
struct PeerWriter {
    /// Why a response is given up.
    enum Abandonment: Error {
        /// The connection is broken.
        case peerIsGone
        /// The peer reads too slowly.
        case peerIsTooSlow
        /// The server has been told to stop.
        case serverStops
    }

    /// How often to look whether there is reason to give up.
    private static let slice = Duration.milliseconds(100)
    /// How long a reader may take nothing while others are kept waiting because of it.
    private static let stallUnderPressure = Duration.seconds(1)

    private let core: ServerCore
    private let socket: Socket
    /// What is left of the time that the reader may take.
    private var timeLeft: Duration
    /// Since when the reader has taken nothing, and how many requests had been turned away by then.
    private var stall: (start: ContinuousClock.Instant, refusals: Int)?

    init(core: ServerCore, socket: Socket) {
        self.core = core
        self.socket = socket
        timeLeft = core.limits.responseTime
    }

    /// Sends all of it, or throws an ``Abandonment``.
    mutating func write(_ bytes: RawSpan) throws {
        var offset = 0
        while offset < bytes.byteCount {
            guard !core.isStopping else { throw Abandonment.serverStops }
            switch socket.send(bytes.extracting(offset..<bytes.byteCount)) {
            case .moved(let count):
                offset += count
                stall = nil
            case .wouldBlock: try wait()
            case .ended, .failed: throw Abandonment.peerIsGone
            }
        }
    }

    /// Waits a moment for the reader; throws when it has had its time, or holds up others by taking nothing at all.
    private mutating func wait() throws {
        let now = ContinuousClock.now
        let stall = stall ?? (now, core.handler.refusals)
        self.stall = stall
        guard timeLeft > .zero else { throw Abandonment.peerIsTooSlow }
        if now - stall.start >= PeerWriter.stallUnderPressure,
            core.queue.hasWaiting || core.handler.refusals != stall.refusals
        {
            throw Abandonment.peerIsTooSlow
        }
        PollSet.waitUntilWritable(socket.descriptor, milliseconds: min(timeLeft, PeerWriter.slice).pollMilliseconds)
        timeLeft -= now.duration(to: .now)
    }
}

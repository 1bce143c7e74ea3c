/// Sends one response to a peer, waiting for it within bounds.
struct PeerWriter {
    private let core: ServerCore
    private let socket: Socket
    private var patience: ReaderPatience

    init(core: ServerCore, socket: Socket) {
        self.core = core
        self.socket = socket
        patience = ReaderPatience(core.limits)
    }

    /// Sends all of it, or throws an ``Abandonment``.
    mutating func write(_ bytes: RawSpan) throws {
        var offset = 0
        while offset < bytes.byteCount {
            guard !core.isStopping else { throw Abandonment.serverStops }
            switch socket.send(bytes.extracting(offset..<bytes.byteCount)) {
            case .moved(let count):
                offset += count
                patience.noteProgress()
            case .wouldBlock: try wait()
            case .ended, .failed: throw Abandonment.peerIsGone
            }
        }
    }

    /// Waits a moment for the reader; throws when it has had its time, or holds up others by taking nothing at all.
    private mutating func wait() throws {
        let now = ContinuousClock.now
        guard patience.lasts(at: now, refusals: core.handler.refusals, othersWait: core.queue.hasWaiting) else {
            throw Abandonment.peerIsTooSlow
        }
        PollSet.waitUntilWritable(socket.descriptor, milliseconds: patience.nextWait.pollMilliseconds)
        patience.spend(now.duration(to: .now))
    }
}

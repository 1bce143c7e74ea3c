/// A connection and what it has sent so far.
///
/// At any time it has one owner: the loop that waits for its octets, or the worker that answers it.
struct Connection: Sendable {
    /// What the loop waits for.
    enum Phase {
        /// The rest of a request.
        case request
        /// The first octet of a next request.
        case idle
        /// The peer's end: the answer was a refusal, and what the peer still sends is thrown away.
        ///
        /// Closing at once would reset the connection, and the peer could lose the answer (RFC 9112, section 9.6).
        case ending(remainingBytes: Int)
    }

    let socket: Socket
    var decoder: HTTPRequestDecoder
    /// What is waited for.
    private(set) var phase = Phase.request
    /// When that is no longer waited for.
    private(set) var deadline: ContinuousClock.Instant
    /// Since when there has been no complete request; the earliest makes room for new connections.
    private(set) var waitingSince: ContinuousClock.Instant

    init(socket: Socket, limits: MetricsServer.Limits, now: ContinuousClock.Instant) {
        self.socket = socket
        decoder = HTTPRequestDecoder(limits: limits.decoder)
        deadline = now + limits.requestTime
        waitingSince = now
    }

    /// A response has been sent; what comes next is another request.
    mutating func startOver(limits: MetricsServer.Limits, now: ContinuousClock.Instant) {
        waitingSince = now
        phase = decoder.isEmpty ? .idle : .request
        deadline = now + (decoder.isEmpty ? limits.idleTime : limits.requestTime)
    }

    /// Octets have arrived: an idle connection is one that sends a request now, and has its time for it.
    mutating func noteActivity(limits: MetricsServer.Limits, now: ContinuousClock.Instant) {
        guard case .idle = phase else { return }
        phase = .request
        deadline = now + limits.requestTime
    }

    /// Answers octets that are no request, and ends the connection softly.
    ///
    /// The answer is short and is the first thing in the way to the peer for long, so it is sent without waiting.
    mutating func refuse(_ error: HTTPRequestError, encoder: inout HTTPResponseEncoder, now: ContinuousClock.Instant) {
        _ = encoder.encode(HTTPResponse(refusing: error), to: nil) { _ = socket.send($0) }
        finish(now: now)
    }

    /// Tells the peer that nothing more will come, and waits for the same from it.
    mutating func finish(now: ContinuousClock.Instant) {
        socket.finishSending()
        phase = .ending(remainingBytes: MetricsServer.Limits.endingBytes)
        deadline = now + MetricsServer.Limits.endingTime
    }

    /// Counts octets that are thrown away; returns false when there have been enough.
    mutating func discard(_ count: Int) -> Bool {
        guard case .ending(let remaining) = phase, count < remaining else { return false }
        phase = .ending(remainingBytes: remaining - count)
        return true
    }
}

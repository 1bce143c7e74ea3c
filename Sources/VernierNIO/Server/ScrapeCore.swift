#if NIO
    import NIOCore
    import NIOPosix
    import NIOSSL
    import Synchronization
    import Vernier
    import VernierExporter

    /// What the connections of a server share.
    final class ScrapeCore: Sendable {
        /// A piece of a page: as large as a record of TLS.
        private static let pieceBytes = 16_384
        /// Above that a limit of scrapes is none: each has a thread from the start.
        private static let mostThreads = 256

        let handler: any HTTPHandler
        let limits: MetricsServer.Limits
        let tls: NIOSSLContext?
        let connections: ConnectionTable

        /// What accepts connections now; nil once the server stops.
        let listener = Lock<(any Channel)?>(nil)

        private let threads: NIOThreadPool
        private let stopping = Atomic(false)
        /// How many requests wait for a thread.
        private let waiting = Atomic(0)
        private let encoders = Lock<[HTTPResponseEncoder]>([])

        init(handler: any HTTPHandler, limits: MetricsServer.Limits, tls: NIOSSLContext?) {
            self.handler = handler
            self.limits = limits
            self.tls = tls
            connections = ConnectionTable(limit: limits.connections)
            threads = NIOThreadPool(numberOfThreads: min(limits.scrapesAtOnce, Self.mostThreads - 1) + 1)
            threads.start()
        }

        /// Whether the server has been told to stop.
        ///
        /// Relaxed: it is looked at again and again, and orders nothing.
        var isStopping: Bool { stopping.load(ordering: .relaxed) }

        /// Whether a request waits for a thread; relaxed, as it only makes the impatient a little more so.
        var hasWaiting: Bool { waiting.load(ordering: .relaxed) > 0 }

        /// Makes an answer on a thread; there is at most one request of each connection, so the limit of connections bounds them.
        func answer(_ request: HTTPRequest, to link: ResponseLink) {
            waiting.add(1, ordering: .relaxed)
            threads.submit { state in
                self.waiting.subtract(1, ordering: .relaxed)
                var outcome = HTTPResponseEncoder.Outcome.aborted
                if case .active = state, !self.isStopping, !link.isAbandoned {
                    outcome = self.encode(self.handler.respond(to: request), to: request, link)
                }
                self.connections.endAnswer(link.id)
                link.end(outcome)
            }
        }

        private func encode(
            _ response: HTTPResponse, to request: HTTPRequest, _ link: ResponseLink
        ) -> HTTPResponseEncoder.Outcome {
            var encoder = encoders.withLock { $0.popLast() } ?? HTTPResponseEncoder(bufferBytes: Self.pieceBytes)
            var patience = ReaderPatience(limits)
            let outcome = encoder.encode(response, to: request) {
                try link.write($0, core: self, patience: &patience)
            }
            encoders.withLock { $0.append(encoder) }
            response.whenSent?(outcome != .aborted)
            return outcome
        }

        /// Ends all connections and threads, and the listener; what takes longer than the time is left alone: a thread that is in a collector, or
        /// a listener whose event loops have been shut down.
        func stop(within time: Duration) async {
            let listener = beginStop()
            await withCheckedContinuation { (continuation: CheckedContinuation<Void, Never>) in
                let ends = Ends(2, continuation)
                threads.shutdownGracefully { _ in ends.note() }
                if let listener, listener.isActive {
                    listener.close().whenComplete { _ in ends.note() }
                } else {
                    ends.note()
                }
                Task {
                    try? await Task.sleep(for: time)
                    ends.giveUp()
                }
            }
        }

        /// The same without a wait.
        func abandon() {
            if let listener = beginStop(), listener.isActive { listener.close(promise: nil) }
            threads.shutdownGracefully { _ in }
        }

        /// Tells everybody to end, and returns the listener.
        private func beginStop() -> (any Channel)? {
            stopping.store(true, ordering: .relaxed)
            connections.close()
            return listener.withLock { $0.take() }
        }
    }

    /// A continuation that goes on after a number of ends, or when nobody wants to wait for them any more.
    private final class Ends: Sendable {
        private let state: Lock<(left: Int, continuation: CheckedContinuation<Void, Never>?)>

        init(_ count: Int, _ continuation: CheckedContinuation<Void, Never>) {
            state = Lock((count, continuation))
        }

        func note() { leave(1) }
        func giveUp() { leave(.max) }

        private func leave(_ count: Int) {
            let continuation = state.withLock { state -> CheckedContinuation<Void, Never>? in
                state.left = max(0, state.left - count)
                return state.left == 0 ? state.continuation.take() : nil
            }
            continuation?.resume()
        }
    }
#endif

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
        private static let backlog: Int32 = 1024

        let handler: any HTTPHandler
        let limits: MetricsServer.Limits
        let tls: NIOSSLContext?
        let connections: ConnectionTable

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
            threads = NIOThreadPool(numberOfThreads: limits.scrapesAtOnce + 1)
            threads.start()
        }

        /// Whether the server has been told to stop.
        ///
        /// Relaxed: it is looked at again and again, and orders nothing.
        var isStopping: Bool { stopping.load(ordering: .relaxed) }

        /// Whether a request waits for a thread; relaxed, as it only makes the impatient a little more so.
        var hasWaiting: Bool { waiting.load(ordering: .relaxed) > 0 }

        /// Starts to accept connections.
        func listen(host: String, port: Int, group: any EventLoopGroup) async throws -> any Channel {
            try await ServerBootstrap(group: group)
                .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
                .serverChannelOption(.backlog, value: Self.backlog)
                .serverChannelInitializer { channel in
                    channel.eventLoop.makeCompletedFuture {
                        try channel.pipeline.syncOperations.addHandler(AcceptGate(self.connections))
                    }
                }
                .childChannelOption(.allowRemoteHalfClosure, value: true)
                .childChannelOption(.tcpOption(.tcp_nodelay), value: 1)
                .childChannelInitializer { channel in
                    channel.eventLoop.makeCompletedFuture {
                        let pipeline = channel.pipeline.syncOperations
                        let end = ConnectionEnd()
                        try pipeline.addHandler(end)
                        if let tls = self.tls { try pipeline.addHandler(NIOSSLServerHandler(context: tls)) }
                        try pipeline.addHandler(ScrapeConnection(core: self, end: end))
                    }
                }
                .bind(host: host, port: port).get()
        }

        /// Makes an answer on a thread; there is at most one request of each connection, so the limit of connections bounds them.
        func answer(_ request: HTTPRequest, to link: ResponseLink) {
            waiting.add(1, ordering: .relaxed)
            threads.submit { state in
                self.waiting.subtract(1, ordering: .relaxed)
                guard case .active = state, !self.isStopping else { return link.end(.aborted) }
                var encoder =
                    self.encoders.withLock { $0.popLast() } ?? HTTPResponseEncoder(bufferBytes: Self.pieceBytes)
                var patience = ReaderPatience(self.limits)
                let outcome = encoder.encode(self.handler.respond(to: request), to: request) {
                    try link.write($0, core: self, patience: &patience)
                }
                self.encoders.withLock { $0.append(encoder) }
                link.end(outcome)
            }
        }

        /// Ends all connections and threads; a thread that is in a collector for longer than the time is left alone.
        func stop(within time: TimeAmount) async {
            stopping.store(true, ordering: .relaxed)
            connections.close()
            await withCheckedContinuation { (continuation: CheckedContinuation<Void, Never>) in
                let end = OnceResumed(continuation)
                threads.shutdownGracefully { _ in end.resume() }
                MultiThreadedEventLoopGroup.singleton.next().scheduleTask(in: time) { end.resume() }
            }
        }

        /// The same without a wait.
        func abandon() {
            stopping.store(true, ordering: .relaxed)
            connections.close()
            threads.shutdownGracefully { _ in }
        }
    }

    /// A continuation that several may resume.
    private final class OnceResumed: Sendable {
        private let continuation: Lock<CheckedContinuation<Void, Never>?>

        init(_ continuation: CheckedContinuation<Void, Never>) {
            self.continuation = Lock(continuation)
        }

        func resume() { continuation.withLock { $0.take() }?.resume() }
    }
#endif

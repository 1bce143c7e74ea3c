#if NIO
    import NIOCore
    import NIOPosix
    import NIOSSL
    import Synchronization

    /// A client with a real socket that sends what it is told to, and keeps what comes.
    final class TestClient: Sendable {
        struct TookTooLong: Error, CustomStringConvertible {
            let description: String
        }

        let channel: any Channel
        private let state: State

        private final class State: ChannelInboundHandler, Sendable {
            typealias InboundIn = ByteBuffer

            struct Seen {
                var text = ""
                var isEnded = false
                var error: String?
            }

            let seen = Mutex(Seen())

            func channelRead(context: ChannelHandlerContext, data: NIOAny) {
                let text = String(buffer: unwrapInboundIn(data))
                seen.withLock { $0.text += text }
            }

            func channelInactive(context: ChannelHandlerContext) { seen.withLock { $0.isEnded = true } }

            func errorCaught(context: ChannelHandlerContext, error: any Error) {
                seen.withLock { $0.error = "\(error)" }
                context.close(promise: nil)
            }
        }

        /// Connects to a port of the loopback.
        ///
        /// - Parameters:
        ///   - port: which.
        ///   - tls: trusts whom; nil speaks plain TCP.
        ///   - reads: whether it reads what comes.
        init(port: Int, tls: NIOSSLContext? = nil, reads: Bool = true) async throws {
            let state = State()
            self.state = state
            channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
                .channelOption(.allowRemoteHalfClosure, value: false)
                .channelOption(.autoRead, value: reads)
                .channelOption(.socketOption(.so_rcvbuf), value: reads ? 262_144 : 4096)
                .channelInitializer { channel in
                    channel.eventLoop.makeCompletedFuture {
                        if let tls {
                            try channel.pipeline.syncOperations.addHandler(
                                try NIOSSLClientHandler(context: tls, serverHostname: "localhost"))
                        }
                        try channel.pipeline.syncOperations.addHandler(state)
                    }
                }
                .connect(host: "127.0.0.1", port: port).get()
        }

        var text: String { state.seen.withLock { $0.text } }
        var isEnded: Bool { state.seen.withLock { $0.isEnded } }
        var error: String? { state.seen.withLock { $0.error } }

        func send(_ text: String) {
            channel.writeAndFlush(ByteBuffer(string: text), promise: nil)
        }

        func get(_ path: String = "/metrics", _ fields: String = "") {
            send("GET \(path) HTTP/1.1\r\nHost: test\r\n\(fields)\r\n")
        }

        /// Waits for a condition; a machine may stand still for long.
        func wait(_ what: String, until condition: (TestClient) -> Bool) async throws {
            try await eventually(what + ", got \(text.prefix(300))") { condition(self) }
        }

        /// Waits until the server has ended the connection, and returns all that came.
        func rest() async throws -> String {
            try await wait("the end") { $0.isEnded }
            return text
        }

        func close() { channel.close(promise: nil) }
    }

    /// Waits for a condition; a machine may stand still for long.
    func eventually(_ what: String, _ condition: () -> Bool) async throws {
        let deadline = ContinuousClock.now + .seconds(60)
        while !condition() {
            guard .now < deadline else { throw TestClient.TookTooLong(description: "no \(what)") }
            try await Task.sleep(for: .milliseconds(2))
        }
    }
#endif

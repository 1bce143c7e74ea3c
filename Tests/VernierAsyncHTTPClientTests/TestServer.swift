#if AsyncHTTPClient
    import NIOCore
    import NIOHTTP1
    import NIOPosix

    /// An HTTP server on a socket of this machine, whose path says how it answers.
    struct TestServer {
        let channel: any Channel

        static func start() async throws -> TestServer {
            let bootstrap = ServerBootstrap(group: .singletonMultiThreadedEventLoopGroup)
                .serverChannelOption(.backlog, value: 256)
                .childChannelInitializer { channel in
                    channel.pipeline.configureHTTPServerPipeline().flatMapThrowing {
                        try channel.pipeline.syncOperations.addHandler(Answering())
                    }
                }
            return TestServer(channel: try await bootstrap.bind(host: "127.0.0.1", port: 0).get())
        }

        var port: Int { channel.localAddress?.port ?? 0 }

        func url(_ path: String) -> String { "http://127.0.0.1:\(port)\(path)" }

        func stop() async throws { try await channel.close() }

        /// Runs a server while a closure runs.
        static func run(_ body: (TestServer) async throws -> Void) async throws {
            let server = try await start()
            do {
                try await body(server)
            } catch {
                try? await server.stop()
                throw error
            }
            try await server.stop()
        }
    }

    private final class Answering: ChannelInboundHandler {
        typealias InboundIn = HTTPServerRequestPart
        typealias OutboundOut = HTTPServerResponsePart

        private var path = ""
        private var isHead = false

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            switch unwrapInboundIn(data) {
            case .head(let head):
                path = head.uri
                isHead = head.method == .HEAD
            case .body: break
            case .end: answer(context)
            }
        }

        private func answer(_ context: ChannelHandlerContext) {
            switch path {
            case "/hang": break
            case "/close": context.close(promise: nil)
            case "/redirect": send(context, .movedPermanently, ["location": "/hello", "content-length": "0"], [])
            case "/empty": send(context, .noContent, [:], [])
            case "/missing": send(context, .notFound, ["content-length": "4"], ["gone"])
            case "/broken": send(context, .internalServerError, ["content-length": "0"], [])
            case "/pieces": send(context, .ok, ["transfer-encoding": "chunked"], ["one", "two", "three"])
            case "/aborted":
                send(context, .ok, ["content-length": "1000"], ["only this"], ends: false) { $0.close(promise: nil) }
            case "/stalled": send(context, .ok, ["content-length": "1000"], ["only this"], ends: false)
            // What followed the head of an answer to HEAD would be read as the next answer.
            default: send(context, .ok, ["content-length": "5"], isHead ? [] : ["hello"])
            }
        }

        private func send(
            _ context: ChannelHandlerContext, _ status: HTTPResponseStatus, _ headers: HTTPHeaders, _ pieces: [String],
            ends: Bool = true, then: (ChannelHandlerContext) -> Void = { _ in }
        ) {
            context.write(
                wrapOutboundOut(.head(HTTPResponseHead(version: .http1_1, status: status, headers: headers))),
                promise: nil)
            for piece in pieces {
                context.writeAndFlush(wrapOutboundOut(.body(.byteBuffer(ByteBuffer(string: piece)))), promise: nil)
            }
            if ends { context.write(wrapOutboundOut(.end(nil)), promise: nil) }
            context.flush()
            then(context)
        }
    }
#endif

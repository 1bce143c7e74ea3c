#if NIO
    import NIOCore
    import NIOHTTP1
    import NIOPosix
    import VernierInstrumentation
    import VernierNIO

    /// A small HTTP server: `/hello` and `/fail` answer at once, `/echo` sends back the body, `/stream` sends some pieces, and `/hang` never answers.
    final class Application: ChannelInboundHandler {
        typealias InboundIn = HTTPServerRequestPart
        typealias OutboundOut = HTTPServerResponsePart

        private static let routes: Set = ["/hello", "/fail", "/echo", "/stream", "/hang"]

        private var path = ""
        private var wantsBody = true
        private var body = ByteBuffer()

        static func start(on group: any EventLoopGroup, port: Int) async throws -> any Channel {
            let connections = ConnectionMetrics("application")
            let requests = HTTPServerMetrics()
            return try await ServerBootstrap(group: group)
                .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
                .childChannelInitializer { channel in
                    channel.eventLoop.makeCompletedFuture {
                        let pipeline = channel.pipeline.syncOperations
                        try pipeline.addHandler(ConnectionMetricsHandler(connections))
                        try pipeline.configureHTTPServerPipeline(withErrorHandling: false)
                        try pipeline.addHandler(HTTPMetricsHandler(requests) { path(of: $0) })
                        try pipeline.addHandler(HTTPServerProtocolErrorHandler())
                        try pipeline.addHandler(Application())
                    }
                }
                .bind(host: "127.0.0.1", port: port).get()
        }

        private static func path(of head: HTTPRequestHead) -> String? {
            let path = String(head.uri.prefix { $0 != "?" })
            return routes.contains(path) ? path : nil
        }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            switch unwrapInboundIn(data) {
            case .head(let head):
                path = Self.path(of: head) ?? ""
                wantsBody = head.method != .HEAD
                body.clear()
            case .body(var bytes): if path == "/echo" { body.writeBuffer(&bytes) }
            case .end: answer(context)
            }
        }

        func errorCaught(context: ChannelHandlerContext, error: any Error) {
            // NIO has answered octets that are no request.
            context.close(promise: nil)
        }

        private func answer(_ context: ChannelHandlerContext) {
            switch path {
            case "/hello": send(.ok, [ByteBuffer(string: "hello\n")], context)
            case "/fail": send(.internalServerError, [ByteBuffer(string: "failed\n")], context)
            case "/echo": send(.ok, [body], context)
            case "/stream": send(.ok, (0..<10).map { ByteBuffer(string: "piece \($0)\n") }, context)
            case "/hang": break
            default: send(.notFound, [], context)
            }
        }

        private func send(_ status: HTTPResponseStatus, _ pieces: [ByteBuffer], _ context: ChannelHandlerContext) {
            var headers = HTTPHeaders()
            if pieces.count < 2 { headers.add(name: "content-length", value: "\(pieces.first?.readableBytes ?? 0)") }
            context.write(
                wrapOutboundOut(.head(.init(version: .http1_1, status: status, headers: headers))), promise: nil)
            for piece in pieces where wantsBody {
                context.writeAndFlush(wrapOutboundOut(.body(.byteBuffer(piece))), promise: nil)
            }
            context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
        }
    }
#endif

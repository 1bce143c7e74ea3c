#if NIO
    import NIOCore
    import NIOEmbedded
    import NIOHTTP1
    import NIOPosix
    import NIOSSL
    import Testing
    import Vernier
    import VernierInstrumentation
    import VernierTesting

    @testable import VernierNIO

    /// Answers every request with its method and how much came with it.
    private final class Application: ChannelInboundHandler {
        typealias InboundIn = HTTPServerRequestPart
        typealias OutboundOut = HTTPServerResponsePart

        private var line = ""
        private var count = 0

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            switch unwrapInboundIn(data) {
            case .head(let head): (line, count) = ("\(head.method)", 0)
            case .body(let bytes): count += bytes.readableBytes
            case .end:
                let text = ByteBuffer(string: "\(line) \(count)\n")
                let headers: HTTPHeaders = ["content-length": "\(text.readableBytes)"]
                context.write(
                    wrapOutboundOut(.head(.init(version: .http1_1, status: .ok, headers: headers))), promise: nil)
                context.write(wrapOutboundOut(.body(.byteBuffer(text))), promise: nil)
                context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
            }
        }
    }

    @Suite struct ConnectionMetricsHandlerTests {
        private struct Boom: Error {}

        private func value(_ registry: Registry, _ name: String, _ labels: [String: String] = [:]) -> Double? {
            registry.value(of: "nio_\(name)", labels: labels.merging(["listener": "api"]) { first, _ in first })
        }

        private func bytes(_ registry: Registry, _ direction: String) -> Double? {
            value(registry, "network_io_bytes_total", ["network_io_direction": direction])
        }

        @Test func `a connection, its bytes and its errors are counted`() throws {
            let registry = Registry()
            let metrics = ConnectionMetrics("api", registry: registry)
            let channel = EmbeddedChannel()
            try channel.pipeline.syncOperations.addHandler(ConnectionMetricsHandler(metrics))
            #expect(value(registry, "active_connections") == 0)
            try channel.connect(to: try SocketAddress(ipAddress: "127.0.0.1", port: 1)).wait()
            #expect(value(registry, "active_connections") == 1)
            try channel.writeInbound(ByteBuffer(string: "12345"))
            try channel.writeOutbound(ByteBuffer(string: "123"))
            try channel.writeOutbound(IOData.byteBuffer(ByteBuffer(string: "4567")))
            channel.pipeline.fireErrorCaught(Boom())
            #expect(throws: Boom.self) { try channel.throwIfErrorCaught() }
            _ = try channel.finish()
            #expect(value(registry, "active_connections") == 0)
            #expect(value(registry, "connections_total") == 1)
            #expect(value(registry, "connection_duration_seconds_count") == 1)
            #expect(bytes(registry, "receive") == 5)
            #expect(bytes(registry, "transmit") == 7)
            #expect(value(registry, "connection_errors_total", ["error_type": "Boom"]) == 1)
            #expect(Lint.problems(in: registry).isEmpty)
        }

        @Test func `a handler that comes late or goes early counts once`() throws {
            let registry = Registry()
            let metrics = ConnectionMetrics("api", registry: registry)
            let channel = EmbeddedChannel()
            try channel.connect(to: try SocketAddress(ipAddress: "127.0.0.1", port: 1)).wait()
            let handler = ConnectionMetricsHandler(metrics)
            try channel.pipeline.syncOperations.addHandler(handler)
            #expect(value(registry, "active_connections") == 1)
            try channel.pipeline.syncOperations.removeHandler(handler).wait()
            #expect(value(registry, "active_connections") == 0)
            _ = try channel.finish()
            #expect(value(registry, "connections_total") == 1)
            #expect(value(registry, "connection_duration_seconds_count") == 1)
        }

        @Test(arguments: [false, true])
        func `a real server is metered by both handlers`(overTLS: Bool) async throws {
            let registry = Registry()
            let connections = ConnectionMetrics("api", registry: registry)
            let requests = HTTPServerMetrics(registry: registry)
            let tls = try overTLS ? TestCertificate.tls().context() : nil
            let server = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
                .childChannelInitializer { channel in
                    channel.eventLoop.makeCompletedFuture {
                        let pipeline = channel.pipeline.syncOperations
                        try pipeline.addHandler(ConnectionMetricsHandler(connections))
                        if let tls { try pipeline.addHandler(NIOSSLServerHandler(context: tls)) }
                        try pipeline.configureHTTPServerPipeline()
                        try pipeline.addHandler(HTTPMetricsHandler(requests) { _ in "/" })
                        try pipeline.addHandler(Application())
                    }
                }
                .bind(host: "127.0.0.1", port: 0).get()
            let client = try await TestClient(
                port: server.localAddress?.port ?? 0, tls: overTLS ? TestCertificate.client() : nil)
            let post = "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\n12345"
            let gets = String(repeating: "GET / HTTP/1.1\r\nHost: a\r\n\r\n", count: 20)
            client.send(post)
            try await client.wait("an answer") { $0.text.hasSuffix("POST 5\n") }
            client.send(gets)
            try await client.wait("answers") { $0.text.components("GET 0\n") == 20 }
            client.close()
            try await eventually("end") { value(registry, "active_connections") == 0 }
            let labels = [
                "http_request_method": "GET", "http_route": "/", "http_response_status_code": "200", "error_type": "",
            ]
            #expect(registry.value(of: "http_server_request_duration_seconds_count", labels: labels) == 20)
            #expect(value(registry, "connections_total") == 1)
            let received = try #require(bytes(registry, "receive"))
            let sent = [post, gets].map(\.utf8.count).reduce(0, +)
            #expect(overTLS ? received > Double(sent) : received == Double(sent))
            if !overTLS { #expect(bytes(registry, "transmit") == Double(client.text.utf8.count)) }
            try await server.close()
        }
    }

    extension String {
        /// How often another text stands in this one.
        fileprivate func components(_ part: String) -> Int {
            var count = 0
            var rest = Substring(self)
            while let first = rest.firstRange(of: part) {
                count += 1
                rest = rest[first.upperBound...]
            }
            return count
        }
    }
#endif

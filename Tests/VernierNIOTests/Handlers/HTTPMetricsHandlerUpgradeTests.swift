#if NIO
    import NIOCore
    import NIOEmbedded
    import NIOHTTP1
    import Testing
    import Vernier
    import VernierInstrumentation
    import VernierTesting

    @testable import VernierNIO

    /// A protocol to upgrade to, which says nothing.
    private final class Silence: HTTPServerProtocolUpgrader, Sendable {
        let supportedProtocol = "silence"
        let requiredUpgradeHeaders: [String] = []

        func buildUpgradeResponse(
            channel: any Channel, upgradeRequest: HTTPRequestHead, initialResponseHeaders: HTTPHeaders
        ) -> EventLoopFuture<HTTPHeaders> { channel.eventLoop.makeSucceededFuture(initialResponseHeaders) }

        func upgrade(context: ChannelHandlerContext, upgradeRequest: HTTPRequestHead) -> EventLoopFuture<Void> {
            context.eventLoop.makeSucceededVoidFuture()
        }
    }

    @Suite struct HTTPMetricsHandlerUpgradeTests {
        private let request =
            "GET /chat HTTP/1.1\r\nHost: a\r\nConnection: upgrade\r\nUpgrade: silence\r\n\r\n"

        /// How many requests were counted, by status.
        private func counts(_ registry: Registry) -> [String: Double] {
            var counts: [String: Double] = [:]
            for metric in registry.gather(names: ["http_server_request_duration_seconds"]).flatMap(\.metrics) {
                guard case .histogram(let point) = metric.point else { continue }
                let status = metric.labels.first { $0.name == "http_response_status_code" }?.value ?? ""
                counts[status, default: 0] += Double(point.count)
            }
            return counts
        }

        /// A connection that NIO's own handler has upgraded, with the metering one before or behind it.
        private func upgraded(_ registry: Registry, isBefore: Bool) throws -> EmbeddedChannel {
            let channel = EmbeddedChannel()
            let pipeline = channel.pipeline.syncOperations
            try pipeline.configureHTTPServerPipeline(
                withServerUpgrade: (upgraders: [Silence()], completionHandler: { _ in }))
            let handler = HTTPMetricsHandler(HTTPServerMetrics(registry: registry))
            if isBefore {
                let upgrade = try pipeline.handler(type: HTTPServerUpgradeHandler.self)
                try pipeline.addHandler(handler, position: .before(upgrade))
            } else {
                try pipeline.addHandler(handler)
            }
            try channel.connect(to: try SocketAddress(ipAddress: "127.0.0.1", port: 1)).wait()
            try channel.writeInbound(ByteBuffer(string: request))
            channel.embeddedEventLoop.run()
            var answer = ""
            while let piece = try channel.readOutbound(as: ByteBuffer.self) { answer += String(buffer: piece) }
            #expect(answer.hasPrefix("HTTP/1.1 101 Switching Protocols\r\n"))
            return channel
        }

        @Test(arguments: [true, false])
        func `frames behind an upgrade pass untouched, and before it the request is counted`(isBefore: Bool) throws {
            let registry = Registry()
            let channel = try upgraded(registry, isBefore: isBefore)
            for number in 0..<3 {
                try channel.writeInbound(ByteBuffer(string: "frame \(number)"))
                #expect(try channel.readInbound(as: ByteBuffer.self) == ByteBuffer(string: "frame \(number)"))
                try channel.writeOutbound(ByteBuffer(string: "answer \(number)"))
                #expect(try channel.readOutbound(as: ByteBuffer.self) == ByteBuffer(string: "answer \(number)"))
            }
            _ = try channel.finish()
            #expect(counts(registry) == (isBefore ? ["101": 1] : [:]))
            let active = registry.value(
                of: "http_server_active_requests", labels: ["http_request_method": "GET"])
            #expect(active ?? 0 == 0)
        }

        @Test func `what is no part of HTTP passes untouched`() throws {
            let registry = Registry()
            let channel = EmbeddedChannel()
            let handler = HTTPMetricsHandler(HTTPServerMetrics(registry: registry))
            try channel.pipeline.syncOperations.addHandler(handler)
            try channel.connect(to: try SocketAddress(ipAddress: "127.0.0.1", port: 1)).wait()
            try channel.writeInbound(ByteBuffer(string: "bytes"))
            try channel.writeInbound("text")
            try channel.writeOutbound(IOData.byteBuffer(ByteBuffer(string: "more")))
            #expect(try channel.readInbound(as: ByteBuffer.self) == ByteBuffer(string: "bytes"))
            #expect(try channel.readInbound(as: String.self) == "text")
            #expect(try channel.readOutbound(as: IOData.self) == .byteBuffer(ByteBuffer(string: "more")))
            // It still meters what it knows.
            try channel.writeInbound(HTTPServerRequestPart.head(.init(version: .http1_1, method: .GET, uri: "/")))
            try channel.writeOutbound(HTTPServerResponsePart.head(.init(version: .http1_1, status: .ok)))
            try channel.writeOutbound(HTTPServerResponsePart.end(nil))
            #expect(counts(registry) == ["200": 1])
            _ = try channel.finish()
        }
    }
#endif

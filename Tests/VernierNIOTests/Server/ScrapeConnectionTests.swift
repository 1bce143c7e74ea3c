#if NIO
    import Dispatch
    import Foundation
    import NIOCore
    import NIOEmbedded
    import NIOPosix
    import Synchronization
    import Testing
    import Vernier

    @testable import VernierExporter
    @testable import VernierNIO

    @Suite(.timeLimit(.minutes(5))) struct ScrapeConnectionTests {
        /// Takes each piece after a while, as a reader does that takes little at a time.
        private final class Trickle: ChannelOutboundHandler {
            typealias OutboundIn = ByteBuffer
            typealias OutboundOut = ByteBuffer

            func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
                let piece = unwrapOutboundIn(data)
                context.eventLoop.assumeIsolated().scheduleTask(in: .milliseconds(30)) {
                    context.writeAndFlush(self.wrapOutboundOut(piece), promise: promise)
                }
            }
        }

        /// Answers with a body of many pieces, and notes what became of it.
        private final class Pages: HTTPHandler {
            let ends = Mutex<[Bool]>([])
            let begun = Mutex(0)
            let gate: DispatchSemaphore?
            let refusals = 0
            private let pieces: Int

            init(pieces: Int, gate: DispatchSemaphore? = nil) {
                self.pieces = pieces
                self.gate = gate
            }

            func respond(to request: HTTPRequest) -> HTTPResponse {
                begun.withLock { $0 += 1 }
                gate?.wait()
                let piece = [UInt8](repeating: 120, count: 16_000)
                var response = HTTPResponse(
                    status: .ok,
                    body: .stream { [pieces] write in
                        for _ in 0..<pieces { try piece.withRawSpan { try write($0) } }
                    })
                response.whenSent = { [self] isComplete in ends.withLock { $0.append(isComplete) } }
                return response
            }
        }

        private func core(_ handler: some HTTPHandler, _ change: (inout MetricsServer.Limits) -> Void) -> ScrapeCore {
            var limits = MetricsServer.Limits()
            change(&limits)
            return ScrapeCore(handler: handler, limits: limits, tls: nil)
        }

        @Test func `a reader that takes piece after piece slowly has no more time than any other`() async throws {
            let pages = Pages(pieces: 500)
            let core = core(pages) { $0.responseTime = .milliseconds(300) }
            let server = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
                .childChannelInitializer { channel in
                    channel.eventLoop.makeCompletedFuture {
                        core.connections.add(ObjectIdentifier(channel)) { channel.close(promise: nil) }
                        let end = ConnectionEnd()
                        try channel.pipeline.syncOperations.addHandlers([
                            end, Trickle(), ScrapeConnection(core: core, end: end),
                        ])
                    }
                }
                .bind(host: "127.0.0.1", port: 0).get()
            let client = try await TestClient(port: server.localAddress?.port ?? 0)
            client.get()
            let text = try await client.rest()
            #expect(text.hasPrefix("HTTP/1.1 200 OK\r\n") || text.isEmpty)
            #expect(text.utf8.count < 100 * 16_000)
            try await eventually("end") { pages.ends.withLock { $0 } == [false] }
            #expect(core.connections.servingCount == 0)
            await core.stop(within: .seconds(1))
            try await server.close()
        }

        @Test func `who asks and goes leaves no work behind, however often`() async throws {
            let gate = DispatchSemaphore(value: 0)
            let pages = Pages(pieces: 1, gate: gate)
            let core = core(pages) {
                $0.scrapesAtOnce = 1
                $0.connections = 8
            }
            let port = try await core.listen(host: "127.0.0.1", port: 0, group: MultiThreadedEventLoopGroup.singleton)
            // Both threads wait for the gate.
            let first = [try await TestClient(port: port), try await TestClient(port: port)]
            for client in first { client.get() }
            try await eventually("work") { pages.begun.withLock { $0 } == 2 }
            for _ in 0..<40 {
                let client = try await TestClient(port: port)
                client.get()
                client.close()
            }
            try await Task.sleep(for: .milliseconds(100))
            // One more than the limit is let in, in place of one that is told to end.
            #expect(core.connections.servingCount <= 9)
            for _ in 0..<100 { gate.signal() }
            for client in first { try await client.wait("the page") { $0.text.hasSuffix("\r\n0\r\n\r\n") } }
            try await eventually("rest") { core.connections.servingCount == 0 }
            let after = try await TestClient(port: port)
            after.get()
            try await after.wait("the page") { $0.text.hasSuffix("\r\n0\r\n\r\n") }
            #expect(!pages.ends.withLock { $0 }.isEmpty)
            await core.stop(within: .seconds(1))
        }

        @Test func `who sends without end behind its request is ended`() throws {
            let gate = DispatchSemaphore(value: 0)
            let pages = Pages(pieces: 1, gate: gate)
            let core = core(pages) { _ in }
            let channel = EmbeddedChannel()
            core.connections.add(ObjectIdentifier(channel)) {}
            let end = ConnectionEnd()
            try channel.pipeline.syncOperations.addHandlers([end, ScrapeConnection(core: core, end: end)])
            try channel.connect(to: try SocketAddress(ipAddress: "127.0.0.1", port: 1)).wait()
            try channel.writeInbound(ByteBuffer(string: "GET / HTTP/1.1\r\nHost: a\r\n\r\n"))
            while pages.begun.withLock({ $0 }) == 0 { Thread.sleep(forTimeInterval: 0.002) }
            let piece = ByteBuffer(repeating: 120, count: 65_536)
            for _ in 0..<(MetricsServer.Limits.endingBytes / 65_536) {
                try channel.writeInbound(piece)
                #expect(channel.isActive)
            }
            try channel.writeInbound(piece)
            #expect(!channel.isActive)
            // The thread finds that nobody is there any more.
            gate.signal()
            while pages.ends.withLock({ $0 }) != [false] { Thread.sleep(forTimeInterval: 0.002) }
            core.abandon()
        }

        @Test func `a server is told what became of an answer`() async throws {
            let pages = Pages(pieces: 3)
            let core = core(pages) { _ in }
            let port = try await core.listen(host: "127.0.0.1", port: 0, group: MultiThreadedEventLoopGroup.singleton)
            let client = try await TestClient(port: port)
            client.get("/metrics", "Connection: close\r\n")
            #expect(try await client.rest().hasSuffix("\r\n0\r\n\r\n"))
            #expect(pages.ends.withLock { $0 } == [true])
            await core.stop(within: .seconds(1))
        }
    }
#endif

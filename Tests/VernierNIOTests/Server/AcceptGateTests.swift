#if NIO
    import Dispatch
    import NIOCore
    import NIOEmbedded
    import NIOPosix
    import Synchronization
    import Testing
    import Vernier
    import VernierExporter

    @testable import VernierNIO

    #if canImport(Glibc)
        import Glibc
    #elseif canImport(Musl)
        import Musl
    #else
        import Darwin
    #endif

    @Suite(.timeLimit(.minutes(5))) struct AcceptGateTests {
        /// Counts what the gate lets through to the system.
        private final class Reads: ChannelOutboundHandler {
            typealias OutboundIn = Never
            var count = 0
            func read(context: ChannelHandlerContext) { count += 1 }
        }

        private func listener(_ table: ConnectionTable) throws -> (EmbeddedChannel, Reads) {
            let channel = EmbeddedChannel()
            let reads = Reads()
            try channel.pipeline.syncOperations.addHandler(reads)
            try channel.pipeline.syncOperations.addHandler(AcceptGate(table))
            return (channel, reads)
        }

        @Test func `connections count from when they are accepted until they are closed`() throws {
            let table = ConnectionTable(limit: 1)
            let (listener, reads) = try listener(table)
            let connections = [EmbeddedChannel(), EmbeddedChannel()]
            for connection in connections {
                listener.pipeline.read()
                listener.pipeline.fireChannelRead(connection as any Channel)
            }
            #expect(reads.count == 2)
            #expect(table.count == 2)
            listener.pipeline.read()
            #expect(reads.count == 2, "one over the limit, which was told to end")
            connections[0].embeddedEventLoop.run()
            #expect(table.count == 1)
            listener.embeddedEventLoop.run()
            #expect(reads.count == 3)
            #expect(!connections[0].isActive)
            _ = try connections[1].finish(acceptAlreadyClosed: true)
            #expect(table.count == 0)
        }

        @Test func `without descriptors the listener rests, and the longest waiter goes`() throws {
            let table = ConnectionTable(limit: 4)
            let (listener, reads) = try listener(table)
            let connection = EmbeddedChannel()
            listener.pipeline.fireChannelRead(connection as any Channel)
            for _ in 0..<3 { listener.pipeline.fireErrorCaught(IOError(errnoCode: EMFILE, reason: "accept")) }
            #expect(throws: IOError.self) { try listener.throwIfErrorCaught() }
            listener.pipeline.read()
            #expect(reads.count == 0)
            connection.embeddedEventLoop.run()
            #expect(table.count == 0)
            listener.embeddedEventLoop.advanceTime(by: AcceptGate.backOff)
            listener.pipeline.read()
            #expect(reads.count > 0)
        }

        @Test func `on an event loop that is blocked no more connections are accepted than the limit and one`()
            async throws
        {
            let group = MultiThreadedEventLoopGroup(numberOfThreads: 2)
            var limits = MetricsServer.Limits()
            limits.connections = 4
            let server = try await NIOMetricsServer.start(
                .init(address: .tcp(host: "127.0.0.1", port: 0), limits: limits), group: group, registry: Registry())
            let listening = try #require(server.core.listener.withLock { $0 }).eventLoop
            let gate = DispatchSemaphore(value: 0)
            for loop in group.makeIterator() where loop !== listening { loop.execute { gate.wait() } }
            var clients: [TestClient] = []
            for _ in 0..<40 { clients.append(try await TestClient(port: server.port)) }
            try await Task.sleep(for: .milliseconds(200))
            #expect(server.core.connections.count <= 5)
            gate.signal()
            try await eventually("an answer") {
                clients.contains { client in
                    if client.text.isEmpty { client.get("/health") }
                    return client.text.contains("ok\n")
                }
            }
            for client in clients { client.close() }
            await server.stop()
            try await group.shutdownGracefully()
        }
    }
#endif

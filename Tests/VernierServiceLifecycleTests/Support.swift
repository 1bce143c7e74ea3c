#if ServiceLifecycle
    import Testing
    @testable import VernierExporter

    /// A client with a plain socket.
    struct Scraper {
        private let socket: Socket

        init(_ server: MetricsServer) throws {
            guard case .tcp(let host, let port) = server.address,
                let target = try SocketAddress.resolve(host: host, port: port).first
            else { throw ServerError(.addressNotAvailable, "no address") }
            socket = try Socket.stream(family: target.family)
            try target.connect(socket)
        }

        /// Sends a part of a request.
        func send(_ text: String) {
            Array(text.utf8).withRawSpan { _ = socket.send($0) }
        }

        /// Everything that comes until the connection ends.
        func readToEnd() -> String {
            var all: [UInt8] = []
            var chunk = [UInt8](repeating: 0, count: 65_536)
            while case .moved(let count) = socket.receive(into: &chunk, waiting: true) { all += chunk[..<count] }
            return String(decoding: all, as: UTF8.self)
        }

        /// Sends a request and reads what comes until the end.
        static func get(_ server: MetricsServer, _ path: String = "/metrics", method: String = "GET") throws -> String {
            let scraper = try Scraper(server)
            scraper.send("\(method) \(path) HTTP/1.1\r\nHost: test\r\nConnection: close\r\n\r\n")
            return scraper.readToEnd()
        }
    }

    /// Hands the server of a service to a test.
    struct Started: Sendable {
        private let stream: AsyncStream<MetricsServer>
        private let continuation: AsyncStream<MetricsServer>.Continuation

        init() { (stream, continuation) = AsyncStream.makeStream() }

        func callAsFunction(_ server: MetricsServer) { continuation.yield(server) }

        /// The server, once it accepts connections.
        var server: MetricsServer {
            get async throws {
                for await server in stream { return server }
                throw CancellationError()
            }
        }
    }
#endif

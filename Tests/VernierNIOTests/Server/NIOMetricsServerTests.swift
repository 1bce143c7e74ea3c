#if NIO
    import NIOCore
    import NIOPosix
    import Testing
    import Vernier
    import VernierExporter
    import VernierParsing

    @testable import VernierNIO

    @Suite(.timeLimit(.minutes(5))) struct NIOMetricsServerTests {
        private let close = "Connection: close\r\n"

        private func registry() -> Registry {
            let registry = Registry()
            Counter("orders", help: "Orders.", registry: registry).increment(by: 7)
            return registry
        }

        /// What follows the head; a carriage return and a line feed are one character of a Swift string.
        private func body(of answer: String) throws -> String {
            let lines = answer.split(separator: "\r\n", omittingEmptySubsequences: false)
            let end = try #require(lines.firstIndex(of: ""))
            return lines[(end + 1)...].joined(separator: "\r\n")
        }

        @Test(arguments: [false, true])
        func `a page, a health check and an index are served`(overTLS: Bool) async throws {
            let server = try await NIOMetricsServer.start(
                .init(address: .tcp(host: "localhost", port: 0)), tls: overTLS ? TestCertificate.tls() : nil,
                registry: registry())
            #expect(server.url == "\(overTLS ? "https" : "http")://127.0.0.1:\(server.port)/metrics")
            let context = try overTLS ? TestCertificate.client() : nil
            let client = try await TestClient(port: server.port, tls: context)
            client.get()
            try await client.wait("a page") { $0.text.hasSuffix("0\r\n\r\n") }
            #expect(client.text.hasPrefix("HTTP/1.1 200 OK\r\n"))
            #expect(client.text.contains("\norders_total 7\n"))
            client.get("/health")
            try await client.wait("the health") { $0.text.hasSuffix("\r\n\r\nok\n") }
            client.get("/", close)
            #expect(try await client.rest().contains("<title>Metrics</title>"))
            #expect(client.error == nil)
            await server.stop()
        }

        @Test(
            arguments: [
                "GET /metrics HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
                "GET /metrics HTTP/1.0\r\n\r\n",
                "GET /metrics HTTP/1.1\r\nHost: a\r\nAccept: application/openmetrics-text\r\nConnection: close\r\n\r\n",
                "HEAD /metrics HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
                "GET /nothing HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
                "POST /metrics HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\nConnection: close\r\n\r\nbody",
                "GET /health HTTP/1.1\r\nHost: a\r\n\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\nGET /metrics HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
                "nonsense\r\n\r\n", "GET / HTTP/2.0\r\n\r\n", "BREW / HTTP/1.1\r\n\r\n", "GET / HTTP/1.1\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\n\r\n",
                "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 99999999\r\n\r\n",
                "GET /\(String(repeating: "a", count: 9000)) HTTP/1.1\r\nHost: a\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: a\r\n\(String(repeating: "X: \(String(repeating: "y", count: 200))\r\n", count: 90))\r\n",
            ])
        func `what is answered is what MetricsServer answers, byte for byte`(request: String) async throws {
            let registry = registry()
            let old = try MetricsServer.start(port: 0, registry: registry)
            let new = try await NIOMetricsServer.start(
                .init(address: .tcp(host: "127.0.0.1", port: 0)), registry: registry)
            let secure = try await NIOMetricsServer.start(
                .init(address: .tcp(host: "127.0.0.1", port: 0)), tls: try TestCertificate.tls(), registry: registry)
            var answers: [String] = []
            let clients = [
                try await TestClient(port: old.port ?? 0), try await TestClient(port: new.port),
                try await TestClient(port: secure.port, tls: try TestCertificate.client()),
            ]
            for client in clients {
                client.send(request)
                answers.append(try await client.rest())
            }
            #expect(answers[0].hasPrefix("HTTP/1.1 "))
            #expect(answers[1] == answers[0])
            #expect(answers[2] == answers[0])
            old.stop()
            await new.stop()
            await secure.stop()
        }

        @Test func `credentials are asked for`() async throws {
            let server = try await NIOMetricsServer.start(
                .init(
                    address: .tcp(host: "127.0.0.1", port: 0), metricsPath: "/m", authentication: .bearer(token: "t")),
                registry: registry())
            let client = try await TestClient(port: server.port)
            client.get("/m")
            try await client.wait("a refusal") { $0.text.contains("401") }
            client.get("/m", "Authorization: Bearer t\r\n\(close)")
            #expect(try await client.rest().contains("orders_total 7"))
            await server.stop()
        }

        @Test func `the host's event loops are used and left running`() async throws {
            let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
            let server = try await NIOMetricsServer.start(
                .init(address: .tcp(host: "127.0.0.1", port: 0)), group: group, registry: registry())
            let client = try await TestClient(port: server.port)
            client.get("/health", close)
            #expect(try await client.rest().hasSuffix("ok\n"))
            await server.stop()
            #expect(try await group.next().submit { 7 }.get() == 7)
            try await group.shutdownGracefully()
        }

        @Test func `a large page arrives whole and reads strictly`() async throws {
            let registry = Registry()
            let family = CounterFamily(
                "big", help: "Many.", labels: .of(Label<Int>("n")), limit: 30_000, registry: registry)
            for number in 0..<30_000 { family[number].increment(by: number) }
            let server = try await NIOMetricsServer.start(
                .init(address: .tcp(host: "127.0.0.1", port: 0)), tls: try TestCertificate.tls(), registry: registry)
            let client = try await TestClient(port: server.port, tls: try TestCertificate.client())
            client.send("GET /metrics HTTP/1.0\r\nAccept: application/openmetrics-text;version=1.0.0\r\n\r\n")
            let text = try await client.rest()
            let families = try [MetricFamilySnapshot](parsing: body(of: text), as: .openMetrics)
            #expect(families.first { $0.name == "big" }?.metrics.count == 30_000)
            await server.stop()
        }

        @Test func `stopping ends connections, and may be asked for twice`() async throws {
            let server = try await NIOMetricsServer.start(
                .init(address: .tcp(host: "127.0.0.1", port: 0)), registry: registry())
            let client = try await TestClient(port: server.port)
            client.get("/health")
            try await client.wait("an answer") { $0.text.hasSuffix("ok\n") }
            await server.stop()
            await server.stop()
            _ = try await client.rest()
            let again = try await NIOMetricsServer.start(
                .init(address: .tcp(host: "127.0.0.1", port: server.port)), registry: registry())
            #expect(again.port == server.port)
            await again.stop()
        }

        @Test func `a server that nobody keeps stops`() async throws {
            var server: NIOMetricsServer? = try await NIOMetricsServer.start(
                .init(address: .tcp(host: "127.0.0.1", port: 0)), registry: registry())
            let client = try await TestClient(port: server?.port ?? 0)
            client.get("/health")
            try await client.wait("an answer") { $0.text.hasSuffix("ok\n") }
            server = nil
            _ = try await client.rest()
        }

        @Test func `stopping comes to its end though the host has ended its event loops before`() async throws {
            let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
            let server = try await NIOMetricsServer.start(
                .init(address: .tcp(host: "127.0.0.1", port: 0)), group: group, registry: registry())
            let client = try await TestClient(port: server.port)
            client.get("/health")
            try await client.wait("an answer") { $0.text.hasSuffix("ok\n") }
            try await group.shutdownGracefully()
            await server.stop()
            _ = try await client.rest()
        }

        @Test func `a listener that closes by itself is opened again`() async throws {
            let server = try await NIOMetricsServer.start(
                .init(address: .tcp(host: "127.0.0.1", port: 0)), registry: registry())
            for _ in 0..<2 {
                try await #require(server.core.listener.withLock { $0 }).close().get()
                var client: TestClient?
                let deadline = ContinuousClock.now + .seconds(60)
                while client == nil, .now < deadline {
                    client = try? await TestClient(port: server.port)
                    try await Task.sleep(for: .milliseconds(2))
                }
                client?.get("/health", close)
                #expect(try await client?.rest().hasSuffix("ok\n") == true)
            }
            await server.stop()
            await #expect(throws: (any Error).self) { try await TestClient(port: server.port) }
        }
    }
#endif

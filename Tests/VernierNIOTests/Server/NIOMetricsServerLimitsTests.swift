#if NIO
    import Dispatch
    import NIOCore
    import Synchronization
    import Testing
    import Vernier
    import VernierExporter

    @testable import VernierNIO

    @Suite(.timeLimit(.minutes(5))) struct NIOMetricsServerLimitsTests {
        private func start(
            tls: Bool = false, registry: Registry = Registry(), _ change: (inout MetricsServer.Limits) -> Void
        ) async throws -> NIOMetricsServer {
            var limits = MetricsServer.Limits()
            change(&limits)
            return try await NIOMetricsServer.start(
                .init(address: .tcp(host: "127.0.0.1", port: 0), limits: limits),
                tls: tls ? TestCertificate.tls() : nil, registry: registry)
        }

        /// A page of some megabytes, which no socket buffer holds.
        private func largePage() -> Registry {
            let registry = Registry()
            let family = CounterFamily(
                "big", help: "Many.", labels: .of(Label<String>("text")), limit: 25_000, registry: registry)
            for number in 0..<25_000 { family["\(number)\(String(repeating: "x", count: 200))"].increment() }
            return registry
        }

        @Test(arguments: [false, true])
        func `a request that does not arrive in time is told so`(overTLS: Bool) async throws {
            let server = try await start(tls: overTLS) { $0.requestTime = .milliseconds(500) }
            let context = try overTLS ? TestCertificate.client() : nil
            var answer = ""
            // A machine that stands still for a second ends the connection before its first octet.
            for _ in 0..<10 where answer.isEmpty {
                let client = try await TestClient(port: server.port, tls: context)
                client.send("GET /metrics HTT")
                answer = try await client.rest()
            }
            #expect(answer.hasPrefix("HTTP/1.1 408 Request Timeout\r\n"))
            await server.stop()
        }

        @Test(arguments: [false, true])
        func `a connection that says nothing is ended without a word`(overTLS: Bool) async throws {
            let server = try await start(tls: overTLS) { $0.requestTime = .milliseconds(50) }
            // Over TLS it does not even begin its handshake.
            let client = try await TestClient(port: server.port)
            #expect(try await client.rest().isEmpty)
            await server.stop()
        }

        @Test func `an idle connection is ended`() async throws {
            let server = try await start { $0.idleTime = .milliseconds(50) }
            let client = try await TestClient(port: server.port)
            client.get("/health")
            #expect(try await client.rest().hasSuffix("ok\n"))
            await server.stop()
        }

        @Test(arguments: [false, true])
        func `the connection that waits longest makes room`(overTLS: Bool) async throws {
            let server = try await start(tls: overTLS) { $0.connections = 2 }
            let context = try overTLS ? TestCertificate.client() : nil
            let first = try await TestClient(port: server.port, tls: context)
            first.get("/health")
            try await first.wait("an answer") { $0.text.hasSuffix("ok\n") }
            let second = try await TestClient(port: server.port, tls: context)
            second.get("/health")
            try await second.wait("an answer") { $0.text.hasSuffix("ok\n") }
            first.get("/nothing")
            try await first.wait("another answer") { $0.text.contains("404") }
            let third = try await TestClient(port: server.port, tls: context)
            third.get("/health")
            try await third.wait("an answer") { $0.text.hasSuffix("ok\n") }
            _ = try await second.rest()
            #expect(!first.isEnded)
            await server.stop()
        }

        @Test func `a collector that blocks holds up no event loop, and further scrapes are refused`() async throws {
            let registry = Registry()
            let gate = DispatchSemaphore(value: 0)
            let entered = Mutex(0)
            GaugeFunction("stuck", help: "Waits.", registry: registry) {
                entered.withLock { $0 += 1 }
                gate.wait()
                return 1
            }
            let server = try await start(registry: registry) { $0.scrapesAtOnce = 1 }
            let scraper = try await TestClient(port: server.port)
            scraper.get()
            try await eventually("scrape") { entered.withLock { $0 } == 1 }
            let other = try await TestClient(port: server.port)
            other.get("/health")
            try await other.wait("the health") { $0.text.hasSuffix("ok\n") }
            other.get()
            try await other.wait("a refusal") { $0.text.contains("503 Service Unavailable") }
            gate.signal()
            try await scraper.wait("the page") { $0.text.contains("\nstuck 1\n") }
            await server.stop()
        }

        @Test func `a server stops though a collector never returns`() async throws {
            let registry = Registry()
            let gate = DispatchSemaphore(value: 0)
            let entered = Mutex(false)
            GaugeFunction("stuck", help: "Waits.", registry: registry) {
                entered.withLock { $0 = true }
                gate.wait()
                return 1
            }
            let server = try await start(registry: registry) { _ in }
            let scraper = try await TestClient(port: server.port)
            scraper.get()
            try await eventually("scrape") { entered.withLock { $0 } }
            await server.stop()
            #expect(try await scraper.rest().isEmpty)
            gate.signal()
        }

        @Test(arguments: [false, true])
        func `a reader that takes nothing is cut, and others are served meanwhile`(overTLS: Bool) async throws {
            let server = try await start(tls: overTLS, registry: largePage()) {
                $0.responseTime = .milliseconds(500)
                $0.scrapesAtOnce = 2
            }
            let context = try overTLS ? TestCertificate.client() : nil
            let slow = try await TestClient(port: server.port, tls: context, reads: overTLS)
            if overTLS {
                // The handshake needs reading.
                slow.get("/health")
                try await slow.wait("the health") { $0.text.hasSuffix("ok\n") }
                try await slow.channel.setOption(.autoRead, value: false).get()
            }
            slow.get()
            var isServed = false
            // A machine that stands still makes any reader a slow one.
            for _ in 0..<10 where !isServed {
                let fast = try await TestClient(port: server.port, tls: context)
                fast.get("/metrics", "Connection: close\r\n")
                isServed = try await fast.rest().hasSuffix("\r\n0\r\n\r\n")
            }
            #expect(isServed)
            try await eventually("cut") { server.core.connections.servingCount == 0 }
            try await slow.channel.setOption(.autoRead, value: true).get()
            slow.channel.read()
            #expect(try await !slow.rest().hasSuffix("\r\n0\r\n\r\n"))
            await server.stop()
        }

        @Test(arguments: [false, true])
        func `who vanishes in the middle of a page gives its place back`(overTLS: Bool) async throws {
            let server = try await start(tls: overTLS, registry: largePage()) { $0.scrapesAtOnce = 1 }
            let context = try overTLS ? TestCertificate.client() : nil
            for _ in 0..<3 {
                let client = try await TestClient(port: server.port, tls: context)
                client.get()
                try await client.wait("a part") { $0.text.contains("big_total") || $0.text.contains("503") }
                client.close()
            }
            var isServed = false
            let deadline = ContinuousClock.now + .seconds(60)
            while !isServed, .now < deadline {
                let client = try await TestClient(port: server.port, tls: context)
                client.get("/metrics", "Connection: close\r\n")
                let answer = try await client.rest()
                isServed = answer.hasSuffix("\r\n0\r\n\r\n")
                #expect(isServed || answer.contains("503"))
            }
            #expect(isServed)
            await server.stop()
        }

        @Test(arguments: [false, true])
        func `who sends no more still gets its answer`(overTLS: Bool) async throws {
            let server = try await start(tls: overTLS, registry: largePage()) { _ in }
            let client = try await TestClient(port: server.port, tls: overTLS ? TestCertificate.client() : nil)
            client.get()
            try await client.wait("a part") { $0.text.contains("big_total") }
            try? await client.channel.close(mode: .output).get()
            #expect(try await client.rest().hasSuffix("\r\n0\r\n\r\n"))
            await server.stop()
        }
    }
#endif

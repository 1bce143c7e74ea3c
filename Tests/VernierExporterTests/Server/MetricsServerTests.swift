import Synchronization
import Testing
import Vernier

@testable import VernierExporter

extension ServerSuite {
    @Suite struct MetricsServerTests {
        @Test func `a page is served at a free port of the loopback interface`() throws {
            let server = try Servers.start()
            let port = try #require(server.port)
            #expect(port > 0)
            #expect(server.address == .tcp(host: "127.0.0.1", port: port))
            #expect(server.url == "http://127.0.0.1:\(port)/metrics")
            let response = try TestClient(server).get()
            #expect(response.status == 200)
            #expect(response.body == "up 1\n")
            #expect(response.headers["Content-Type"] == ExpositionFormat.text.contentType)
        }

        @Test func `a registry is served`() throws {
            let server = try MetricsServer.start(port: 0, registry: Registry())
            #expect(try TestClient(server).get().status == 200)
            #expect(try TestClient(server).get("/health").body == "ok\n")
            server.stop()
        }

        @Test func `a large page arrives whole, in chunks and to an old client`() throws {
            let server = try Servers.start(page: Pages.large(pieces: 100, bytes: 50_000))
            let expected = String(repeating: String(decoding: Pages.letters(50_000), as: UTF8.self), count: 100)
            let client = try TestClient(server)
            for _ in 0..<2 { #expect(try client.get().body == expected) }
            let old = try TestClient(server)
            old.send("GET /metrics HTTP/1.0\r\n\r\n")
            let response = try old.readResponse()
            #expect(response.headers["Connection"] == "close")
            #expect(response.body == expected)
        }

        @Test func `a connection serves request after request`() throws {
            let server = try Servers.start()
            let client = try TestClient(server)
            for round in 0..<20 {
                #expect(try client.get().body == "up 1\n")
                // Sometimes the worker has gone to other work by the time of the next request.
                if round % 5 == 0 { _ = eventually(within: .milliseconds(20)) { false } }
            }
            #expect(try client.get("/health", "Connection: close\r\n").headers["Connection"] == "close")
            #expect(client.isEnded())
        }

        @Test func `pipelined requests are answered in order`() throws {
            let server = try Servers.start(page: Pages.echo)
            let client = try TestClient(server)
            let requests = (0..<50).map { "GET /metrics?name[]=n\($0) HTTP/1.1\r\nHost: a\r\n\r\n" }
            client.send(requests.joined())
            for index in 0..<50 { #expect(try client.readResponse().body == "text n\(index) none\n") }
        }

        @Test func `HEAD is answered without a body`() throws {
            let server = try Servers.start()
            let client = try TestClient(server)
            client.send("HEAD /health HTTP/1.1\r\nHost: a\r\n\r\n")
            let response = try client.readResponse(head: true)
            #expect(response.headers["Content-Length"] == "3")
            #expect(try client.get("/health").body == "ok\n")
        }

        @Test func `a client that has finished sending still gets its answer`() throws {
            let server = try Servers.start()
            let client = try TestClient(server)
            client.sendGet()
            client.finishSending()
            #expect(try client.readResponse().body == "up 1\n")
            #expect(client.isEnded())
        }

        @Test func `a bad request is told so and the connection ends`() throws {
            let server = try Servers.start()
            let first = try TestClient(server)
            first.send("GET / HTTP/9.9\r\n\r\nmore that nobody reads")
            #expect(try first.readResponse().status == 505)
            #expect(first.isEnded())
            // The same after a good one, when a worker reads it and when the loop does.
            for pause in [Duration.zero, .milliseconds(20)] {
                let client = try TestClient(server)
                #expect(try client.get().status == 200)
                _ = eventually(within: pause) { false }
                client.send("nonsense\r\n")
                #expect(try client.readResponse().status == 400)
                #expect(client.isEnded())
            }
            let pipelined = try TestClient(server)
            pipelined.send("GET /health HTTP/1.1\r\nHost: a\r\n\r\nnonsense\r\n")
            #expect(try pipelined.readResponse().status == 200)
            #expect(try pipelined.readResponse().status == 400)
        }

        @Test func `a refused client that sends on for ever is cut`() throws {
            let server = try Servers.start()
            let client = try TestClient(server)
            client.send("nonsense\r\n")
            #expect(try client.readResponse().status == 400)
            let junk = String(repeating: "x", count: 65_536)
            #expect(eventually { !client.send(junk) })
        }

        @Test func `a body that fails is told before the first octet and cut after it`() throws {
            struct Broken: Error {}
            let early = try Servers.start(page: { _, _, _, _ in throw Broken() })
            #expect(try TestClient(early).get().status == 500)
            let late = try Servers.start(page: { _, _, _, write in
                try Pages.letters(200_000).withRawSpan(write)
                throw Broken()
            })
            #expect(throws: TestClient.Failure.self) { try TestClient(late).get() }
        }

        @Test func `credentials of the configuration are asked for`() throws {
            let server = try MetricsServer.start(
                .init(
                    address: .tcp(host: "localhost", port: 0), metricsPath: "/m", authentication: .bearer(token: "t")),
                registry: Registry())
            #expect(server.url.hasSuffix("/m"))
            #expect(try TestClient(server).get("/m").status == 401)
            #expect(try TestClient(server).get("/m", "Authorization: Bearer t\r\n").status == 200)
            #expect(try TestClient(server).get("/health").status == 200)
        }

        @Test func `IPv6 and every interface can be served`() throws {
            for host in ["::1", "[::1]", "::", "0.0.0.0"] {
                let server = try Servers.start(address: .tcp(host: host, port: 0))
                let port = try #require(server.port)
                #expect(server.url.hasPrefix(host.contains(":") ? "http://[::" : "http://0.0.0.0:"))
                let target = host.contains("1") ? "::1" : "127.0.0.1"
                #expect(try TestClient(.tcp(host: target, port: port)).get().status == 200)
            }
        }

        @Test func `a page is served while every thread of the cooperative pool is blocked`() throws {
            let server = try Servers.start()
            let blocked = Semaphore()
            let entered = Counter()
            let tasks = 64
            for _ in 0..<tasks {
                Task.detached {
                    entered.increment()
                    blocked.wait()
                }
            }
            defer { for _ in 0..<tasks { blocked.signal() } }
            // As many enter as the pool has threads to spare; when no more do, it is full.
            var before = -1
            while entered.value != before {
                before = entered.value
                _ = eventually(within: .milliseconds(100)) { false }
            }
            #expect(before < tasks)
            // The best of a few: other programs share the machine.
            let times = try (0..<3).map { _ in
                try elapsed { () throws in #expect(try TestClient(server).get().body == "up 1\n") }
            }
            #expect(times.contains { $0 < .milliseconds(100) })
        }

        @Test func `a handler with other routes can be served`() throws {
            struct Teapot: HTTPHandler {
                var refusals: Int { 0 }
                func respond(to request: HTTPRequest) -> HTTPResponse {
                    .text(HTTPStatus(code: 418, reason: "I'm a teapot"), request.path)
                }
            }
            let server = try MetricsServer.start(.init(address: .tcp(host: "127.0.0.1", port: 0)), handler: Teapot())
            let response = try TestClient(server).get("/tea")
            #expect(response.status == 418)
            #expect(response.body == "/tea")
        }
    }
}

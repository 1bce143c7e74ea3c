import Testing

@testable import VernierExporter

extension ServerSuite {
    @Suite struct MetricsServerLimitsTests {
        @Test func `a long request line gets 414`() throws {
            let server = try Servers.start(limits: { $0.requestLineBytes = 64 })
            let client = try TestClient(server)
            client.send("GET /" + String(repeating: "a", count: 100))
            #expect(try client.readResponse().status == 414)
        }

        @Test func `too many or too long fields get 431`() throws {
            let server = try Servers.start(limits: {
                $0.headerBytes = 200
                $0.headerCount = 3
            })
            #expect(try TestClient(server).get("/", "X: \(String(repeating: "a", count: 200))\r\n").status == 431)
            #expect(try TestClient(server).get("/", "a: b\r\nc: d\r\ne: f\r\n").status == 431)
            #expect(try TestClient(server).get("/", "a: b\r\nc: d\r\n").status == 200)
        }

        @Test func `the default limits bite`() throws {
            let server = try Servers.start()
            #expect(try TestClient(server).get("/" + String(repeating: "a", count: 9000)).status == 414)
            #expect(try TestClient(server).get("/", "X: \(String(repeating: "a", count: 17_000))\r\n").status == 431)
            #expect(try TestClient(server).get("/", String(repeating: "a: b\r\n", count: 64)).status == 431)
            let post = "Content-Length: 16385\r\n"
            #expect(try TestClient(server).get("/", post).status == 413)
        }

        @Test func `a slow request gets 408 and a silent connection ends`() throws {
            let server = try Servers.start(limits: { $0.requestTime = .milliseconds(100) })
            let silent = try TestClient(server)
            let slow = try TestClient(server)
            slow.send("GET / HT")
            _ = eventually(within: .milliseconds(60)) { false }
            // One more octet does not start the time anew.
            slow.send("T")
            let time = try elapsed { () throws in
                #expect(try slow.readResponse().status == 408)
                #expect(slow.isEnded())
            }
            #expect(time < .milliseconds(500))
            #expect(silent.isEnded())
        }

        @Test func `an idle connection ends, a used one does not`() throws {
            let server = try Servers.start(limits: { $0.idleTime = .milliseconds(150) })
            let client = try TestClient(server)
            for _ in 0..<3 {
                #expect(try client.get().status == 200)
                _ = eventually(within: .milliseconds(80)) { false }
            }
            // The rest of a request has the time of a request, not what is left of the idle time.
            client.send("GET /health ")
            _ = eventually(within: .milliseconds(200)) { false }
            client.send("HTTP/1.1\r\nHost: a\r\n\r\n")
            #expect(try client.readResponse().status == 200)
            let time = try elapsed { #expect(client.isEnded()) }
            #expect(time > .milliseconds(50) && time < .seconds(1))
        }

        @Test func `a reader that takes nothing is cut when its time is over`() throws {
            let server = try Servers.start(
                limits: { $0.responseTime = .milliseconds(200) }, page: Pages.large(pieces: 1000, bytes: 60_000))
            let before = ContinuousClock.now
            let reader = try TestClient(server, receiveBufferBytes: 4096)
            reader.sendGet()
            _ = eventually(within: .milliseconds(600)) { false }
            #expect(throws: TestClient.Failure.self) { try reader.readResponse() }
            #expect(ContinuousClock.now - before < .seconds(3))
        }

        @Test func `a reader that takes nothing is cut early when others are turned away`() throws {
            let server = try Servers.start(
                limits: { $0.scrapesAtOnce = 1 }, page: Pages.large(pieces: 1000, bytes: 60_000))
            let reader = try TestClient(server, receiveBufferBytes: 4096)
            reader.sendGet()
            #expect(try reader.socket.receivesSomething())
            let start = ContinuousClock.now
            #expect(try TestClient(server).get().status == 503)
            #expect(
                eventually {
                    guard let other = try? TestClient(server) else { return false }
                    other.sendGet()
                    return (try? other.readResponse())?.status == 200
                })
            #expect(ContinuousClock.now - start < .seconds(3))
        }

        @Test func `scrapes at once are bounded while health still answers`() throws {
            let held = HeldPage()
            let server = try Servers.start(limits: { $0.scrapesAtOnce = 2 }, page: held.page)
            let scrapers = try (0..<2).map { _ in try TestClient(server) }
            for scraper in scrapers {
                scraper.sendGet()
                #expect(held.waitForScrape())
            }
            let refused = try TestClient(server).get()
            #expect(refused.status == 503)
            #expect(refused.headers["Retry-After"] == "1")
            #expect(try TestClient(server).get("/health").status == 200)
            for _ in 0..<2 { held.release() }
            for scraper in scrapers { #expect(try scraper.readResponse().body == "start\nend\n") }
            // Who has read a whole page finds a place at once.
            held.release()
            #expect(try TestClient(server).get().status == 200)
        }

        @Test func `the connection that waits longest makes room for a new one`() throws {
            let server = try Servers.start(limits: { $0.connections = 3 })
            let oldest = try TestClient(server)
            oldest.send("GET")
            let used = try TestClient(server)
            let young = try TestClient(server)
            _ = eventually(within: .milliseconds(20)) { false }
            #expect(try used.get().status == 200)
            let new = try TestClient(server)
            #expect(try new.get().status == 200)
            #expect(oldest.isEnded())
            // Their last requests came later than the oldest connection.
            #expect(try used.get().status == 200)
            #expect(try young.get().status == 200)
        }

        @Test func `a connection waits when all others are being answered`() throws {
            let held = HeldPage()
            let server = try Servers.start(limits: { $0.connections = 1 }, page: held.page)
            let scraper = try TestClient(server)
            scraper.sendGet()
            #expect(held.waitForScrape())
            let waiting = try TestClient(server)
            waiting.sendGet("/health")
            _ = eventually(within: .milliseconds(50)) { false }
            held.release()
            #expect(try scraper.readResponse().status == 200)
            #expect(try waiting.readResponse().status == 200)
        }
    }
}

extension Socket {
    /// Whether octets come before the client's patience ends.
    fileprivate func receivesSomething() throws -> Bool {
        var octet: [UInt8] = [0]
        return receive(into: &octet, waiting: true) == .moved(1)
    }
}

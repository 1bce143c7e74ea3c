#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif
import Testing
import Vernier

@testable import VernierExporter

extension ServerSuite {
    @Suite struct MetricsServerLoadTests {
        @Test func `a thousand slow clients do not stop a scrape, and leave nothing behind`() throws {
            raiseDescriptorLimit(to: 4096)
            let before = openDescriptors()
            do {
                let server = try Servers.start(page: Pages.large(pieces: 4, bytes: 50_000))
                let request = Array("GET /metrics HTTP/1.1\r\n")
                var clients: [TestClient] = []
                for round in 0..<3 {
                    // Those that were closed to make room come back, as an attacker would.
                    clients.removeAll { !$0.send(String(request[round])) }
                    while clients.count < 1000 {
                        let client = try TestClient(server)
                        client.send(String(request[0]))
                        clients.append(client)
                    }
                    for _ in 0..<5 {
                        let time = try elapsed { () throws in
                            #expect(try TestClient(server).get().body.utf8.count == 200_000)
                        }
                        #expect(time < .milliseconds(500))
                    }
                    _ = eventually(within: .milliseconds(300)) { false }
                }
                // The server holds its limit of them at most.
                #expect(openDescriptors() - before <= 1000 + 256 + 8)
                clients = []
                #expect(eventually { openDescriptors() - before <= 8 })
                server.stop()
            }
            #expect(openDescriptors() == before)
        }

        @Test func `clients that hang up in the middle of a response leave nothing behind`() throws {
            let server = try Servers.start(page: Pages.large(pieces: 100, bytes: 60_000))
            #expect(try TestClient(server).get("/health").status == 200)
            _ = eventually(within: .milliseconds(50)) { false }
            let before = openDescriptors()
            for round in 0..<40 {
                let client = try TestClient(server, receiveBufferBytes: 4096)
                client.sendGet()
                if round % 2 == 0 { client.resetOnClose() }
                if round % 3 == 0 { _ = eventually(within: .milliseconds(5)) { false } }
            }
            #expect(eventually { openDescriptors() <= before })
            #expect(
                eventually { (try? TestClient(server).get().status) == 200 })
        }

        @Test func `many clients at once are all answered`() throws {
            let server = try Servers.start(
                limits: { $0.scrapesAtOnce = 8 }, page: Pages.large(pieces: 3, bytes: 40_000))
            let address = server.address
            let answered = Counter()
            let threads = try (0..<8).map { _ in
                try Thread(name: "client") {
                    guard let client = try? TestClient(address) else { return }
                    for _ in 0..<100 {
                        guard let response = try? client.get(), response.body.utf8.count == 120_000 else { return }
                        answered.increment()
                    }
                }
            }
            for thread in threads { thread.join(until: .now + .seconds(10)) }
            #expect(answered.value == 800)
        }

        @Test func `a server without descriptors still answers a scrape and does not spin`() async {
            await #expect(processExitsWith: .success) {
                let server = try Servers.start()
                let clients = try (0..<3).map { _ in try TestClient(server) }
                _ = eventually(within: .milliseconds(50)) { false }
                // Room for the client's end of a connection and not for the server's.
                leaveDescriptors(1)
                let client = try TestClient(server)
                guard try client.get().body == "up 1\n" else { throw TestClient.Failure(reason: "reserve") }
                // It cost nobody a place.
                for client in clients {
                    guard try client.get().body == "up 1\n" else { throw TestClient.Failure(reason: "evicted") }
                }
                limitDescriptors(to: 1000)
            }
            await #expect(processExitsWith: .success) {
                let held = HeldPage()
                let server = try Servers.start(page: held.page)
                let scraper = try TestClient(server)
                scraper.sendGet()
                guard held.waitForScrape() else { throw TestClient.Failure(reason: "scrape") }
                // A thread that starts has a file open while it takes its name.
                _ = eventually(within: .milliseconds(50)) { false }
                var spare: Socket? = try Socket.stream(family: AF_UNIX)
                guard spare != nil else { return }
                leaveDescriptors(1)
                // The first is accepted with the reserve; the second finds nothing, and its turn comes with the first's end.
                let first = try TestClient(server)
                _ = eventually(within: .milliseconds(50)) { false }
                spare = nil
                let second = try TestClient(server)
                guard try second.get("/health").status == 200, first.isEnded() else {
                    throw TestClient.Failure(reason: "eviction")
                }
                held.release()
                _ = try scraper.readResponse()
                limitDescriptors(to: 1000)
            }
            await #expect(processExitsWith: .success) {
                let held = HeldPage()
                let server = try Servers.start(page: held.page)
                let scraper = try TestClient(server)
                scraper.sendGet()
                guard held.waitForScrape() else { throw TestClient.Failure(reason: "scrape") }
                _ = eventually(within: .milliseconds(50)) { false }
                var spare: Socket? = try Socket.stream(family: AF_UNIX)
                guard spare != nil else { return }
                leaveDescriptors(1)
                let first = try TestClient(server)
                first.sendGet()
                guard held.waitForScrape() else { throw TestClient.Failure(reason: "reserve") }
                spare = nil
                let second = try TestClient(server)
                second.sendGet("/health")
                // Both connections are being answered, so that there is none to end: the third waits, and costs no time.
                let before = clock()
                _ = eventually(within: .milliseconds(400)) { false }
                let used = clock() - before
                guard used < CLOCKS_PER_SEC / 5 else { throw TestClient.Failure(reason: "\(used)") }
                for _ in 0..<2 { held.release() }
                guard try second.readResponse().status == 200 else { throw TestClient.Failure(reason: "back-off") }
                for client in [scraper, first] { _ = try client.readResponse() }
                limitDescriptors(to: 1000)
            }
        }
    }
}

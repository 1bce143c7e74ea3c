import Synchronization
import Testing
import Vernier

@testable import VernierExporter

extension ServerSuite {
    @Suite struct MetricsServerStopTests {
        @Test func `stopping ends every connection within a second and leaves no descriptor`() throws {
            raiseDescriptorLimit(to: 4096)
            let before = openDescriptors()
            let server = try Servers.start(page: Pages.large(pieces: 10_000, bytes: 60_000))
            do {
                let idle = try TestClient(server)
                #expect(try idle.get("/health").status == 200)
                let slow = try (0..<50).map { _ in
                    let client = try TestClient(server)
                    client.send("GET /")
                    return client
                }
                let reader = try TestClient(server, receiveBufferBytes: 4096)
                reader.sendGet()
                let readers = try (0..<3).map { _ in
                    let client = try TestClient(server)
                    client.sendGet()
                    return client
                }
                _ = eventually(within: .milliseconds(50)) { false }
                let time = try elapsed { server.stop() }
                #expect(time < .seconds(1))
                server.stop()
                #expect(idle.isEnded())
                #expect(slow.allSatisfy { $0.isEnded() })
                for client in readers + [reader] {
                    #expect(throws: TestClient.Failure.self) { try client.readResponse() }
                }
                #expect(throws: SystemError.self) { try TestClient(server) }
            }
            #expect(eventually { openDescriptors() <= before })
        }

        @Test func `stopping does not wait for a collector that hangs`() throws {
            let held = HeldPage()
            let before = openDescriptors()
            do {
                let server = try Servers.start(page: held.page)
                let client = try TestClient(server)
                client.sendGet()
                #expect(held.waitForScrape())
                let waiting = try TestClient(server)
                waiting.send("GET")
                let time = try elapsed { server.stop() }
                #expect(time < .seconds(1))
                held.release()
                #expect(throws: TestClient.Failure.self) { try client.readResponse() }
            }
            #expect(eventually { openDescriptors() <= before })
        }

        @Test func `requests that wait for a worker end with the server`() throws {
            let held = HeldPage()
            let server = try Servers.start(limits: { $0.scrapesAtOnce = 1 }, page: held.page)
            let scraper = try TestClient(server)
            scraper.sendGet()
            #expect(held.waitForScrape())
            let handler = try TestClient(server)
            handler.sendGet("/health")
            #expect(try handler.readResponse().status == 200)
            server.stop()
            held.release()
            #expect(handler.isEnded())
        }

        @Test func `the last reference stops the server`() throws {
            let before = openDescriptors()
            var server: MetricsServer? = try Servers.start()
            let address = try #require(server?.address)
            server = nil
            #expect(throws: SystemError.self) { try TestClient(address) }
            #expect(eventually { openDescriptors() <= before })
        }

        @Test func `a collector may stop the server that asks it`() throws {
            let holder = Mutex<MetricsServer?>(nil)
            let server = try Servers.start(page: { _, _, _, write in
                let server = holder.withLock { $0.take() }
                server?.stop()
                try Pages.letters(100).withRawSpan(write)
            })
            holder.withLock { $0 = server }
            let client = try TestClient(server)
            client.sendGet()
            #expect(throws: TestClient.Failure.self) { try client.readResponse() }
            #expect(throws: SystemError.self) { try TestClient(server) }
        }

        @Test func `a port is free again at once`() throws {
            let first = try Servers.start()
            let address = first.address
            let client = try TestClient(first)
            #expect(try client.get().status == 200)
            first.stop()
            let second = try Servers.start(address: address)
            #expect(try TestClient(second).get().status == 200)
        }
    }
}

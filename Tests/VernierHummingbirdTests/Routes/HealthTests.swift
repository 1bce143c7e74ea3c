#if Hummingbird
    import HTTPTypes
    import Hummingbird
    import HummingbirdTesting
    import Synchronization
    import Testing
    import Vernier
    import VernierHummingbird

    private struct Broken: Error {}

    @Suite struct HealthTests {
        @Test func `a program without checks is healthy`() async throws {
            try await withServer { router, _ in
                router.addHealth()
            } _: { client, _ in
                let response = try await client.execute(uri: "/health", method: .get)
                #expect(response.status == .ok)
                #expect(response.headers[.contentType] == "application/json; charset=utf-8")
                #expect(response.headers[.cacheControl] == "no-store")
                #expect(String(buffer: response.body) == "{\"status\":\"ok\"}\n")
            }
        }

        @Test func `a check that throws makes it fail, and the others show`() async throws {
            try await withServer { router, _ in
                router.addHealth(
                    checks: [
                        HealthCheck("database") { throw Broken() }, HealthCheck("\"disk\"") {}, HealthCheck("cache") {},
                    ])
            } _: { client, _ in
                let response = try await client.execute(uri: "/health", method: .get)
                #expect(response.status == .serviceUnavailable)
                #expect(
                    String(buffer: response.body)
                        == #"{"status":"failing","checks":{"\"disk\"":"ok","cache":"ok","database":"failing"}}"# + "\n")
            }
        }

        @Test func `a check that takes too long fails`() async throws {
            try await withServer { router, _ in
                router.addHealth(
                    "ready",
                    checks: [
                        HealthCheck("slow", timeout: .milliseconds(10)) { try await Task.sleep(for: .seconds(600)) }
                    ])
            } _: { client, _ in
                #expect(try await client.execute(uri: "/ready", method: .get).status == .serviceUnavailable)
                let head = try await client.execute(uri: "/ready", method: .head)
                #expect(head.status == .serviceUnavailable)
                #expect(head.body.readableBytes == 0)
            }
        }

        @Test func `a check that does not end fails for all who ask, and runs once`() async throws {
            let runs = Runs()
            let check = HealthCheck("hung", timeout: .milliseconds(20)) {
                // As a ping that knows nothing of cancellation.
                await withCheckedContinuation { runs.begin($0) }
            }
            try await withServer { router, _ in
                router.addHealth(checks: [check])
            } _: { client, _ in
                for _ in 0..<3 {
                    let status = try await client.execute(uri: "/health", method: .get).status
                    #expect(status == .serviceUnavailable)
                }
                #expect(runs.count == 1)
                runs.end()
                let isServed = try await eventually {
                    try await client.execute(uri: "/health", method: .get).status == .ok
                }
                #expect(isServed)
            }
        }

        @Test func `who asks while a check runs gets its result`() async throws {
            let runs = Runs()
            let check = HealthCheck("slow", timeout: .seconds(60)) { await withCheckedContinuation { runs.begin($0) } }
            try await withServer { router, _ in
                router.addHealth(checks: [check])
            } _: { client, _ in
                async let first = client.execute(uri: "/health", method: .get).status
                #expect(await eventually { runs.count == 1 })
                let raw = try RawClient(port: try #require(client.port))
                try raw.send("GET /health HTTP/1.1\r\nHost: a\r\n\r\n")
                try await Task.sleep(for: .milliseconds(50))
                runs.end()
                #expect(try await first == .ok)
                #expect(await raw.read(until: "}").contains("200 OK"))
                #expect(runs.count == 1)
            }
        }

        @Test func `of two checks with one name both have to pass`() async throws {
            try await withServer { router, _ in
                router.addHealth(checks: [
                    HealthCheck("a") {}, HealthCheck("a") { throw Broken() }, HealthCheck("a") {},
                ])
            } _: { client, _ in
                let response = try await client.execute(uri: "/health", method: .get)
                #expect(String(buffer: response.body) == #"{"status":"failing","checks":{"a":"failing"}}"# + "\n")
            }
        }
    }

    /// Runs of a check, which end when they are told to; later ones end at once.
    private final class Runs: Sendable {
        private let state = Mutex<(count: Int, open: [CheckedContinuation<Void, Never>], isOver: Bool)>((0, [], false))

        var count: Int { state.withLock { $0.count } }

        func begin(_ run: CheckedContinuation<Void, Never>) {
            let isOver = state.withLock { state in
                state.count += 1
                if !state.isOver { state.open.append(run) }
                return state.isOver
            }
            if isOver { run.resume() }
        }

        func end() {
            let open = state.withLock { state in
                state.isOver = true
                defer { state.open = [] }
                return state.open
            }
            for run in open { run.resume() }
        }
    }
#endif

#if Hummingbird
    import HTTPTypes
    import Hummingbird
    import HummingbirdTesting
    import Testing
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
    }
#endif

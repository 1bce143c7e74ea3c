import Testing
import Vernier
import VernierInstrumentation
import VernierTesting

@Suite struct DependencyHealthTests {
    @Test func `a dependency is down until a check goes well`() async throws {
        let registry = Registry()
        let servers = DependencyHealth(name: "mcp_server", label: "server", known: ["notes"], registry: registry)
        #expect(await registry.values("mcp_server_up") == ["notes": 0])
        #expect(await servers.check("notes") { () async in 5 } == 5)
        #expect(await registry.values("mcp_server_up") == ["notes": 1])
        #expect(await registry.values("mcp_server_last_success_timestamp_seconds")["notes"] ?? 0 > 1e9)
        await #expect(throws: Trouble.self) { try await servers.check("notes") { () async throws in throw Trouble() } }
        #expect(await registry.values("mcp_server_up") == ["notes": 0])
        #expect(await registry.values("mcp_server_check_duration_seconds") == ["notes": 2])
        let gathered = await registry.gather(timeout: .seconds(300))
        #expect(gathered.value(of: "mcp_server_up", labels: ["server": "notes"]) == 0)
    }

    @Test func `a check that was cancelled says nothing`() async {
        let registry = Registry()
        let health = DependencyHealth(known: ["db"], registry: registry)
        health.set("db", isUp: true)
        await #expect(throws: CancellationError.self) {
            try await health.check("db") { () async throws in throw CancellationError() }
        }
        #expect(await registry.values("dependency_up") == ["db": 1])
        #expect(await registry.values("dependency_check_duration_seconds") == ["db": 0])
    }

    @Test func `names keep to the habits`() async {
        let registry = Registry()
        DependencyHealth(known: ["db"], registry: registry).set("db", isUp: true)
        #expect(await registry.lintProblems() == [])
    }
}

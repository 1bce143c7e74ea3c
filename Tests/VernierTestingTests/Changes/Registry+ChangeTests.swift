import Testing
import Vernier
import VernierTesting

@Suite struct RegistryChangeTests {
    private struct Failure: Error {}

    @Test func aChangeIsWhatTheClosureAdded() {
        let registry = Registry()
        let orders = Counter("orders", help: "Orders.", registry: registry)
        orders.increment(by: 5)
        let change = registry.change(of: "orders_total") { orders.increment(by: 2) }
        #expect(change == 2)
    }

    @Test func aSeriesThatTheClosureMadeCountsFromZero() {
        let registry = Registry()
        let hits = CounterFamily("hits", help: "Hits.", labels: .of(Label<String>("path")), registry: registry)
        #expect(registry.change(of: "hits_total", labels: ["path": "/"]) { hits["/"].increment() } == 1)
        #expect(registry.change(of: "hits_total", labels: ["path": "/"]) {} == 0)
        #expect(registry.change(of: "hits_total", labels: ["path": "/other"]) { hits["/"].increment() } == nil)
    }

    @Test func aChangeOfAnAsynchronousClosureIsMeasured() async {
        let registry = Registry()
        let level = Gauge("level", help: "Level.", registry: registry)
        level.set(10)
        let change = await registry.change(of: "level") {
            await Task.yield()
            level.subtract(2.5)
        }
        #expect(change == -2.5)
    }

    @Test func whatTheClosureThrowsIsThrown() async {
        let registry = Registry()
        #expect(throws: Failure.self) { try registry.change(of: "x") { () throws(Failure) in throw Failure() } }
        await #expect(throws: Failure.self) {
            try await registry.change(of: "x") { () async throws(Failure) in throw Failure() }
        }
    }
}

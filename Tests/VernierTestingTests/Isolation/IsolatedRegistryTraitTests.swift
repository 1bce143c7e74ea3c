import Testing
import Vernier
import VernierTesting

/// What the tests below test, as an application has it.
private struct Shop {
    let orders = Counter("orders", help: "Orders taken.")
    let waits = CounterFamily("waits", help: "Waits by reason.", labels: .of(Label<String>("reason")))

    func take(_ count: Int, reason: String) {
        orders.increment(by: count)
        waits[reason].increment()
    }
}

/// Many tests at once that each use the same names: a shared registry would show in every one of them.
@Suite(.isolatedRegistry) struct IsolatedRegistryTraitTests {
    private let shop = Shop()

    @Test(arguments: 1...64)
    func eachCaseHasARegistryOfItsOwn(count: Int) async {
        #expect(Registry.current !== Registry.default)
        shop.take(count, reason: "stock \(count)")
        await Task.yield()
        let families = await Registry.current.gather()
        #expect(families.value(of: "orders_total") == Double(count))
        #expect(families.first { $0.name == "waits" }?.metrics.count == 1)
    }

    @Test func valuesOfTheSuiteBelongToTheTest() {
        let changes = Registry.current.changes { shop.take(2, reason: "stock") }
        #expect(changes.delta(of: "orders_total") == 2)
        #expect(changes.delta(of: "waits_total", labels: ["reason": "stock"]) == 1)
        #expect(changes.count == 2, "\(changes)")
    }

    @Test func tasksOfATestSeeItsRegistry() async {
        let registry = Registry.current
        await withTaskGroup { group in
            for _ in 0..<8 { group.addTask { Counter("jobs", help: "Jobs.").increment() } }
        }
        #expect(registry.value(of: "jobs_total") == 8)
    }

    @Test(.isolatedRegistry(prefix: "shop", constantLabels: ["instance": "blue"]))
    func aTestMayHaveItsOwnSettings() {
        Counter("sales", help: "Sales.").increment()
        #expect(Registry.current.value(of: "shop_sales_total", labels: ["instance": "blue"]) == 1)
        #expect(Registry.current.value(of: "orders_total") == nil)
    }
}

/// The same with the function, for tests that want no trait.
@Suite struct ParallelIsolationTests {
    @Test(arguments: 1...32)
    func testsInParallelDoNotSeeEachOther(count: Int) async throws {
        try await Registry.isolated { registry in
            let shop = Shop()
            shop.take(count, reason: "a")
            try await Task.sleep(for: .milliseconds(1))
            shop.take(count, reason: "b")
            #expect(await registry.gather().value(of: "orders_total") == Double(2 * count))
        }
    }
}

import Testing
import Vernier
import VernierTesting

@Suite struct RegistryIsolatedTests {
    @Test func instrumentsOfTheClosureAreInItsRegistry() {
        let value = Registry.isolated(prefix: "shop", constantLabels: ["instance": "blue"]) { registry in
            Counter("orders", help: "Orders.").increment()
            #expect(Registry.current === registry)
            return registry.value(of: "shop_orders_total", labels: ["instance": "blue"])
        }
        #expect(value == 1)
        #expect(Registry.default.value(of: "shop_orders_total") == nil)
    }

    @Test func tasksOfTheClosureSeeItsRegistry() async {
        await Registry.isolated { registry in
            await Task { Counter("orders", help: "Orders.").increment(by: 2) }.value
            #expect(registry.value(of: "orders_total") == 2)
        }
    }
}

import Testing
import Vernier
import VernierTesting

@Suite struct PageDifferenceTests {
    @Test(arguments: [ExpositionFormat.text, .openMetrics])
    func pagesOfOneFormatAreCompared(format: ExpositionFormat) throws {
        func page(_ orders: Int) -> String {
            let registry = Registry()
            Counter("orders", help: "Orders.", registry: registry).increment(by: orders)
            Histogram("wait", unit: .seconds, help: "Wait.", registry: registry).observe(0.2)
            return registry.page(as: format)
        }
        #expect(try ExpositionDifference(fromPage: page(1), toPage: page(1), as: format).isEmpty)
        let difference = try ExpositionDifference(fromPage: page(1), toPage: page(2), as: format)
        #expect(difference.description == "1 difference\norders\n  orders_total: 1 became 2")
        let none = try ExpositionDifference(
            fromPage: page(1), toPage: page(2), as: format, options: .init(leavingOut: ["orders"]))
        #expect(none.isEmpty)
    }

    @Test func aPageThatIsNoneIsAnError() {
        #expect(throws: (any Error).self) {
            try ExpositionDifference(fromPage: "x 1\n", toPage: "no page", as: .text)
        }
    }
}

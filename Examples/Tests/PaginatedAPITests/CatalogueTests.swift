import Testing

@testable import paginated_api

struct CatalogueTests {
    private let catalogue: Catalogue

    init() throws {
        catalogue = try Catalogue.temporary(rows: 1_000)
    }

    @Test func `a file is filled once`() throws {
        #expect(catalogue.total == 1_000)
        let again = try Catalogue(catalogue.database, rows: 1_000)
        #expect(again.total == 1_000)
    }

    @Test(arguments: ItemOrder.allCases) func `offset pages have every item once, in order`(order: ItemOrder)
        async throws
    {
        var request: PageKey? = .offset(0, size: 150, order: order)
        var items: [Item] = []
        while let current = request {
            let page = try await catalogue.page(current)
            items += page.items
            request = current.next(after: page)
        }
        #expect(items.count == 1_000)
        #expect(Set(items.map(\.id)).count == 1_000)
        let keys = items.map { order == .rating ? $0.rating : $0.created }
        #expect(keys == keys.sorted(by: >))
    }

    @Test func `cursor pages are those of the offsets`() async throws {
        var request: PageKey? = .cursor(nil, size: 200)
        var ids: [Int] = []
        while let current = request {
            let page = try await catalogue.page(current)
            ids += page.items.map(\.id)
            request = current.next(after: page)
        }
        #expect(ids.count == 1_000)
        #expect(try await ids.suffix(10) == catalogue.page(.offset(990, size: 10, order: .newest)).items.map(\.id)[...])
    }

    @Test(arguments: ["", "-", "1", "a-1", "1-b", "1-2-3"]) func `a text that is no cursor is none`(text: String) {
        #expect(Cursor(text) == nil)
    }

    @Test func `an item is found by its number`() async throws {
        #expect(try await catalogue.item(7)?.title == "Item 7")
        #expect(try await catalogue.item(1_001) == nil)
    }
}

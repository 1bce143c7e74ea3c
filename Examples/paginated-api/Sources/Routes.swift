import ExampleServer
import Hummingbird

/// The routes of the catalogue.
struct Routes: Sendable {
    let reader: PageReader
    let catalogue: Catalogue

    /// `GET /items`, `GET /items/by-cursor`, and `GET /items/{id}`.
    func add(to router: Router<some RequestContext>) {
        // ?page=0&size=20&order=newest
        router.get("/items") { request, _ in
            let page = try request.number("page", in: 0...1_000_000, default: 0)
            let size = try request.number("size", in: PageKey.sizes, default: 20)
            guard let order = ItemOrder(rawValue: request.uri.queryParameters.get("order") ?? "newest") else {
                throw HTTPError(.badRequest, message: "order is newest or rating.")
            }
            return try await reader.page(.offset(page * size, size: size, order: order))
        }
        // ?size=20&after=1700000000-1
        router.get("/items/by-cursor") { request, _ in
            let size = try request.number("size", in: PageKey.sizes, default: 20)
            let after = request.uri.queryParameters.get("after")
            let cursor = after.flatMap(Cursor.init)
            guard (after == nil) == (cursor == nil) else {
                throw HTTPError(.badRequest, message: "after is what a page said as next.")
            }
            return try await reader.page(.cursor(cursor, size: size))
        }
        router.get("/items/{id}") { _, context in
            let id = try context.parameters.require("id", as: Int.self)
            guard let item = try await catalogue.item(id) else { throw HTTPError(.notFound) }
            return item
        }
    }
}

extension Item: ResponseCodable {}

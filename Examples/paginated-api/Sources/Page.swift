import Hummingbird
import VernierInstrumentation

/// What a client asks for; also what the cache knows a page by.
enum PageKey: Hashable, Sendable {
    case offset(Int, size: Int, order: ItemOrder)
    /// From the newest on, or from where the last page ended.
    case cursor(Cursor?, size: Int)

    static let sizes = 1...200

    /// The page that whoever reads this one asks for next, if there is any.
    func next(after page: Page) -> PageKey? {
        switch self {
        case .offset(let offset, let size, let order):
            offset + size < page.total ? .offset(offset + size, size: size, order: order) : nil
        case .cursor(_, let size):
            page.next.flatMap(Cursor.init).map { .cursor($0, size: size) }
        }
    }

    /// The same as the metrics see it.
    var metered: PageRequest {
        switch self {
        case .offset(let offset, let size, _): .offset(offset, size: size)
        case .cursor(_, let size): .cursor(size: size)
        }
    }
}

/// What a client gets.
struct Page: ResponseCodable, Sendable {
    var items: [Item]
    /// How many items there are on all pages.
    var total: Int
    /// Where the next page begins, of those read by cursor; nil at the end.
    var next: String?

    /// About how much memory it takes.
    var bytes: Int {
        items.reduce(MemoryLayout<Page>.size) { bytes, item in
            bytes + MemoryLayout<Item>.stride + item.title.utf8.count + item.category.utf8.count
        }
    }
}

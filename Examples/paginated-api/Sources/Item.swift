import GRDB

/// One of the things that the catalogue lists.
struct Item: Codable, FetchableRecord, Sendable {
    var id: Int
    var title: String
    var category: String
    var rating: Int
    /// Seconds since 1970.
    var created: Int

    static let columns = "id, title, category, rating, created"
}

/// The order of a listing.
enum ItemOrder: String, Sendable, CaseIterable {
    /// By time of creation, which has an index.
    case newest
    /// By rating, which has none: the database reads and sorts all rows for each page.
    case rating

    var clause: String {
        switch self {
        case .newest: "created DESC, id DESC"
        case .rating: "rating DESC, id DESC"
        }
    }
}

/// The place after an item in the order of creation, as clients hand it back.
struct Cursor: Hashable, Sendable, LosslessStringConvertible {
    var created: Int
    var id: Int

    init(after item: Item) {
        created = item.created
        id = item.id
    }

    init?(_ description: String) {
        let parts = description.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count == 2, let created = Int(parts[0]), let id = Int(parts[1]) else { return nil }
        self.created = created
        self.id = id
    }

    var description: String { "\(created)-\(id)" }
}

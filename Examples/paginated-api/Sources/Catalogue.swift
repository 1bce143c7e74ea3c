import GRDB
import VernierGRDB

/// The items in a file of SQLite.
struct Catalogue: Sendable {
    let database: MeteredDatabase<DatabasePool>
    /// Rows do not change while the program runs, so they are counted once.
    let total: Int

    /// Fills the database, unless it has that many rows already.
    init(_ database: MeteredDatabase<DatabasePool>, rows: Int) throws {
        self.database = database
        total = try database.write { database in
            try Self.fill(database, rows: rows)
            return try Int.fetchOne(database, sql: "SELECT count(*) FROM item") ?? 0
        }
    }

    /// One page.
    ///
    /// There is no index on `rating`, so that a page far back in that order is as slow as such pages are.
    func page(_ request: PageKey) async throws -> Page {
        switch request {
        case .offset(let offset, let size, let order):
            let sql = "SELECT \(Item.columns) FROM item ORDER BY \(order.clause) LIMIT ? OFFSET ?"
            let items = try await database.read { try Item.fetchAll($0, sql: sql, arguments: [size, offset]) }
            return Page(items: items, total: total)
        case .cursor(let cursor, let size):
            let condition = cursor == nil ? "" : "WHERE (created, id) < (?, ?)"
            let sql = "SELECT \(Item.columns) FROM item \(condition) ORDER BY created DESC, id DESC LIMIT ?"
            let arguments: StatementArguments = cursor.map { [$0.created, $0.id, size + 1] } ?? [size + 1]
            var items = try await database.read { try Item.fetchAll($0, sql: sql, arguments: arguments) }
            // One more than asked for tells whether there is a next page.
            let isLast = items.count <= size
            items = Array(items.prefix(size))
            return Page(items: items, total: total, next: isLast ? nil : items.last.map { "\(Cursor(after: $0))" })
        }
    }

    /// One item.
    func item(_ id: Int) async throws -> Item? {
        try await database.read {
            try Item.fetchOne($0, sql: "SELECT \(Item.columns) FROM item WHERE id = ?", arguments: [id])
        }
    }

    /// Makes all rows in one statement; the same number gives the same rows.
    private static func fill(_ database: Database, rows: Int) throws {
        try database.execute(
            sql: """
                CREATE TABLE IF NOT EXISTS item(
                    id INTEGER PRIMARY KEY, title TEXT NOT NULL, category TEXT NOT NULL, rating INTEGER NOT NULL,
                    created INTEGER NOT NULL);
                CREATE INDEX IF NOT EXISTS item_by_age ON item(created DESC, id DESC);
                """)
        guard try Int.fetchOne(database, sql: "SELECT count(*) FROM item") != rows else { return }
        try database.execute(sql: "DELETE FROM item")
        // A multiplication by a prime modulo another scatters ratings and times, and repeats none of the times too often.
        try database.execute(
            sql: """
                WITH RECURSIVE number(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM number WHERE n < :rows)
                INSERT INTO item
                SELECT n, 'Item ' || n, substr('musicbooksfilmsgames', 1 + n % 4 * 5, 5), n * 7919 % 1009,
                    1700000000 + n * 104729 % 1299709
                FROM number WHERE n <= :rows
                """, arguments: ["rows": rows])
    }
}

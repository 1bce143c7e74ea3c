import Foundation
import GRDB
import Vernier
import VernierGRDB

/// How a search finds entries.
enum SearchType: String, FiniteLabel, Decodable {
    /// By words that an entry has, weighed by how rare they are.
    case keyword
    /// By the angle between vectors.
    case semantic
    /// By both, half and half.
    case hybrid
}

extension MemoryStore {
    /// An entry that a search found.
    struct Hit: Sendable, Encodable {
        let path: String
        let text: String
        /// How well it fits, from 0 to 1.
        let relevance: Double
    }

    /// The best entries for some words, the best one first.
    func search(_ text: String, _ type: SearchType, vector: [Float], limit: Int) async throws -> [Hit] {
        try await pool.read { database in
            var scores: [Int64: Double] = [:]
            if type != .semantic { scores = try Self.keywordScores(text, database) }
            if type == .hybrid { scores = scores.mapValues { $0 / 2 } }
            if type != .keyword {
                let rows = try Row.fetchCursor(database, sql: "SELECT id, vector FROM entry")
                while let row = try rows.next() {
                    let likeness = max(0, Embedder.likeness(vector, (row["vector"] as Data).vector))
                    scores[row["id"], default: 0] += type == .hybrid ? likeness / 2 : likeness
                }
            }
            let best = scores.filter { $0.value > 0 }.sorted { ($0.value, $1.key) > ($1.value, $0.key) }.prefix(limit)
            return try best.compactMap { id, relevance in
                try Row.fetchOne(database, sql: "SELECT path, text FROM entry WHERE id = ?", arguments: [id])
                    .map { Hit(path: $0["path"], text: $0["text"], relevance: relevance) }
            }
        }
    }

    /// SQLite's rank BM25, which is the better the more it is below zero, on a scale from 0 to 1.
    private static func keywordScores(_ text: String, _ database: Database) throws -> [Int64: Double] {
        let words = Embedder.words(of: text).prefix(20)
        if words.isEmpty { return [:] }
        let rows = try Row.fetchAll(
            database, sql: "SELECT rowid, rank FROM words WHERE words MATCH ? ORDER BY rank LIMIT 100",
            arguments: [words.map { "\"\($0)\"" }.joined(separator: " OR ")])
        return Dictionary(
            uniqueKeysWithValues: rows.map { row in
                let rank = max(0, -(row["rank"] as Double))
                return (row["rowid"] as Int64, rank / (1 + rank))
            })
    }
}

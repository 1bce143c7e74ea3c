import ExampleSupport
import Foundation
import GRDB
import Vernier
import VernierGRDB
import VernierInstrumentation

/// Paragraphs of text files with their vectors, in SQLite.
final class MemoryStore: Sendable {
    /// How large the store is.
    struct Size: Sendable {
        let bytes: Int
        let entries: Int
    }

    /// What is in the store, beside its size.
    struct State: Sendable {
        let documents: Int
        let outdated: Int
        let freeBytes: Int
    }

    /// The pool of connections, which measures its statements, and who waits for one of them.
    let pool: MeteredDatabase<DatabasePool>

    /// Opens a store, which is made when it is not there.
    init(path: String, readers: Int, registry: Registry) throws {
        let folder = URL(fileURLWithPath: path).deletingLastPathComponent()
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        var configuration = GRDB.Configuration()
        configuration.maximumReaderCount = readers
        let statements = DatabaseMetrics(system: .sqlite, registry: registry)
        // One connection more writes.
        let connections = DatabasePoolMetrics("memory", maximum: readers + 1, registry: registry)
        configuration.meter(by: statements, pool: connections)
        pool = MeteredDatabase(
            try DatabasePool(path: path, configuration: configuration), by: statements, pool: connections)
        try pool.write { database in
            try database.execute(
                sql: """
                    CREATE TABLE IF NOT EXISTS document (path TEXT PRIMARY KEY, version TEXT NOT NULL);
                    CREATE TABLE IF NOT EXISTS entry (
                        id INTEGER PRIMARY KEY, path TEXT NOT NULL, text TEXT NOT NULL, vector BLOB NOT NULL);
                    CREATE INDEX IF NOT EXISTS entry_path ON entry (path);
                    CREATE VIRTUAL TABLE IF NOT EXISTS words USING fts5 (text, content = 'entry', content_rowid = 'id');
                    """)
        }
    }

    /// How large the store is now.
    func size() async throws -> Size {
        try await pool.read { database in
            Size(
                bytes: try Int.fetchOne(
                    database, sql: "SELECT page_count * page_size FROM pragma_page_count, pragma_page_size") ?? 0,
                entries: try Int.fetchOne(database, sql: "SELECT count(*) FROM entry") ?? 0)
        }
    }

    /// What is in the store now, and whether it is what is in a folder.
    func state(comparedWith folder: String) throws -> State {
        // Without the folder all that is in the store is outdated.
        let files = (try? Self.textFiles(in: folder)) ?? [:]
        return try pool.read { database in
            let known = try Self.versions(database)
            return State(
                documents: known.count,
                outdated: Set(known.keys).union(files.keys).count { known[$0] != files[$0] },
                freeBytes: try Int.fetchOne(
                    database, sql: "SELECT freelist_count * page_size FROM pragma_freelist_count, pragma_page_size")
                    ?? 0)
        }
    }

    /// The files in the store, each with what it was like when it was read.
    private static func versions(_ database: Database) throws -> [String: String] {
        let rows = try Row.fetchAll(database, sql: "SELECT path, version FROM document")
        return Dictionary(uniqueKeysWithValues: rows.map { ($0["path"] as String, $0["version"] as String) })
    }

    /// Makes the store hold the text files of a folder as they are now; what has not changed is not read again.
    ///
    /// - Parameter embed: makes the vector of a paragraph.
    /// - Throws: a `Problem`, before anything is changed, when the folder cannot be read.
    func index(_ folder: String, embed: @Sendable (String) -> [Float]) async throws {
        let files = try Self.textFiles(in: folder)
        let known = try await pool.read { try Self.versions($0) }
        for path in known.keys where files[path] == nil { try await replace(path, with: [], version: nil) }
        for (path, version) in files where known[path] != version {
            // One that cannot be read, or is no text, is empty until it changes.
            let text = (try? String(contentsOfFile: "\(folder)/\(path)", encoding: .utf8)) ?? ""
            let entries = Self.paragraphs(of: text).map { ($0, embed($0)) }
            try await replace(path, with: entries, version: version)
        }
    }

    private func replace(_ path: String, with entries: [(text: String, vector: [Float])], version: String?) async throws
    {
        try await pool.write { database in
            try database.execute(
                sql: """
                    INSERT INTO words (words, rowid, text) SELECT 'delete', id, text FROM entry WHERE path = :path
                    """, arguments: ["path": path])
            try database.execute(sql: "DELETE FROM entry WHERE path = ?", arguments: [path])
            try database.execute(sql: "DELETE FROM document WHERE path = ?", arguments: [path])
            guard let version else { return }
            try database.execute(sql: "INSERT INTO document VALUES (?, ?)", arguments: [path, version])
            for entry in entries {
                try database.execute(
                    sql: "INSERT INTO entry (path, text, vector) VALUES (?, ?, ?)",
                    arguments: [path, entry.text, Data(vector: entry.vector)])
                try database.execute(
                    sql: "INSERT INTO words (rowid, text) VALUES (?, ?)",
                    arguments: [database.lastInsertedRowID, entry.text])
            }
        }
    }

    /// The text files below a folder, each with what changes when it does; links, pipes and devices are none.
    private static func textFiles(in folder: String) throws -> [String: String] {
        let manager = FileManager.default
        guard (try? manager.contentsOfDirectory(atPath: folder)) != nil, let all = manager.enumerator(atPath: folder)
        else { throw Problem("\(folder) is not a folder that can be read; see memory.folder in the configuration") }
        var files: [String: String] = [:]
        while let path = all.nextObject() as? String, files.count < 10_000 {
            guard path.hasSuffix(".md") || path.hasSuffix(".txt"),
                let facts = try? manager.attributesOfItem(atPath: "\(folder)/\(path)"),
                facts[.type] as? FileAttributeType == .typeRegular,
                let size = facts[.size] as? Int, size < 4_000_000, let date = facts[.modificationDate] as? Date
            else { continue }
            files[path] = "\(size) \(date.timeIntervalSince1970)"
        }
        return files
    }

    private static func paragraphs(of text: String) -> [String] {
        text.split(separator: "\n\n")
            .map { String($0.trimmingCharacters(in: .whitespacesAndNewlines).prefix(4000)) }
            .filter { !$0.isEmpty }
    }
}

extension Data {
    init(vector: [Float]) {
        self = vector.reduce(into: Data()) { data, component in
            for shift in [0, 8, 16, 24] { data.append(UInt8(truncatingIfNeeded: component.bitPattern >> shift)) }
        }
    }

    var vector: [Float] {
        let bytes = [UInt8](self)
        return (0..<bytes.count / 4).map { index in
            Float(bitPattern: (0..<4).reduce(0) { $0 | UInt32(bytes[index * 4 + $1]) << (8 * $1) })
        }
    }
}

#if SQLite
    import Foundation
    import GRDB
    import Synchronization
    import Vernier
    import VernierInstrumentation

    @testable import VernierGRDB

    /// A folder for a real database file, which goes with it.
    final class TemporaryFolder: Sendable {
        let path = NSTemporaryDirectory() + "vernier-grdb-\(UUID().uuidString)"

        init() throws { try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true) }
        deinit { try? FileManager.default.removeItem(atPath: path) }

        var database: String { path + "/test.sqlite" }
    }

    /// What a slow-query log told.
    final class ToldQueries: Sendable {
        private let told = Mutex<[SlowQueryLog.Query]>([])

        var all: [SlowQueryLog.Query] { told.withLock { $0 } }
        func add(_ query: SlowQueryLog.Query) { told.withLock { $0.append(query) } }
    }

    /// A statement that counts without end in sight: some hundred thousand rows take longer than any threshold of a test.
    let slowStatement = """
        WITH RECURSIVE counter(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM counter WHERE n < 300000)
        SELECT max(n) FROM counter WHERE n <> ? AND 'literal secret' <> 'x'
        """

    func operation(_ name: String, _ error: String? = nil) -> [String: String] {
        var labels = ["db_system_name": "sqlite", "db_operation_name": name]
        labels["error_type"] = error
        return labels
    }

    func timed(_ name: String) -> [String: String] {
        operation(name, "").merging(["db_collection_name": ""]) { first, _ in first }
    }
#endif

public import Vernier

/// What is asked of a database: `SELECT`, `INSERT`, or a command of another kind (`db.operation.name` of OpenTelemetry).
///
/// ```swift
/// let operation = DatabaseOperation(sql: "select * from users where id = ?")      // SELECT
/// let command: DatabaseOperation = "HMSET"                                        // of a database without SQL
/// ```
public struct DatabaseOperation: LabelValue, Hashable, ExpressibleByStringLiteral {
    /// The name, as it stands in labels.
    public let labelText: String

    /// Names an operation; there should be few of them.
    public init(stringLiteral name: String) { labelText = name }

    /// The key of the name: no allocation for at most 15 bytes.
    public var labelKey: LabelKey { LabelKey(labelText) }

    /// `SELECT`.
    public static var select: DatabaseOperation { "SELECT" }
    /// `INSERT`.
    public static var insert: DatabaseOperation { "INSERT" }
    /// `UPDATE`.
    public static var update: DatabaseOperation { "UPDATE" }
    /// `DELETE`.
    public static var delete: DatabaseOperation { "DELETE" }
    /// Anything that is not known.
    public static var other: DatabaseOperation { "_OTHER" }

    /// Reads the operation from the first key word of a text in SQL; of `WITH …`, that of the statement that follows it.
    ///
    /// Key words that are not known, and whatever is not SQL, are ``other``: the number of names is bounded whatever the text is. The
    /// text may begin with blanks and comments.
    ///
    /// - Complexity: linear in what stands before the key word; no allocation for a native string.
    public init(sql: some StringProtocol) {
        var scanner = SQLScanner(sql.utf8)
        while let (token, range) = scanner.next() {
            switch token {
            case .gap, .opening: continue
            case .word:
                guard let keyword = Keyword(sql.utf8[range]) else { break }
                guard keyword == .with else {
                    guard keyword != .recursive else { break }
                    self.init(stringLiteral: keyword.rawValue)
                    return
                }
                self = Self.afterCommonTables(sql.utf8, &scanner)
                return
            default: break
            }
            break
        }
        self = .other
    }

    /// The operation of what follows the tables of `WITH`: of few kinds, while the tables may have the names of any.
    private static func afterCommonTables<Bytes: Collection<UInt8>>(
        _ sql: Bytes, _ scanner: inout SQLScanner<Bytes>
    ) -> DatabaseOperation {
        var depth = 0
        // A name comes after `WITH`, after `RECURSIVE` and after each comma.
        var isName = true
        while let (token, range) = scanner.next() {
            switch token {
            case .gap: continue
            case .opening: depth += 1
            case .closing: depth -= 1
            case .word where depth == 0:
                let keyword = Keyword(sql[range])
                if !isName, let keyword, Keyword.withTables.contains(keyword) {
                    return DatabaseOperation(stringLiteral: keyword.rawValue)
                }
                if isName, keyword == .recursive { continue }
            default: break
            }
            isName = depth == 0 && token == .other && sql[range].elementsEqual(CollectionOfOne(UInt8(ascii: ",")))
        }
        return .other
    }
}

/// The words with which statements begin.
private enum Keyword: String, CaseIterable {
    case select = "SELECT", insert = "INSERT", update = "UPDATE", delete = "DELETE", replace = "REPLACE"
    case with = "WITH", values = "VALUES", merge = "MERGE", truncate = "TRUNCATE", copy = "COPY", call = "CALL"
    case begin = "BEGIN", commit = "COMMIT", end = "END", rollback = "ROLLBACK", savepoint = "SAVEPOINT"
    case release = "RELEASE", start = "START", set = "SET", show = "SHOW", explain = "EXPLAIN", pragma = "PRAGMA"
    case create = "CREATE", alter = "ALTER", drop = "DROP", grant = "GRANT", revoke = "REVOKE"
    case attach = "ATTACH", detach = "DETACH", vacuum = "VACUUM", analyze = "ANALYZE", reindex = "REINDEX"
    case execute = "EXECUTE", prepare = "PREPARE", lock = "LOCK", table = "TABLE"
    /// Begins no statement.
    case recursive = "RECURSIVE"

    /// What may follow the tables of `WITH`.
    static let withTables: Set<Keyword> = [.select, .insert, .update, .delete, .replace, .values, .merge]

    private static let all = allCases

    init?(_ word: some Collection<UInt8>) {
        guard let first = word.first else { return nil }
        for keyword in Self.all {
            let name = keyword.rawValue.utf8
            guard name.first == first & 0xDF, name.count == word.count,
                zip(name, word).allSatisfy({ $0 == $1 & 0xDF })
            else { continue }
            self = keyword
            return
        }
        return nil
    }
}

import Testing
@testable import VernierInstrumentation

@Suite struct SQLTextTests {
    @Test(arguments: [
        ("SELECT * FROM t WHERE a = 'secret' AND b = 42", "SELECT * FROM t WHERE a = ? AND b = ?"),
        ("SELECT 'it''s', x'00ff', 1.5e-3, .5, 0xFF, -7", "SELECT ?, ?, ?, ?, ?, -?"),
        (
            "select \"col 1\", `b`, [c d] from t1 -- note 'x'\n where id = ?1 and n = :name",
            "select \"col 1\", `b`, [c d] from t1 where id = ?1 and n = :name"
        ),
        ("  SELECT\n\t1  ;  ", "SELECT ? ;"), ("", ""), ("'never ends", "?"), ("/* secret 'x'", ""),
        ("INSERT INTO café VALUES ('x')", "INSERT INTO café VALUES (?)"),
        ("PRAGMA key = 'secret'", "PRAGMA key = ?"), ("pragma main.key=secret; more", "pragma main.key= ?"),
        ("PRAGMA key = \"x'2dd2'\"", "PRAGMA key = ?"), ("PRAGMA rekey(\"secret\")", "PRAGMA rekey(?)"),
        ("PRAGMA journal_mode", "PRAGMA journal_mode"),
        ("ATTACH DATABASE \"file:a?key=1\" AS [b] KEY \"secret\"", "ATTACH DATABASE ? AS ? KEY ?"),
        ("/* x */ attach 'f' as b key secret", "attach ? as b key ?"),
        ("SELECT \"name\" FROM t WHERE key = other", "SELECT \"name\" FROM t WHERE key = other"),
    ])
    func `texts and numbers stay out, names and parameters stay`(sql: String, expected: String) {
        #expect(SQLText.sanitized(sql, limit: 1000) == expected)
    }

    @Test func `a long text is cut, even inside a character`() {
        let text = SQLText.sanitized("SELECT " + String(repeating: "é", count: 10_000), limit: 64)
        #expect(text.hasPrefix("SELECT éé") && text.hasSuffix("…"))
        #expect(text.utf8.count <= 64 + 6)
        let many = SQLText.sanitized("SELECT " + String(repeating: "a,", count: 10_000), limit: 64)
        #expect(many.utf8.count == 64 + 3)
    }
}

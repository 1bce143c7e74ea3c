import Testing
@testable import VernierInstrumentation

@Suite struct DatabaseOperationTests {
    @Test(arguments: [
        ("SELECT 1", "SELECT"), ("  \n\tselect * from t", "SELECT"), ("-- why\nINSERT INTO t VALUES (1)", "INSERT"),
        ("/* a */ /* b */UPDATE t SET x = 1", "UPDATE"), ("(SELECT 1)", "SELECT"), ("DELETE", "DELETE"),
        ("PRAGMA journal_mode", "PRAGMA"), ("begin immediate", "BEGIN"), ("explain query plan select 1", "EXPLAIN"),
        ("WITH c AS (SELECT 1) SELECT * FROM c", "SELECT"),
        ("with recursive c(x) as (values(1) union all select x + 1 from c) delete from t where x in c", "DELETE"),
        ("WITH a AS (SELECT ')' || '(' FROM \"x)\"), b AS (SELECT 2) INSERT INTO t SELECT * FROM a", "INSERT"),
        ("WITH start AS (SELECT 1), show AS (SELECT 2) SELECT * FROM start", "SELECT"),
        ("WITH replace AS (SELECT 1), \"select\" AS (SELECT 2), delete AS (SELECT 3) UPDATE t SET x = 1", "UPDATE"),
        ("WITH RECURSIVE values(n) AS (SELECT 1) REPLACE INTO t SELECT n FROM v", "REPLACE"),
        ("WITH recursive AS (SELECT 1) MERGE INTO t", "MERGE"), ("WITH a AS (VALUES (1)) VALUES (2)", "VALUES"),
        ("WITH a AS NOT MATERIALIZED (SELECT 1) DELETE FROM t", "DELETE"),
        ("WITH a AS (SELECT 1) DROP TABLE t", "_OTHER"),
        ("recursive", "_OTHER"), ("", "_OTHER"), ("   ", "_OTHER"), (";", "_OTHER"), ("SELECTED", "_OTHER"),
        ("sélect", "_OTHER"),
        ("'SELECT'", "_OTHER"), ("/* never ends SELECT", "_OTHER"), ("WITH c AS (SELECT 1", "_OTHER"),
        ("12 SELECT", "_OTHER"), ("bogus select", "_OTHER"),
    ])
    func `the operation is the statement's first key word`(sql: String, name: String) {
        #expect(DatabaseOperation(sql: sql).labelText == name)
        #expect(DatabaseOperation(sql: sql[...]).labelText == name)
    }

    @Test func `no text makes a name of its own`() {
        let names = Set((0..<1000).map { DatabaseOperation(sql: "verb\($0) x").labelText })
        #expect(names == ["_OTHER"])
    }
}

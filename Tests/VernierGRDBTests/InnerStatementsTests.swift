#if SQLite
    import Testing

    @testable import VernierGRDB

    @Suite struct InnerStatementsTests {
        /// What SQLite tells of statements.
        private enum Event {
            case begin(String)
            case end(String)
        }

        /// Which of the ends are those of inner statements.
        private func inner(_ events: [Event]) -> [Bool] {
            var statements = InnerStatements()
            var found: [Bool] = []
            for event in events {
                switch event {
                case .begin(let sql): statements.note(sql)
                case .end(let sql): found.append(statements.isInner(sql))
                }
            }
            return found
        }

        @Test func `a statement inside of another is told by how it begins, also where its end is told twice`() {
            let (outer, search) = ("INSERT INTO t VALUES (1)", "REPLACE INTO t_data VALUES (?)")
            let found = inner([
                .begin(outer), .begin("-- \(search);"), .end(search), .end(search), .end(outer), .end(search),
            ])
            #expect(found == [true, true, false, false])
        }

        @Test func `a comment makes no inner statement, and what a trigger has run is the host's when it runs it`() {
            let comment = "-- why\nSELECT 1"
            #expect(inner([.begin(comment), .end(comment)]) == [false])
            let delete = "DELETE FROM log"
            #expect(inner([.begin("-- \(delete)"), .begin(delete), .end(delete)]) == [false])
        }

        @Test func `beginnings without an end make room`() {
            let begins = (0..<1000).map { Event.begin("-- SELECT \($0)") }
            #expect(inner(begins + [.end("SELECT 0"), .end("SELECT 999")]) == [false, true])
        }
    }
#endif

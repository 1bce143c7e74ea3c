#if SQLite
    import Testing
    import VernierInstrumentation

    @testable import VernierGRDB

    @Suite struct SlowQueryLogTests {
        @Test func `a flood is told of a few times, and the next line says how many were not`() {
            let told = ToldQueries()
            let log = SlowQueryLog(atMost: 3, every: .seconds(3600)) { told.add($0) }
            for _ in 0..<1000 { log.report("SELECT 1", operation: .select, duration: .seconds(1)) }
            #expect(told.all.map(\.suppressed) == [0, 0, 0])
            let later = ContinuousClock.now + .seconds(7200)
            #expect(log.admit(at: later) == 997)
            #expect(log.admit(at: later) == 0)
        }

        @Test func `a long text is cut`() {
            let told = ToldQueries()
            let log = SlowQueryLog(textLimit: 20) { told.add($0) }
            log.report("SELECT a" + String(repeating: ", b", count: 100_000), operation: .select, duration: .seconds(1))
            #expect(told.all.map(\.sql.utf8.count) == [23])
        }

        @Test func `senseless limits are brought into range`() {
            let told = ToldQueries()
            let log = SlowQueryLog(atMost: -1, every: .seconds(-1), textLimit: -1) { told.add($0) }
            log.report("SELECT 1", operation: .select, duration: .seconds(1))
            #expect(told.all.count == 1)
        }
    }
#endif

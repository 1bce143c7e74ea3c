#if SQLite
    import Testing

    @testable import VernierGRDB

    @Suite struct StatementClockTests {
        private let start = ContinuousClock.now
        private var long: ContinuousClock.Instant { start - .seconds(60) }

        private func at(_ microseconds: Int) -> ContinuousClock.Instant { start + .microseconds(microseconds) }

        @Test func `a short statement is timed to the microsecond, though SQLite says zero or one millisecond`() {
            var clock = StatementClock(at: long)
            clock.begin(at: at(0))
            #expect(clock.end(at: at(40), told: 0) == .microseconds(40))
            clock.begin(at: at(100))
            #expect(clock.end(at: at(180), told: 0.001) == .microseconds(80))
        }

        @Test func `nested statements are told apart`() {
            var clock = StatementClock(at: long)
            clock.begin(at: at(0))
            clock.begin(at: at(10_000))
            #expect(clock.end(at: at(10_050), told: 0) == .microseconds(50))
            clock.begin(at: at(20_000))
            #expect(clock.end(at: at(22_500), told: 0.002) == .microseconds(2500))
            #expect(clock.end(at: at(50_000), told: 0.05) == .microseconds(50_000))
        }

        @Test func `what agrees with no beginning is what SQLite says`() {
            var clock = StatementClock(at: long)
            #expect(clock.end(at: at(0), told: 0.25) == .milliseconds(250))
            clock.begin(at: at(0))
            clock.begin(at: at(1_000_000))
            #expect(clock.end(at: at(2_000_000), told: 0.5) == .milliseconds(500))
            #expect(clock.end(at: at(9_000_000), told: -3) == .zero)
            #expect(clock.end(at: at(0), told: .nan) == .zero)
        }

        @Test func `a machine's clock that is set forward makes no statement of an hour`() {
            var clock = StatementClock(at: long)
            clock.begin(at: at(0))
            #expect(clock.end(at: at(2500), told: 3600) == .microseconds(2500))
            clock.begin(at: at(10_000))
            clock.begin(at: at(20_000))
            #expect(clock.end(at: at(20_300), told: 3600.0003) == .microseconds(300))
            #expect(clock.end(at: at(30_000), told: 0.02) == .milliseconds(20))
            var fresh = StatementClock(at: at(0))
            #expect(fresh.end(at: at(500), told: 3600) == .microseconds(500))
        }

        @Test func `a beginning that was forgotten still bounds the time`() {
            var clock = StatementClock(at: long)
            for number in 0..<40 { clock.begin(at: at(number * 1_000_000)) }
            #expect(clock.end(at: at(40_000_000), told: 39) == .seconds(39))
        }

        @Test func `triggers without end of their own leave no more than a few beginnings`() {
            var clock = StatementClock(at: long)
            for number in 0..<1000 { clock.begin(at: at(number)) }
            for _ in 0..<20 { _ = clock.end(at: at(1000), told: 0) }
            #expect(clock.end(at: at(10_000), told: 0.004) == .milliseconds(4))
        }
    }
#endif

#if SwiftMetrics
    import Testing
    import Vernier

    @testable import VernierSwiftMetrics

    @Suite struct HandlerTableTests {
        private final class Thing {}

        /// What a key leads to.
        private func found(_ table: HandlerTable, _ key: PairKey, _ kind: Kind = .counter) -> AnyObject? {
            // SAFETY: the reference that the table took is taken over.
            unsafe table.retained(key, kind).map { unsafe Unmanaged<AnyObject>.fromOpaque($0).takeRetainedValue() }
        }

        private func key(_ number: Int) -> PairKey { PairKey(low: UInt64(number), high: UInt64(number % 3) << 40) }

        @Test func `a key leads to what was put under it, and only with its kind`() {
            let table = HandlerTable()
            let (one, other) = (Thing(), Thing())
            table.insert(key(1), .counter, one)
            table.insert(key(1), .timer, other)
            table.insert(key(1), .counter, other)
            #expect(found(table, key(1)) === one)
            #expect(found(table, key(1), .timer) === other)
            #expect(found(table, key(1), .gauge) == nil)
            #expect(found(table, key(2)) == nil)
            table.remove(key(1), .counter)
            table.remove(key(2), .counter)
            #expect(found(table, key(1)) == nil)
            #expect(found(table, key(1), .timer) === other)
        }

        @Test func `it grows, shrinks, and lets go of what was taken away`() {
            weak var last: Thing?
            let table = HandlerTable()
            for number in 0..<2_000 {
                let thing = Thing()
                last = thing
                table.insert(key(number), .counter, thing)
            }
            #expect((0..<2_000).allSatisfy { found(table, key($0)) != nil })
            #expect(table.figures.count == 2_000)
            #expect(last != nil)
            for number in (0..<2_000).reversed() { table.remove(key(number), .counter) }
            #expect(last == nil)
            for number in 0..<20_000 {
                table.insert(key(number), .counter, Thing())
                table.remove(key(number), .counter)
            }
            #expect(table.figures.count == 0)
            #expect(table.figures.capacity <= 128)
            #expect(table.figures.waiting <= 64)
        }

        @Test func `what it has goes with it`() {
            weak var kept: Thing?
            do {
                let table = HandlerTable()
                let thing = Thing()
                kept = thing
                table.insert(key(1), .gauge, thing)
                table.insert(key(2), .gauge, thing)
                table.remove(key(2), .gauge)
            }
            #expect(kept == nil)
        }

        @Test func `while somebody reads nothing is let go of that they may have found`() {
            let table = HandlerTable()
            weak var first: Thing?
            func comeAndGo(_ numbers: Range<Int>) {
                for number in numbers {
                    let thing = Thing()
                    if number == 0 { first = thing }
                    table.insert(key(number), .counter, thing)
                    table.remove(key(number), .counter)
                }
            }
            // SAFETY: it is given back below, and nowhere else.
            let reading = unsafe table.readers.enter()
            comeAndGo(0..<500)
            #expect(first != nil)
            #expect(table.figures.waiting >= 500)
            unsafe table.readers.leave(reading)
            comeAndGo(500..<2_000)
            #expect(first == nil)
            #expect(table.figures.waiting <= 64)
        }

        @Test func `a reader that does not end keeps nobody for ever, and is waited for again`() {
            let counts = ReaderCounts()
            var ended = [counts.wait()]
            // SAFETY: it is given back below, and nowhere else.
            let reading = unsafe counts.enter()
            ended += [counts.wait(), counts.wait()]
            unsafe counts.leave(reading)
            ended += [counts.wait(), counts.wait()]
            #expect(ended == [true, false, false, true, true])
        }
    }
#endif

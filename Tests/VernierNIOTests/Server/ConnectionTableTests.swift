#if NIO
    import Synchronization
    import Testing

    @testable import VernierNIO

    @Suite struct ConnectionTableTests {
        /// Connections by number, which note that they are told to end.
        private final class Connections: Sendable {
            final class Connection: Sendable {}

            let table: ConnectionTable
            let all = (0..<8).map { _ in Connection() }
            private let ended = Mutex<[Int]>([])

            init(limit: Int) { table = ConnectionTable(limit: limit) }

            func id(_ number: Int) -> ObjectIdentifier { ObjectIdentifier(all[number]) }
            func add(_ number: Int) {
                table.add(id(number)) { [self] in ended.withLock { $0.append(number) } }
            }
            /// Those that were told to end since the last call.
            func takeEnded() -> [Int] {
                ended.withLock { ended in
                    defer { ended = [] }
                    return ended
                }
            }
        }

        @Test func `the one that waits longest makes room, not one that is answered`() {
            let connections = Connections(limit: 2)
            let table = connections.table
            connections.add(0)
            connections.add(1)
            #expect(table.beginAnswer(connections.id(0)))
            connections.add(2)
            #expect(connections.takeEnded() == [1])
            #expect(!table.beginAnswer(connections.id(1)), "who was told to end gets no answer")
            table.endAnswer(connections.id(0))
            table.remove(connections.id(1))
            connections.add(3)
            #expect(connections.takeEnded() == [2], "an answer begins the wait anew")
        }

        @Test func `nobody is let in while one that was told to end has not ended`() {
            let connections = Connections(limit: 1)
            let table = connections.table
            let resumed = Mutex(0)
            connections.add(0)
            #expect(!table.isFull {})
            connections.add(1)
            #expect(connections.takeEnded() == [0])
            #expect(table.isFull { resumed.withLock { $0 += 1 } })
            #expect(table.count == 2)
            table.remove(connections.id(0))
            #expect(resumed.withLock { $0 } == 1)
            #expect(!table.isFull {})
        }

        @Test func `who has gone keeps its place while a thread has its request`() {
            let connections = Connections(limit: 1)
            let table = connections.table
            let resumed = Mutex(0)
            connections.add(0)
            #expect(table.beginAnswer(connections.id(0)))
            table.remove(connections.id(0))
            #expect(table.servingCount == 1)
            #expect(table.isFull { resumed.withLock { $0 += 1 } })
            table.endAnswer(connections.id(0))
            #expect(table.servingCount == 0 && table.count == 0)
            #expect(resumed.withLock { $0 } == 1)
            table.endAnswer(connections.id(0))
            #expect(table.servingCount == 0)
        }

        @Test func `a closed table ends all, and who comes later`() {
            let connections = Connections(limit: 4)
            let table = connections.table
            for number in 0..<3 { connections.add(number) }
            #expect(table.beginAnswer(connections.id(1)))
            #expect(table.beginAnswer(connections.id(2)))
            table.remove(connections.id(2))
            table.close()
            #expect(connections.takeEnded().sorted() == [0, 1], "one that has gone is not told")
            connections.add(3)
            #expect(connections.takeEnded() == [3])
            #expect(!table.beginAnswer(connections.id(0)))
        }

        @Test func `the longest waiter goes for want of descriptors, if there is one`() {
            let connections = Connections(limit: 4)
            connections.table.evictLongestWaiting()
            connections.add(0)
            connections.add(1)
            connections.table.evictLongestWaiting()
            connections.table.evictLongestWaiting()
            connections.table.evictLongestWaiting()
            #expect(connections.takeEnded() == [0, 1])
        }
    }
#endif

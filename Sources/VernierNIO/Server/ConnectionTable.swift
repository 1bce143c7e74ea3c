#if NIO
    import Vernier

    /// The connections of a server, from when they are accepted until they are closed, and which of them wait for what.
    ///
    /// When the limit is reached the one that has been without a complete request for the longest time makes room, so that any number of idle
    /// or slow clients cannot lock out a scraper. When all are being answered new ones are left in the system's queue; so they are while
    /// one that was told to end has not, as on an event loop that is blocked.
    final class ConnectionTable: Sendable {
        private enum Phase {
            /// There is no complete request since then.
            case waiting(since: ContinuousClock.Instant)
            /// A request is answered, or waits for its turn.
            case answering
            /// It has been told to end.
            case closing
            /// It has ended, and a thread still has its request.
            case gone
        }

        private struct Entry {
            /// Ends the connection at once.
            let close: @Sendable () -> Void
            var phase: Phase
        }

        private struct State {
            var entries: [ObjectIdentifier: Entry] = [:]
            var servingCount = 0
            var isClosed = false
            /// Lets the listener accept again.
            var resume: (@Sendable () -> Void)?

            /// Has the connection end that waits longest, and returns how.
            mutating func evict(except newest: ObjectIdentifier?) -> (@Sendable () -> Void)? {
                var longest: (id: ObjectIdentifier, since: ContinuousClock.Instant)?
                for (id, entry) in entries where id != newest {
                    guard case .waiting(let since) = entry.phase else { continue }
                    if let found = longest, found.since <= since { continue }
                    longest = (id, since)
                }
                guard let longest else { return nil }
                entries[longest.id]?.phase = .closing
                return entries[longest.id]?.close
            }
        }

        private let limit: Int
        private let state = Lock(State())

        init(limit: Int) {
            self.limit = limit
        }

        /// How many connections are being answered.
        var servingCount: Int { state.withLock { $0.servingCount } }

        /// How many connections there are, those included that have ended while a thread has their request.
        var count: Int { state.withLock { $0.entries.count } }

        /// Whether there is nobody to make room; then a closure is called once that has changed.
        func isFull(otherwise resume: @escaping @Sendable () -> Void) -> Bool {
            state.withLock { state in
                guard isFull(state) else { return false }
                state.resume = resume
                return true
            }
        }

        /// One more than the limit is let in: it takes the place of one that is told to end.
        private func isFull(_ state: State) -> Bool {
            state.servingCount >= limit || state.entries.count > limit
        }

        /// Adds a connection, which may end another one, or this one when the table is closed.
        func add(_ id: ObjectIdentifier, close: @escaping @Sendable () -> Void) {
            let evicted = state.withLock { state -> (@Sendable () -> Void)? in
                guard !state.isClosed else { return close }
                state.entries[id] = Entry(close: close, phase: .waiting(since: .now))
                return state.entries.count > limit ? state.evict(except: id) : nil
            }
            evicted?()
        }

        /// Ends the connection that has waited longest, if there is one that waits.
        func evictLongestWaiting() { state.withLock { $0.evict(except: nil) }?() }

        /// A connection has a request, which is answered now; false when it was evicted meanwhile.
        func beginAnswer(_ id: ObjectIdentifier) -> Bool {
            state.withLock { state in
                guard case .waiting = state.entries[id]?.phase, !state.isClosed else { return false }
                state.entries[id]?.phase = .answering
                state.servingCount += 1
                return true
            }
        }

        /// The thread is done with a connection's request, whether or not the connection is still there.
        func endAnswer(_ id: ObjectIdentifier) {
            leave { state in
                switch state.entries[id]?.phase {
                case .answering: state.entries[id]?.phase = .waiting(since: .now)
                case .gone: state.entries[id] = nil
                default: return
                }
                state.servingCount -= 1
            }
        }

        /// A connection has ended; it keeps its place for as long as a thread has its request, so that requests cannot pile up.
        func remove(_ id: ObjectIdentifier) {
            leave { state in
                if case .answering = state.entries[id]?.phase {
                    state.entries[id]?.phase = .gone
                } else {
                    state.entries[id] = nil
                }
            }
        }

        private func leave(_ body: (inout State) -> Void) {
            let resume = state.withLock { state -> (@Sendable () -> Void)? in
                body(&state)
                return isFull(state) ? nil : state.resume.take()
            }
            resume?()
        }

        /// Ends all connections, and those that come later.
        func close() {
            let all = state.withLock { state in
                state.isClosed = true
                // The event loop of one that has ended may have ended too.
                return state.entries.values.compactMap { entry -> (@Sendable () -> Void)? in
                    if case .gone = entry.phase { return nil }
                    return entry.close
                }
            }
            for close in all { close() }
        }
    }
#endif

#if NIO
    import NIOCore
    import Vernier

    /// The connections of a server, and which of them wait for what.
    ///
    /// When the limit is reached the one that has been without a complete request for the longest time makes room, so that any number of idle
    /// or slow clients cannot lock out a scraper. When all are being answered new ones are left in the system's queue.
    final class ConnectionTable: Sendable {
        private struct Entry {
            /// Ends the connection at once.
            let close: @Sendable () -> Void
            /// Since when there has been no complete request; nil while it is answered.
            var waitingSince: ContinuousClock.Instant?
        }

        private struct State {
            var entries: [ObjectIdentifier: Entry] = [:]
            var servingCount = 0
            var isClosed = false
            /// Lets the listener accept again.
            var resume: (@Sendable () -> Void)?
        }

        private let limit: Int
        private let state = Lock(State())

        init(limit: Int) {
            self.limit = limit
        }

        /// How many connections are being answered.
        var servingCount: Int { state.withLock { $0.servingCount } }

        /// Whether there is nobody to make room; then a closure is called once that has changed.
        func isFull(otherwise resume: @escaping @Sendable () -> Void) -> Bool {
            state.withLock { state in
                guard state.servingCount >= limit else { return false }
                state.resume = resume
                return true
            }
        }

        /// Adds a connection, which may end another one, or this one when the table is closed or all others are being answered.
        func add(_ id: ObjectIdentifier, close: @escaping @Sendable () -> Void) {
            let evicted = state.withLock { state -> (@Sendable () -> Void)? in
                guard !state.isClosed else { return close }
                var evicted: (@Sendable () -> Void)?
                if state.entries.count >= limit {
                    let longest = state.entries.filter { $0.value.waitingSince != nil }
                        .min { ($0.value.waitingSince ?? .now) < ($1.value.waitingSince ?? .now) }
                    guard let longest else { return close }
                    state.entries[longest.key] = nil
                    evicted = longest.value.close
                }
                state.entries[id] = Entry(close: close, waitingSince: .now)
                return evicted
            }
            evicted?()
        }

        /// A connection has a request, which is answered now; false when it was evicted meanwhile.
        func beginAnswer(_ id: ObjectIdentifier) -> Bool {
            state.withLock { state in
                guard state.entries[id] != nil, !state.isClosed else { return false }
                state.entries[id]?.waitingSince = nil
                state.servingCount += 1
                return true
            }
        }

        /// A connection's request was answered.
        func endAnswer(_ id: ObjectIdentifier) {
            leave { state in
                guard state.entries[id]?.waitingSince == nil, state.entries[id] != nil else { return }
                state.entries[id]?.waitingSince = .now
                state.servingCount -= 1
            }
        }

        /// A connection has ended.
        func remove(_ id: ObjectIdentifier) {
            leave { state in
                guard let entry = state.entries.removeValue(forKey: id), entry.waitingSince == nil else { return }
                state.servingCount -= 1
            }
        }

        private func leave(_ body: (inout State) -> Void) {
            let resume = state.withLock { state -> (@Sendable () -> Void)? in
                body(&state)
                guard state.servingCount < limit else { return nil }
                return state.resume.take()
            }
            resume?()
        }

        /// Ends all connections, and those that come later.
        func close() {
            let all = state.withLock { state in
                state.isClosed = true
                return state.entries.values.map(\.close)
            }
            for close in all { close() }
        }
    }

    /// Leaves connections in the system's queue while all that are there are being answered.
    final class AcceptGate: ChannelOutboundHandler {
        typealias OutboundIn = Never

        private let connections: ConnectionTable

        init(_ connections: ConnectionTable) {
            self.connections = connections
        }

        func read(context: ChannelHandlerContext) {
            let channel = context.channel
            guard !connections.isFull(otherwise: { channel.read() }) else { return }
            context.read()
        }
    }
#endif

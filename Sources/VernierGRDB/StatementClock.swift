#if SQLite
    /// Finds out how long statements take, more exactly than SQLite tells.
    ///
    /// SQLite tells the beginning of a statement and its end, but GRDB does not tell which beginning an end belongs to: statements may be
    /// nested, and triggers begin without an end of their own. So the newest beginning that agrees with what SQLite measured, to the millisecond
    /// that it measures in, is taken for the statement's. Whichever it was, the time is as exact as SQLite's; mostly it is the right one.
    ///
    /// SQLite reads the machine's clock, which can be set. A time that is longer than since the earliest beginning is none: the newest
    /// beginning is taken then.
    struct StatementClock {
        /// How many beginnings are remembered.
        private static let capacity = 16
        /// By how much SQLite's difference of two readings in whole milliseconds may be off.
        private static let inexactness = Duration.milliseconds(1)

        private var beginnings: [ContinuousClock.Instant] = []
        /// Before which no statement that has not ended can have begun, as far as is known.
        private var earliest: ContinuousClock.Instant

        /// Makes the clock of a connection that is opened now.
        init(at now: ContinuousClock.Instant) {
            earliest = now
            beginnings.reserveCapacity(Self.capacity)
        }

        /// A statement, or a trigger in one, begins.
        mutating func begin(at now: ContinuousClock.Instant) {
            // Where one is forgotten it stays the earliest.
            if beginnings.isEmpty { earliest = now }
            if beginnings.count == Self.capacity { beginnings.removeFirst() }
            beginnings.append(now)
        }

        /// A statement has ended; returns how long it took.
        ///
        /// - Parameters:
        ///   - now: when.
        ///   - seconds: what SQLite has measured; it can be below zero where the machine's clock was set back.
        mutating func end(at now: ContinuousClock.Instant, told seconds: Double) -> Duration {
            // Beyond a year it is no measurement.
            let told = seconds.magnitude < 31_536_000 ? max(Duration.seconds(seconds), .zero) : .zero
            for index in beginnings.indices.reversed() {
                let duration = now - beginnings[index]
                guard duration >= told - Self.inexactness else { continue }
                guard duration <= told + Self.inexactness else { break }
                beginnings.remove(at: index)
                return duration
            }
            let most = now - earliest
            guard told > most + Self.inexactness else { return told }
            return beginnings.popLast().map { now - $0 } ?? most
        }
    }
#endif

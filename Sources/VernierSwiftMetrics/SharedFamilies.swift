#if SwiftMetrics
    import Vernier

    /// The families of all factories, by what keeps their series.
    ///
    /// So that two factories of one registry have one handler for a series, and what is destroyed through one is not found through the other
    /// either. Kept here weakly: a family is there as long as a factory has it.
    enum SharedFamilies {
        private struct Key: Hashable {
            let kind: Kind
            let instruments: ObjectIdentifier
        }

        /// A class: with structures of this the look for a key that is not there crashed (Swift 6.3.1, debug build on Linux).
        private final class Entry {
            /// Tells whose entry it is when the family goes.
            let id: ObjectIdentifier
            weak var family: ReportedFamily?

            init(_ family: ReportedFamily) {
                id = ObjectIdentifier(family)
                self.family = family
            }
        }

        private static let entries = Lock<[Key: Entry]>([:])

        /// The family of these instruments: the one that is there, or a new one.
        static func family(_ kind: Kind, _ instruments: ReportedFamily.Instruments) -> ReportedFamily {
            let key = Key(kind: kind, instruments: instruments.identity)
            return entries.withLock { entries in
                if let family = entries[key]?.family { return family }
                let family = ReportedFamily(kind, instruments)
                entries[key] = Entry(family)
                return family
            }
        }

        /// Forgets a family that goes, unless another one has taken its place.
        ///
        /// Nothing is let go of under the lock that would come back here.
        static func remove(_ kind: Kind, _ instruments: ReportedFamily.Instruments, _ id: ObjectIdentifier) {
            let key = Key(kind: kind, instruments: instruments.identity)
            entries.withLock { entries in
                if entries[key]?.id == id { entries[key] = nil }
            }
        }
    }
#endif

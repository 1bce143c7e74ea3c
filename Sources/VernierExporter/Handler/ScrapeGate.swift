import Synchronization

/// Lets a fixed number of scrapes run at once.
final class ScrapeGate: Sendable {
    /// The right to scrape; it ends with ``leave()`` or with its last reference, whichever comes first.
    final class Permit: Sendable {
        private let gate: ScrapeGate
        private let hasLeft = Atomic(false)

        fileprivate init(_ gate: ScrapeGate) {
            self.gate = gate
        }

        /// Gives the place to another scrape; further calls do nothing.
        func leave() {
            // Relaxed: the place is a number; it orders no other memory.
            guard !hasLeft.exchange(true, ordering: .relaxed) else { return }
            gate.places.add(1, ordering: .relaxed)
        }

        deinit { leave() }
    }

    private let places: Atomic<Int>
    private let refused = Atomic(0)

    init(places: Int) {
        self.places = Atomic(max(1, places))
    }

    /// How often there was no place.
    var refusals: Int { refused.load(ordering: .relaxed) }

    /// Takes a place, or returns nil when all are taken; never waits.
    func enter() -> Permit? {
        // Relaxed: only the number matters. One that went below zero for a moment is put back; it can refuse a scrape that
        // comes in just then, and never admits one too many.
        if places.subtract(1, ordering: .relaxed).newValue >= 0 { return Permit(self) }
        places.add(1, ordering: .relaxed)
        refused.add(1, ordering: .relaxed)
        return nil
    }
}

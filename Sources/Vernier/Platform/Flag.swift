import Synchronization

/// Something that happens once.
final class Flag: Sendable {
    private let isRaised = Atomic<Bool>(false)

    /// Raises the flag, and returns whether it was down.
    ///
    /// Acquire and release: what the caller did before comes before what anybody does who finds the flag raised.
    func raise() -> Bool {
        !isRaised.exchange(true, ordering: .acquiringAndReleasing)
    }
}

import Synchronization

/// A bare atomic word on a cache line of its own: what every update is compared with.
final class ReferenceWord: Sendable {
    private let before = Padding()
    let word = Atomic<UInt64>(0)
    private let after = Padding()

    private struct Padding: Sendable {
        let words: (UInt64, UInt64, UInt64, UInt64, UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0, 0, 0, 0, 0)
        let more: (UInt64, UInt64, UInt64, UInt64, UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0, 0, 0, 0, 0)
    }
}

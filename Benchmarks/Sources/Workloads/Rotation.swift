/// Sixteen values that a loop goes through in turn.
///
/// They lie in a class of their own, so that a loop reads them through an address that it already has: taking one out of an array would
/// cost a bounds check, and for strings a retain and a release, which are not the operation's.
@safe
final class Rotation<Value: Sendable>: Sendable {
    // SAFETY: initialised by the init with `count` values, never written to again, and never freed before the deinit.
    nonisolated(unsafe) private let base: UnsafeMutablePointer<Value>

    /// A power of two, so that the place of a turn is a mask.
    static var count: Int { 16 }

    /// Takes the values; fewer than sixteen are repeated, more are left out.
    init(_ values: [Value]) {
        // SAFETY: room for as many values as are initialised.
        unsafe base = .allocate(capacity: Self.count)
        for index in 0..<Self.count { unsafe (base + index).initialize(to: values[index % values.count]) }
    }

    deinit {
        // SAFETY: `count` values are initialised.
        unsafe base.deinitialize(count: Self.count)
        unsafe base.deallocate()
    }

    /// The value of a turn, borrowed.
    subscript(turn: Int) -> Value {
        @inline(__always) _read {
            // SAFETY: the mask keeps the place below `count`.
            yield unsafe base[turn & (Self.count - 1)]
        }
    }
}

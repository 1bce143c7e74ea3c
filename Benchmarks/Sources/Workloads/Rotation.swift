/// Sixteen values that a loop goes through in turn.
///
/// A loop borrows them from memory, with no work but the load: reading an array would add a bounds check and, for strings, a retain
/// and a release, which a host that was handed the string does not pay either.
@safe
final class Rotation<Value: Sendable>: Sendable {
    // SAFETY: initialised by the init with `count` values, never written to again, and not freed before the deinit.
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

    /// Lends the value of a turn.
    ///
    /// The parameter of `body` has to be `borrowing`: with any other the compiler copies the value, and counts its references.
    @inline(__always)
    func lend<R>(_ turn: Int, to body: (borrowing Value) -> R) -> R {
        // SAFETY: the mask keeps the place below `count`.
        unsafe body(base[turn & (Self.count - 1)])
    }
}

/// One value that a loop is lent: what a borrowed value has in its properties can be passed on without a copy, the value itself cannot.
struct Held<Value: Sendable>: Sendable {
    let value: Value

    init(_ value: Value) { self.value = value }
}

/// Two values that a loop is lent together.
struct Pair<First: Sendable, Second: Sendable>: Sendable {
    let first: First
    let second: Second

    init(_ first: First, _ second: Second) {
        self.first = first
        self.second = second
    }
}

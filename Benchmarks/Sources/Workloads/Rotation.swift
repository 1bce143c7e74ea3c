/// Sixteen values that a loop goes through in turn.
///
/// A loop borrows them from memory, with no work but the load: reading an array would add a bounds check and, for strings, a retain
/// and a release, which a host that was handed the strings as parameters does not pay. Strings are therefore lent four turns at a time
/// and passed on to a function: to the compiler only parameters are sure to stay, and one call for four updates hardly counts. They come
/// in a ``Held`` or a ``Pair``, which cannot be copied, so that nothing is copied on the way either.
@safe
final class Rotation<Value: ~Copyable & Sendable>: Sendable {
    // SAFETY: initialised by the init with `count` values, never written to again, and not freed before the deinit.
    nonisolated(unsafe) private let base: UnsafeMutablePointer<Value>

    /// A power of two, so that the place of a turn is a mask.
    static var count: Int { 16 }

    /// Takes what a closure makes of values; fewer than sixteen are repeated, more are left out.
    init<Source>(_ sources: [Source], _ make: (Source) -> Value) {
        // SAFETY: room for as many values as are initialised.
        unsafe base = .allocate(capacity: Self.count)
        for index in 0..<Self.count { unsafe (base + index).initialize(to: make(sources[index % sources.count])) }
    }

    deinit {
        // SAFETY: `count` values are initialised.
        unsafe base.deinitialize(count: Self.count)
        unsafe base.deallocate()
    }

    /// Lends the value of a turn.
    @inline(__always)
    func lend<R>(_ turn: Int, to body: (borrowing Value) -> R) -> R {
        // SAFETY: the mask keeps the place below `count`.
        unsafe body(base[turn & (Self.count - 1)])
    }

    /// Lends the values of four turns, of which the first is divisible by four.
    @inline(__always)
    func lendFour<R>(
        _ turn: Int, to body: (borrowing Value, borrowing Value, borrowing Value, borrowing Value) -> R
    ) -> R {
        let place = turn & (Self.count - 4)
        // SAFETY: the mask keeps the first place at most four below `count`.
        return unsafe body(base[place], base[place + 1], base[place + 2], base[place + 3])
    }
}

extension Rotation where Value: Copyable {
    /// Takes the values as they are: numbers, durations, enums.
    convenience init(_ values: [Value]) { self.init(values) { $0 } }
}

/// One value that a loop is lent.
struct Held<Value: Sendable>: ~Copyable, Sendable {
    let value: Value

    init(_ value: Value) { self.value = value }
}

/// Two values that a loop is lent together.
struct Pair<First: Sendable, Second: Sendable>: ~Copyable, Sendable {
    let first: First
    let second: Second

    init(_ values: (First, Second)) {
        first = values.0
        second = values.1
    }
}

/// A sum as a sample shows it: exact while it can be.
package enum Amount: Sendable, Hashable {
    /// A whole number that does not fall below zero.
    case unsigned(UInt64)
    /// A whole number.
    case signed(Int64)
    /// A time, shown in seconds.
    case nanoseconds(UInt64)
    /// Any number.
    case floating(Double)

    /// The sum of a counter's parts.
    init(counted: UInt64, floating: Double) {
        self = floating == 0 ? .unsigned(counted) : .floating(Double(counted) + floating)
    }

    /// The sum of an up-down counter's parts.
    init(balance: Int64, floating: Double) {
        self = floating == 0 ? .signed(balance) : .floating(Double(balance) + floating)
    }

    /// The sum of durations and of numbers observed beside them.
    init(nanoseconds: UInt64, floating: Double) {
        if nanoseconds == 0 {
            self = .floating(floating)
        } else if floating == 0 {
            self = .nanoseconds(nanoseconds)
        } else {
            self = .floating(Double(nanoseconds) / 1e9 + floating)
        }
    }

    /// The nearest `Double`.
    package var double: Double {
        switch self {
        case .unsigned(let value): Double(value)
        case .signed(let value): Double(value)
        case .nanoseconds(let value): Double(value) / 1e9
        case .floating(let value): value
        }
    }
}

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

    /// The nearest `Double`: what a parser reads from the sample's text.
    package var double: Double {
        switch self {
        case .unsigned(let value): Double(value)
        case .signed(let value): Double(value)
        case .nanoseconds(let value): Self.seconds(value)
        case .floating(let value): value
        }
    }

    /// Nanoseconds in seconds, rounded once.
    private static func seconds(_ nanoseconds: UInt64) -> Double {
        // Up to here the conversion is exact, and the division alone rounds.
        if nanoseconds <= 1 << 53 { return Double(nanoseconds) / 1e9 }
        // The quotient's first 53 bits, as an integer: from 24 bits for 2^53 nanoseconds to 35 for 2^64 are before the point.
        var shift = 29
        while (UInt128(nanoseconds) << shift) / 1_000_000_000 >= 1 << 53 { shift -= 1 }
        var (bits, rest) = (UInt128(nanoseconds) << shift).quotientAndRemainder(dividingBy: 1_000_000_000)
        if rest > 500_000_000 || rest == 500_000_000 && bits & 1 == 1 { bits += 1 }
        return Double(sign: .plus, exponent: -shift, significand: Double(bits))
    }
}

/// Turns numbers into the digits that a page shows.
///
/// Nothing here knows a buffer's insides: digits are made eight at a time as the bytes of one word.
enum NumberText {
    /// The number `digits` × 10^`exponent`.
    struct Decimal: Equatable {
        var digits: UInt64
        var exponent: Int

        /// Takes up to 15 trailing zeros off the digits, which is all that a number below 2^53 can have.
        @inline(__always)
        init(trimming digits: UInt64, exponent: Int) {
            self.digits = digits
            self.exponent = exponent
            if digits % 10 != 0 || digits == 0 { return }
            trim(zeros: 8, 100_000_000)
            trim(zeros: 4, 10_000)
            trim(zeros: 2, 100)
            trim(zeros: 1, 10)
        }

        @inline(__always)
        private mutating func trim(zeros: Int, _ power: UInt64) {
            let (quotient, remainder) = digits.quotientAndRemainder(dividingBy: power)
            if remainder == 0 {
                digits = quotient
                exponent += zeros
            }
        }
    }

    /// The eight decimal digits of a number below 10^8 as ASCII bytes, the first digit in the lowest byte.
    @inline(__always)
    static func eightDigits(_ value: UInt64) -> UInt64 { digitValues(value) | 0x3030_3030_3030_3030 }

    /// The digits of a number below 10^8 as ASCII bytes, the first one in the lowest byte, without zeros in front.
    @inline(__always)
    static func digits(below10E8 value: UInt64) -> (word: UInt64, count: Int) {
        let values = digitValues(value)
        // The last digit counts even when it is zero.
        let zeros = UInt64(truncatingIfNeeded: (values | 1 << 56).trailingZeroBitCount & 56)
        return ((values | 0x3030_3030_3030_3030) &>> zeros, 8 &- Int(truncatingIfNeeded: zeros &>> 3))
    }

    /// The eight decimal digits of a number below 10^8, a byte each.
    ///
    /// Halves, quarters and then all eight digits are divided at once inside the word; the multiplications are exact
    /// divisions for numbers of that many digits (x / 100 is x × 10486 >> 20 below 10^4, x / 10 is x × 103 >> 10 below 100).
    @inline(__always)
    private static func digitValues(_ value: UInt64) -> UInt64 {
        let (high, low) = value.quotientAndRemainder(dividingBy: 10_000)
        let fours = high | low << 32
        let hundreds = (fours &* 10_486) >> 20 & 0x0000_007F_0000_007F
        let twos = (fours &- hundreds &* 100) << 16 | hundreds
        let tens = (twos &* 103) >> 10 & 0x000F_000F_000F_000F
        return (twos &- tens &* 10) << 8 | tens
    }

    /// How many decimal digits a number has; 1 for zero.
    @inline(__always)
    static func digitCount(_ value: UInt64) -> Int {
        // log10(2) is close to 1233 / 4096, from below: the guess is the count or one less.
        let guess = ((64 &- value.leadingZeroBitCount) &* 1233) >> 12
        return guess &+ (value >= power(ofTen: guess) || guess == 0 ? 1 : 0)
    }

    /// Ten to a power from 0 to 19.
    @inline(__always)
    static func power(ofTen exponent: Int) -> UInt64 {
        // A switch over constants becomes a table in the program's read-only data, with no initialiser to run.
        switch exponent {
        case 0: 1
        case 1: 10
        case 2: 100
        case 3: 1000
        case 4: 10_000
        case 5: 100_000
        case 6: 1_000_000
        case 7: 10_000_000
        case 8: 100_000_000
        case 9: 1_000_000_000
        case 10: 10_000_000_000
        case 11: 100_000_000_000
        case 12: 1_000_000_000_000
        case 13: 10_000_000_000_000
        case 14: 100_000_000_000_000
        case 15: 1_000_000_000_000_000
        case 16: 10_000_000_000_000_000
        case 17: 100_000_000_000_000_000
        case 18: 1_000_000_000_000_000_000
        default: 10_000_000_000_000_000_000
        }
    }

    /// The shortest decimal that reads back as `magnitude`, which is finite and above zero.
    ///
    /// Two kinds of numbers need no search. An integer below 2^53 is its own digits: a shorter decimal would be off by at
    /// least 1, more than half the distance to the next `Double`. And where a decimal of at most 15 digits reads back as
    /// the number, it is the shortest, since two such decimals never read back as the same `Double`; the division of two
    /// integers that a `Double` holds exactly is the correctly rounded reading of that decimal.
    @inline(__always)
    static func shortest(_ magnitude: Double) -> Decimal {
        if magnitude < 0x1p53 {
            let whole = UInt64(magnitude)
            if Double(whole) == magnitude { return Decimal(trimming: whole, exponent: 0) }
            if magnitude < 1e6 {
                let scaled = UInt64(magnitude * 1e9 + 0.5)
                if Double(scaled) / 1e9 == magnitude { return Decimal(trimming: scaled, exponent: -9) }
            } else if magnitude < 1e12 {
                let scaled = UInt64(magnitude * 1e3 + 0.5)
                if Double(scaled) / 1e3 == magnitude { return Decimal(trimming: scaled, exponent: -3) }
            }
        }
        return decimal(reading: magnitude.description)
    }

    /// Reads the digits and the exponent of what the standard library prints: at most 17 significant digits.
    @inline(never)
    static func decimal(reading text: String) -> Decimal {
        var digits: UInt64 = 0
        var fraction = 0
        var exponent = 0
        var isFraction = false
        var isExponent = false
        var exponentSign = 1
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"):
                let digit = byte &- UInt8(ascii: "0")
                if isExponent {
                    exponent = exponent &* 10 &+ Int(digit)
                } else {
                    digits = digits &* 10 &+ UInt64(digit)
                    fraction &+= isFraction ? 1 : 0
                }
            case UInt8(ascii: "."): isFraction = true
            case UInt8(ascii: "e"): isExponent = true
            case UInt8(ascii: "-"): exponentSign = -1
            default: break
            }
        }
        return Decimal(trimming: digits, exponent: exponentSign * exponent - fraction)
    }
}

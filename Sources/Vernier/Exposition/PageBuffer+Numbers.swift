extension PageBuffer {
    /// Appends an integer.
    ///
    /// - Complexity: No allocation, at most three stores.
    package mutating func append(unsigned value: UInt64) {
        append(digitsOf: value, width: NumberText.digitCount(value))
    }

    /// Appends an integer with a minus sign where it is negative.
    ///
    /// - Complexity: No allocation.
    package mutating func append(signed value: Int64) {
        if value < 0 { append(UInt8(ascii: "-")) }
        append(unsigned: value.magnitude)
    }

    /// Appends a number as Go's `strconv.FormatFloat(f, 'g', -1, 64)` prints it, which is what Prometheus itself writes.
    ///
    /// The digits are the fewest that read back as the same number. An exponent of at least two digits is written below
    /// 1e-04 and from 1e+06 on. The others are `NaN`, `+Inf`, `-Inf` and, for the negative zero, `-0`.
    ///
    /// - Complexity: No allocation for integers below 2^53 and for decimals with few places; otherwise the standard
    ///   library's search for the shortest digits, whose text of over 15 bytes is one short-lived allocation.
    package mutating func append(double value: Double) {
        guard value.isFinite else { return append(notFinite: value) }
        if value.sign == .minus { append(UInt8(ascii: "-")) }
        let magnitude = value.magnitude
        if magnitude < 1e6 {
            let whole = UInt64(magnitude)
            if Double(whole) == magnitude { return append(unsigned: whole) }
        }
        append(decimal: NumberText.shortest(magnitude))
    }

    /// Appends the bound of a bucket or the rank of a quantile in the one way that OpenMetrics asks for.
    ///
    /// It is ``append(double:)`` with `.0` where the text would look like an integer: `1.0`, `1e-05`, `100000.0`, `1e+06`
    /// (OpenMetrics 1.0.0, section "Considerations: Canonical Numbers").
    package mutating func append(canonicalBound value: Double) {
        append(double: value)
        let magnitude = value.magnitude
        if magnitude < 1e6, Double(UInt64(magnitude)) == magnitude { append(lowBytesOf: 0x302E, 2) }
    }

    /// Appends seconds since 1970 so that they read back as the same number.
    ///
    /// Times of these decades are seven places apart or more, and mostly of a clock that has no round numbers: those are written with
    /// that many places, which are not always the fewest, and all others as ``append(double:)`` writes them.
    ///
    /// - Complexity: No allocation for a time of these decades.
    package mutating func append(unixTime seconds: Double) {
        // From here to there two neighbours are between 2^-22 and 2^-20 apart: the seventh place is less than half of that.
        guard seconds >= 0x1p30, seconds < 0x1p33, (seconds * 1e3).rounded() / 1e3 != seconds else {
            return append(double: seconds)
        }
        let whole = seconds.rounded(.down)
        let places = UInt64(((seconds - whole) * 1e7).rounded())
        append(nanosecondsAsSeconds: UInt64(whole) * 1_000_000_000 + places * 100)
    }

    /// Appends nanoseconds as seconds, exactly and without trailing zeros: `0`, `1.5`, `0.000000001`.
    ///
    /// - Complexity: No allocation.
    package mutating func append(nanosecondsAsSeconds value: UInt64) {
        let (seconds, nanoseconds) = value.quotientAndRemainder(dividingBy: 1_000_000_000)
        append(unsigned: seconds)
        append(nanosecondFraction: nanoseconds)
    }
}

extension PageBuffer {
    /// Appends the last `width` digits of `value`, with zeros in front where it has fewer; `width` is 1 to 20.
    @inline(__always)
    private mutating func append(digitsOf value: UInt64, width: Int) {
        if width <= 8 { return append(lastDigitsOf: value, width) }
        let (high, low) = value.quotientAndRemainder(dividingBy: 100_000_000)
        if width <= 16 {
            append(lastDigitsOf: high, width &- 8)
        } else {
            let (top, middle) = high.quotientAndRemainder(dividingBy: 100_000_000)
            append(lastDigitsOf: top, width &- 16)
            append(lastDigitsOf: middle, 8)
        }
        append(lastDigitsOf: low, 8)
    }

    @inline(__always)
    private mutating func append(lastDigitsOf value: UInt64, _ width: Int) {
        append(lowBytesOf: NumberText.eightDigits(value) &>> UInt64(truncatingIfNeeded: 8 &* (8 &- width)), width)
    }

    /// Appends a point and the places of a second, or nothing for zero.
    @inline(__always)
    private mutating func append(nanosecondFraction nanoseconds: UInt64) {
        guard nanoseconds != 0 else { return }
        let fraction = NumberText.Decimal(trimming: nanoseconds, exponent: -9)
        append(UInt8(ascii: "."))
        append(digitsOf: fraction.digits, width: -fraction.exponent)
    }

    /// Lays out the shortest digits of a number, with an exponent or without.
    private mutating func append(decimal: NumberText.Decimal) {
        let digitCount = NumberText.digitCount(decimal.digits)
        let exponent = digitCount + decimal.exponent - 1
        if exponent < -4 || exponent >= 6 {
            let places = digitCount - 1
            let (lead, rest) = decimal.digits.quotientAndRemainder(dividingBy: NumberText.power(ofTen: places))
            append(UInt8(ascii: "0") &+ UInt8(truncatingIfNeeded: lead))
            if places > 0 {
                append(UInt8(ascii: "."))
                append(digitsOf: rest, width: places)
            }
            append(UInt8(ascii: "e"))
            append(exponent < 0 ? UInt8(ascii: "-") : UInt8(ascii: "+"))
            let size = UInt64(exponent.magnitude)
            append(digitsOf: size, width: size < 100 ? 2 : 3)
        } else {
            // Integers below 1e+06 were written before, so that there is at least one place.
            let places = -decimal.exponent
            let unit = NumberText.power(ofTen: min(places, 19))
            let (whole, fraction) = decimal.digits.quotientAndRemainder(dividingBy: unit)
            append(unsigned: whole)
            append(UInt8(ascii: "."))
            append(digitsOf: fraction, width: places)
        }
    }

    @inline(never)
    private mutating func append(notFinite value: Double) {
        if value.isNaN {
            append("NaN")
        } else {
            append(value < 0 ? "-Inf" : "+Inf")
        }
    }
}

/// A number as a page has it.
struct PageNumber: Equatable {
    /// The number itself.
    var value: Double
    /// Its magnitude when it was written with digits alone and is below 2^64: a `Double` does not hold all of those.
    var whole: UInt64?

    /// The number as a count: a whole number from 0 to 2^64 - 1, however it is written.
    var count: UInt64? {
        if value < 0 { return nil }
        return whole ?? UInt64(exactly: value)
    }

    /// The number as a signed integer that was written as one.
    var integer: Int64? {
        guard let whole else { return nil }
        if value.sign == .plus { return Int64(exactly: whole) }
        return whole <= 1 << 63 ? Int64(truncatingIfNeeded: 0 &- whole) : nil
    }
}

/// Reads numbers out of bytes (OpenMetrics 1.0.0, "ABNF": `number`), which is also what Prometheus' text formats mean by a float.
enum NumberReader {
    /// Reads the longest number that begins at a place.
    ///
    /// Most numbers have few enough digits to be exact integers with a power of ten that is exact too; then one division or
    /// multiplication rounds correctly. The others go through the standard library.
    ///
    /// - Returns: the number and the place behind it; `nil` when there is no number or none that a `Double` can hold.
    static func read(_ bytes: Span<UInt8>, from start: Int) -> (number: PageNumber, end: Int)? {
        var digits = Digits()
        var index = start
        if index < bytes.count, bytes[index] == UInt8(ascii: "-") || bytes[index] == UInt8(ascii: "+") { index += 1 }
        let isNegative = index > start && bytes[start] == UInt8(ascii: "-")
        let first = index
        while index < bytes.count, let digit = digit(bytes[index]) {
            digits.append(digit)
            index += 1
        }
        var digitCount = index - first
        var isWhole = true
        if index < bytes.count, bytes[index] == UInt8(ascii: ".") {
            isWhole = false
            index += 1
            let fraction = index
            while index < bytes.count, let digit = digit(bytes[index]) {
                digits.append(digit)
                index += 1
            }
            digitCount += index - fraction
            digits.exponent -= index - fraction
        }
        guard digitCount > 0 else {
            return isWhole ? word(bytes, from: first, isSigned: first > start, isNegative: isNegative) : nil
        }
        if index < bytes.count, bytes[index] | 0x20 == UInt8(ascii: "e") {
            isWhole = false
            guard let (exponent, end) = self.exponent(bytes, from: index + 1) else { return nil }
            digits.exponent += exponent
            index = end
        }
        let exact = digits.value.map { isNegative ? -$0 : $0 }
        guard let value = exact ?? standard(bytes, start..<index), value.isFinite else { return nil }
        return (PageNumber(value: value, whole: isWhole && !digits.isCut ? digits.significand : nil), index)
    }

    /// The digits of a number without their point.
    private struct Digits {
        var significand: UInt64 = 0
        /// The power of ten that they are multiplied with.
        var exponent = 0
        /// Whether there were more digits than `significand` holds.
        var isCut = false

        @inline(__always)
        mutating func append(_ digit: UInt64) {
            if significand < 1_000_000_000_000_000_000 {
                significand = significand &* 10 &+ digit
            } else {
                appendLast(digit)
            }
        }

        /// The twentieth digit, if it fits, and all after it.
        private mutating func appendLast(_ digit: UInt64) {
            let (tens, isTooMuch) = significand.multipliedReportingOverflow(by: 10)
            let (sum, isTooMuchStill) = tens.addingReportingOverflow(digit)
            if isCut || isTooMuch || isTooMuchStill {
                isCut = true
                exponent += 1
            } else {
                significand = sum
            }
        }

        /// The number, where it takes no more than one rounding.
        var value: Double? {
            guard !isCut else { return nil }
            if exponent == 0 || significand == 0 { return Double(significand) }
            guard significand <= 1 << 53, exponent >= -22, exponent <= 22 else { return nil }
            let power = NumberReader.powers[Int(exponent.magnitude)]
            return exponent < 0 ? Double(significand) / power : Double(significand) * power
        }
    }

    /// The powers of ten that are exact.
    private static let powers: [Double] = [
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19,
        1e20, 1e21,
        1e22,
    ]

    @inline(__always)
    private static func digit(_ byte: UInt8) -> UInt64? {
        let digit = byte &- UInt8(ascii: "0")
        return digit < 10 ? UInt64(digit) : nil
    }

    private static func exponent(_ bytes: Span<UInt8>, from start: Int) -> (Int, end: Int)? {
        var index = start
        if index < bytes.count, bytes[index] == UInt8(ascii: "-") || bytes[index] == UInt8(ascii: "+") { index += 1 }
        let isNegative = index > start && bytes[start] == UInt8(ascii: "-")
        let first = index
        var exponent = 0
        while index < bytes.count, let digit = digit(bytes[index]) {
            // More than any line has digits: what lies above is zero or too large either way.
            exponent = min(exponent * 10 + Int(digit), 1 << 40)
            index += 1
        }
        return index > first ? (isNegative ? -exponent : exponent, index) : nil
    }

    /// Reads with the standard library, which rounds correctly whatever the number of digits.
    private static func standard(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Double? {
        var text = ""
        text.reserveCapacity(range.count)
        for index in range { text.unicodeScalars.append(Unicode.Scalar(bytes[index])) }
        return Double(text)
    }

    /// Reads `Inf`, `Infinity` or `NaN` in any case; the latter has no sign.
    private static func word(
        _ bytes: Span<UInt8>, from start: Int, isSigned: Bool, isNegative: Bool
    ) -> (number: PageNumber, end: Int)? {
        var end = start
        while end < bytes.count, bytes[end] | 0x20 >= UInt8(ascii: "a"), bytes[end] | 0x20 <= UInt8(ascii: "z") {
            end += 1
        }
        func isWord(_ word: StaticString) -> Bool {
            guard end - start == word.utf8CodeUnitCount else { return false }
            var index = start
            return word.description.utf8.allSatisfy { byte in
                defer { index += 1 }
                return bytes[index] | 0x20 == byte
            }
        }
        if isWord("nan"), !isSigned { return (PageNumber(value: .nan), end) }
        guard isWord("inf") || isWord("infinity") else { return nil }
        return (PageNumber(value: isNegative ? -.infinity : .infinity), end)
    }
}

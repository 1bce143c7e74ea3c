import Testing

@testable import Vernier

@Suite struct NumberTextTests {
    @Test func `unsigned integers print their digits at every length`() {
        var power: UInt64 = 1
        for _ in 0..<20 {
            for value in [power &- 1, power, power &+ 1, power &* 9, power &* 5 &+ 3] {
                #expect(PageBuffer.written { $0.append(unsigned: value) } == String(value))
            }
            power &*= 10
        }
        for bit in 0..<64 {
            for value in [1 << UInt64(bit), UInt64.max >> UInt64(bit)] {
                #expect(PageBuffer.written { $0.append(unsigned: value) } == String(value))
            }
        }
    }

    @Test func `the digits of a number below 10^8 start with the first one`() {
        var power: UInt64 = 1
        for _ in 0..<8 {
            for value in [power - 1, power, power + 1, power * 9, power * 10 - 1] where value < 100_000_000 {
                let (word, count) = NumberText.digits(below10E8: value)
                let digits: [UInt8] = (0..<count).map { index in UInt8(truncatingIfNeeded: word >> UInt64(8 * index)) }
                #expect(digits == bytes(String(value)))
            }
            power *= 10
        }
    }

    @Test func `every number of up to five digits prints right`() {
        var buffer = PageBuffer()
        var expected = ""
        for value in 0..<100_000 as Range<UInt64> {
            buffer.append(unsigned: value)
            expected += String(value)
        }
        #expect(buffer.text == expected)
    }

    @Test(arguments: [0, 1, -1, 9, -10, 1234567, -99_999_999, Int64.max, Int64.min])
    func `signed integers carry their sign`(value: Int64) {
        #expect(PageBuffer.written { $0.append(signed: value) } == String(value))
    }

    @Test(
        arguments: [
            (0, "0"), (-0.0, "-0"), (1, "1"), (-1, "-1"), (0.5, "0.5"), (-0.25, "-0.25"), (100, "100"),
            (123456, "123456"),
            (100_000, "100000"), (999_999, "999999"), (1e6, "1e+06"), (-1e6, "-1e+06"), (1_000_001, "1.000001e+06"),
            (1_234_567, "1.234567e+06"), (12_345_678, "1.2345678e+07"), (999_999.5, "999999.5"),
            (1_000_000.5, "1.0000005e+06"),
            (123456.789, "123456.789"), (0.1, "0.1"), (0.2 + 0.1, "0.30000000000000004"),
            (1.0 / 3, "0.3333333333333333"),
            (2.0 / 3, "0.6666666666666666"), (0.001, "0.001"), (0.0001, "0.0001"),
            (0.00012345678901234567, "0.00012345678901234567"),
            (0.00001, "1e-05"), (0.000012, "1.2e-05"), (1e-7, "1e-07"), (1e-9, "1e-09"), (1.5e-9, "1.5e-09"),
            (1e-10, "1e-10"),
            (1e9, "1e+09"), (1e10, "1e+10"), (1e15, "1e+15"), (1e16, "1e+16"), (1e21, "1e+21"), (1e22, "1e+22"),
            (1e23, "1e+23"),
            (1e99, "1e+99"), (1e100, "1e+100"), (1e-99, "1e-99"), (1e-100, "1e-100"), (0x1p53, "9.007199254740992e+15"),
            (0x1p53 - 1, "9.007199254740991e+15"), (0x1p53 + 2, "9.007199254740994e+15"),
            (0x1p63, "9.223372036854776e+18"),
            (0x1p64, "1.8446744073709552e+19"), (1234567890.123, "1.234567890123e+09"),
            (999_999_999_999.5, "9.999999999995e+11"),
            (1754000000.123456, "1.754000000123456e+09"), (9e15, "9e+15"), (0x1p-44, "5.684341886080802e-14"),
            (.leastNonzeroMagnitude, "5e-324"), (.leastNormalMagnitude, "2.2250738585072014e-308"),
            (.greatestFiniteMagnitude, "1.7976931348623157e+308"),
            (-.greatestFiniteMagnitude, "-1.7976931348623157e+308"),
            (.infinity, "+Inf"), (-.infinity, "-Inf"), (.nan, "NaN"), (-.nan, "NaN"), (.signalingNaN, "NaN"),
        ] as [(Double, String)])
    func `doubles print as Go's shortest format does`(value: Double, expected: String) {
        #expect(PageBuffer.written { $0.append(double: value) } == expected)
    }

    @Test func `every double reads back as the same bits`() {
        var random = SplitMix(seed: 1)
        for round in 0..<100_000 {
            let value: Double =
                switch round % 4 {
                case 0: Double(bitPattern: random.next())
                case 1: Double(random.next() % 1_000_000_000_000) / 1000
                case 2: Double(Int64(bitPattern: random.next()) >> Int64(random.next() % 64))
                default: Double(random.next() >> 11) * 0x1p-53
                }
            guard value.isFinite else { continue }
            let digits = PageBuffer.written { $0.append(double: value) }
            if Double(digits)?.bitPattern != value.bitPattern { Issue.record("\(value) printed as \(digits)") }
        }
    }

    @Test(
        arguments: [
            (0, "0.0"), (-0.0, "-0.0"), (1, "1.0"), (-1, "-1.0"), (0.5, "0.5"), (0.99, "0.99"), (10, "10.0"),
            (100_000, "100000.0"),
            (999_999, "999999.0"), (1e6, "1e+06"), (0.0001, "0.0001"), (0.00001, "1e-05"), (2.5, "2.5"),
            (1_234_567, "1.234567e+06"),
            (.infinity, "+Inf"), (-.infinity, "-Inf"), (.nan, "NaN"), (1e300, "1e+300"),
        ] as [(Double, String)])
    func `bounds print in OpenMetrics' canonical form`(value: Double, expected: String) {
        #expect(PageBuffer.written { $0.append(canonicalBound: value) } == expected)
    }

    @Test(
        arguments: [
            (0, "0"), (1, "0.000000001"), (10, "0.00000001"), (1_500_000_000, "1.5"), (1_000_000_000, "1"),
            (999_999_999, "0.999999999"),
            (100_000_000, "0.1"), (123_456_789_123_456_789, "123456789.123456789"), (60_000_000_000, "60"),
            (1_050_000_000, "1.05"), (20, "0.00000002"), (UInt64.max, "18446744073.709551615"),
        ] as [(UInt64, String)])
    func `nanoseconds print as exact seconds`(value: UInt64, expected: String) {
        #expect(PageBuffer.written { $0.append(nanosecondsAsSeconds: value) } == expected)
    }
}

/// A small deterministic generator, so that a failure repeats.
struct SplitMix: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}

import Testing
import Vernier

@testable import VernierParsing

@Suite("NumberReader")
struct NumberReaderTests {
    private func read(_ text: String) -> PageNumber? {
        let bytes = Array(text.utf8)
        guard let (number, end) = NumberReader.read(bytes.span, from: 0), end == bytes.count else { return nil }
        return number
    }

    @Test(
        "reads every spelling of a number",
        arguments: [
            ("0", 0.0), ("-0", -0.0), ("+1", 1), ("1.", 1), (".5", 0.5), ("-.5e1", -5), ("1.e2", 100), ("1E+2", 100),
            ("1e-2", 0.01),
            ("0.1", 0.1), ("123456789012345678", 123456789012345680), ("18446744073709551615", 0x1p64),
            ("18446744073709551616", 0x1p64), ("99999999999999999999", 1e20),
            ("0.30000000000000004", 0.30000000000000004),
            ("5e-324", .leastNonzeroMagnitude), ("1.7976931348623157e308", .greatestFiniteMagnitude),
            ("1e-999999999999999999999", 0),
            ("0e999999999999999999999", 0), ("Inf", .infinity), ("+inf", .infinity), ("-INFINITY", -.infinity),
            ("0000000000000000000000000000000000000000001.2e-1", 0.12), ("9007199254740993", 9007199254740992),
            ("9007199254740993.0", 9007199254740992), ("9007199254740993.00000000000000000001", 9007199254740994),
            ("1e22", 1e22),
            ("1e23", 1e23),
        ])
    func numbers(_ text: String, _ value: Double) throws {
        let number = try #require(read(text))
        #expect(number.value.bitPattern == value.bitPattern)
    }

    @Test("reads NaN in any case")
    func nan() throws {
        for text in ["NaN", "nan", "NAN"] { #expect(try #require(read(text)).value.isNaN) }
    }

    @Test(
        "refuses what is no number and what no Double holds",
        arguments: [
            "", "-", "+", ".", "e1", "1e", "1e+", "1_0", "0x1", "0x1p-3", "0b1", "1..", "1.1.1", "--1", "+nan", "-NaN",
            "infinit",
            "in", "nano", "1e999", "-1e400", "١", "1f", " 1", "1 ", ".e1",
        ])
    func notNumbers(_ text: String) {
        #expect(read(text) == nil)
    }

    @Test("whole numbers below 2^64 are exact")
    func whole() {
        #expect(read("18446744073709551615")?.count == .max)
        #expect(read("18446744073709551616")?.count == nil)
        #expect(read("9007199254740993")?.count == 9_007_199_254_740_993)
        #expect(read("3.0")?.count == 3)
        #expect(read("1e3")?.count == 1000)
        #expect(read("1.5")?.count == nil)
        #expect(read("-1")?.count == nil)
        #expect(read("-0")?.count == 0)
        #expect(read("NaN")?.count == nil)
        #expect(read("Inf")?.count == nil)
    }

    @Test("signed integers are those that were written as such")
    func integers() {
        #expect(read("9223372036854775807")?.integer == .max)
        #expect(read("9223372036854775808")?.integer == nil)
        #expect(read("-9223372036854775808")?.integer == .min)
        #expect(read("-9223372036854775809")?.integer == nil)
        #expect(read("-5")?.integer == -5)
        #expect(read("1.0")?.integer == nil)
    }
}

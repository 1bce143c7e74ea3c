import Testing

@testable import Vernier

@Suite struct AmountTests {
    @Test func secondsAreWhatAParserReadsFromTheirText() {
        var random = SystemRandomNumberGenerator()
        let edges: [UInt64] = [0, 1, 999_999_999, 1 << 53, (1 << 53) + 1, 1 << 63, .max - 1, .max]
        let values = edges + (0..<10_000).map { UInt64.random(in: 0...(.max), using: &random) >> UInt64($0 % 64) }
        for value in values {
            var text = PageBuffer()
            text.append(nanosecondsAsSeconds: value)
            let read = Double(String(decoding: text.array, as: UTF8.self))
            #expect(Amount.nanoseconds(value).double == read, "\(value)")
        }
    }
}

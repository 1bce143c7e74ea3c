import Testing

@testable import Vernier

@Suite struct PlatformTests {
    @Test func `clocks tell the time`() {
        #expect(Platform.processorCount >= 1)
        #expect(Platform.unixSeconds > 1.7e9)
        let before = CoarseClock.nanoseconds()
        #expect(before > 0)
        #expect(CoarseClock.nanoseconds() >= before)
    }
}

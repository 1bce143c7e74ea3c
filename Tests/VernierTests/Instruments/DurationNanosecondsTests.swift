import Testing

@testable import Vernier

@Suite struct DurationNanosecondsTests {
    @Test(
        arguments: [
            (Duration.zero, 0), (.nanoseconds(1), 1), (.seconds(1), 1_000_000_000),
            (.nanoseconds(Int64.max), UInt64(Int64.max)),
            (Duration(secondsComponent: 18, attosecondsComponent: 446_744_073_709_551_615), 18_446_744_073),
            (Duration(secondsComponent: 18, attosecondsComponent: 446_744_073_709_551_616), 18_446_744_073),
            (Duration(secondsComponent: 18_446_744_073, attosecondsComponent: 709_551_615_000_000_000), .max),
            (Duration(secondsComponent: 18_446_744_073, attosecondsComponent: 709_551_616_000_000_000), .max),
            (.seconds(Int64.max), .max), (Duration(secondsComponent: 0, attosecondsComponent: 999_999_999), 0),
            (.nanoseconds(-1), nil), (Duration(secondsComponent: 0, attosecondsComponent: -1), nil),
            (.seconds(Int64.min), nil),
        ] as [(Duration, UInt64?)])
    func `a duration has whole nanoseconds, cut off and bounded`(duration: Duration, nanoseconds: UInt64?) {
        #expect(duration.wholeNanoseconds == nanoseconds)
    }
}

#if Hummingbird
    import Testing
    @testable import VernierHummingbird

    @Suite struct TimestampTests {
        @Test(arguments: [
            (0, 0, "1970-01-01T00:00:00.000Z"), (951_782_400, 7, "2000-02-29T00:00:00.007Z"),
            (1_772_323_199, 999, "2026-02-28T23:59:59.999Z"), (1_709_164_800, 10, "2024-02-29T00:00:00.010Z"),
            (4_107_542_400, 0, "2100-03-01T00:00:00.000Z"), (1_798_761_599, 1, "2026-12-31T23:59:59.001Z"),
        ])
        func `a time is written as RFC 3339 has it`(seconds: Int, milliseconds: Int, text: String) {
            #expect(Timestamp.text(seconds: seconds, milliseconds: milliseconds) == text)
        }

        @Test func `now is now`() {
            #expect(Timestamp.now > "2026-01-01T00:00:00.000Z")
            #expect(Timestamp.now.utf8.count == 24)
        }
    }
#endif

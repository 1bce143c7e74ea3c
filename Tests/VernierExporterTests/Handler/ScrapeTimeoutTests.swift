import Testing

@testable import VernierExporter

@Suite struct ScrapeTimeoutTests {
    @Test(arguments: [
        ("10", Duration.milliseconds(9500)), ("10.000000", .milliseconds(9500)), ("1", .milliseconds(900)),
        ("0.5", .milliseconds(450)), ("30", .milliseconds(29_500)), ("60", .seconds(30)), ("86400", .seconds(30)),
    ])
    func `a part of the scraper's time is kept back`(header: String, expected: Duration) throws {
        let duration = try #require(ScrapeTimeout.duration(header: header))
        #expect(abs((duration - expected) / .microseconds(1)) < 1)
    }

    @Test(arguments: [
        nil, "", "0", "-1", "abc", "inf", "nan", "1e3", "0x10", "10s", " 10", "86401", "99999999999999999999", ".",
        "1.2.3",
    ])
    func `what makes no sense is ignored`(header: String?) {
        #expect(ScrapeTimeout.duration(header: header) == nil)
    }
}

import Testing

@testable import Vernier

@Suite struct ProcessStatusTests {
    private static let rest =
        " S 1 8861 3230 0 -1 4194304 101 0 0 0 7 8 0 0 20 0 12 0 204514 3133440 383 18446744073709551615 94803053797376 1 2 3\n"
    private static let expected = [12, 204514, 3133440, 383] as [UInt64]

    private func read(_ line: String) -> [UInt64]? {
        ProcessStatus(parsing: Array(line.utf8)).map { [$0.threads, $0.startTicks, $0.virtualBytes, $0.residentPages] }
    }

    @Test(arguments: [
        "cat", "my program", "a) S 1 2 (b", ")", "))))", "((", "", ") S 9 9 9 9 9 9 9 9 9 9 9 9 9 9 9 9 9 9 9 9 9 9 9",
        "a\nb", "ä",
    ])
    func `fields are found behind any program name`(name: String) {
        #expect(read("8865 (\(name))" + ProcessStatusTests.rest) == ProcessStatusTests.expected)
    }

    @Test func `the last field that is read may end the line`() {
        #expect(read("1 (a) S 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21\n") == [17, 19, 20, 21])
        #expect(read("1 (a) S 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21") == [17, 19, 20, 21])
    }

    @Test(arguments: [
        "", "\n", "8865", "8865 (cat", "8865 (cat)", "8865 (cat) S 1 2 3", "no parentheses at all",
        "1 (a) S 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20",
        "1 (a) S 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 x 18 19 20 21",
        "1 (a) S 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 -1 18 19 20 21",
        "1 (a) S 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 99999999999999999999",
        "1 (a) S 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18  20 21",
    ])
    func `what is no such line is nil`(line: String) {
        #expect(read(line) == nil)
    }

    @Test func `the start is told in ticks of Unix time`() throws {
        let status = try #require(ProcessStatus(parsing: Array(("1 (a)" + ProcessStatusTests.rest).utf8)))
        #expect(status.startSeconds(systemStart: 1_795_262_940_123_456_789, ticksPerSecond: 100) == 1795264985.26)
    }
}

import ProgramSupport

/// Shows that every check can fail: judges good figures, and each with one thing made bad.
enum SelfTest {
    /// Prints a line for each case; returns the exit code.
    static func run() -> Int32 {
        var areAllRight = true
        func expect(_ figures: some Figures, fails: Bool, _ what: String) {
            let isRight = (figures.problem != nil) == fails && figures.line.hasPrefix(fails ? "FAILED " : "ok ")
            if !isRight { areAllRight = false }
            System.say(
                "\(isRight ? "ok" : "FAILED") self-test: \(fails ? "refused" : "accepted") \(what): \(figures.line)")
        }
        func judge<F: Figures>(_ good: F, _ what: String, _ bad: [(String, (inout F) -> Void)]) {
            expect(good, fails: false, what)
            for (change, spoil) in bad {
                var figures = good
                spoil(&figures)
                expect(figures, fails: true, "\(what), \(change)")
            }
        }
        judge(
            CreationFigures(series: 100_000, runs: 5, first: 200, last: 390), "creation",
            [
                ("slow at the end", { $0.last = 401 }), ("not measured", { $0.first = .nan }),
                ("no time at all", { $0.first = 0 }), ("never at the end", { $0.last = .infinity }),
            ])
        judge(
            StreamingFigures(
                way: "made up", series: 1_000, before: 50_000_000, peak: 53_999_999, duration: .seconds(1),
                bytes: 40_000,
                lines: 1_010, counted: 1_000, isComplete: true, expectedBytes: 40_000), "streaming",
            [
                ("memory", { $0.peak = 54_000_001 }), ("a series missing", { $0.counted = 999 }),
                ("a series twice", { $0.counted = 1_001 }), ("cut", { $0.isComplete = false }),
                ("bytes", { $0.bytes = 39_999 }),
            ])
        judge(
            BlockedPoolFigures(
                blockers: 24, isPoolBlocked: true, scrapes: 50, good: 50, slowest: .milliseconds(100)),
            "a blocked pool",
            [
                ("slow", { $0.slowest = .milliseconds(101) }), ("unanswered", { $0.good = 49 }),
                ("no scrape", { ($0.scrapes, $0.good) = (0, 0) }), ("not blocked", { $0.isPoolBlocked = false }),
            ])
        judge(
            SlowClientFigures(
                clients: 1_000, held: 1_000, opened: 1_000, scrapes: 90, good: 90, slowest: .seconds(1),
                before: 20_000_000,
                peak: 28_000_000, descriptorsBefore: 9, descriptorsMost: 1_500, descriptorsAfter: 9, back: .seconds(1)),
            "slow clients",
            [
                ("slow", { $0.slowest = .milliseconds(1_001) }), ("unanswered", { $0.good = 89 }),
                ("no scrape", { ($0.scrapes, $0.good) = (0, 0) }), ("memory", { $0.peak = 28_000_001 }),
                ("a descriptor left", { $0.descriptorsAfter = 10 }), ("late", { $0.back = .milliseconds(2_001) }),
                ("too few clients", { $0.held = 999 }),
            ])
        return areAllRight ? 0 : 1
    }
}

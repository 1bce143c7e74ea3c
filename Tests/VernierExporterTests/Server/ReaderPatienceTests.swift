import Testing

@testable import VernierExporter

@Suite struct ReaderPatienceTests {
    private func patience(_ time: Duration) -> ReaderPatience {
        var limits = MetricsServer.Limits()
        limits.responseTime = time
        return ReaderPatience(limits)
    }

    @Test func `all waits together have the time of a response`() {
        var patience = patience(.milliseconds(250))
        var waits: [Duration] = []
        var lasts = true
        while lasts {
            waits.append(patience.nextWait)
            patience.spend(patience.nextWait)
            // What is taken meanwhile wins no time.
            patience.noteProgress()
            lasts = patience.lasts(at: .now, refusals: 0, othersWait: false)
        }
        #expect(waits == [.milliseconds(100), .milliseconds(100), .milliseconds(50)])
    }

    @Test(
        arguments: [
            // After so many milliseconds, with so many refusals; whether others wait; whether it takes something before.
            ([(0, 3), (30_000, 3)], false, false, true), ([(0, 3), (31_000, 4)], false, false, false),
            ([(0, 0), (999, 0)], true, false, true), ([(0, 0), (1000, 0)], true, false, false),
            ([(0, 0), (1500, 0)], true, true, true), ([(0, 3), (31_000, 4)], false, true, true),
        ] as [([(milliseconds: Int, refusals: Int)], Bool, Bool, Bool)])
    func `who takes nothing has a second while others wait or are turned away`(
        looks: [(milliseconds: Int, refusals: Int)], othersWait: Bool, takes: Bool, lasts: Bool
    ) {
        let start = ContinuousClock.now
        var patience = patience(.seconds(60))
        var result = true
        for look in looks {
            if takes { patience.noteProgress() }
            result = patience.lasts(
                at: start + .milliseconds(look.milliseconds), refusals: look.refusals, othersWait: othersWait)
        }
        #expect(result == lasts)
    }
}

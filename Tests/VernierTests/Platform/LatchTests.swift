import Testing

@testable import Vernier

@Suite struct LatchTests {
    @Test func `a latch of nothing is open`() {
        let start = ContinuousClock.now
        Latch(count: 0).wait(atMost: .seconds(60))
        #expect(ContinuousClock.now - start < .seconds(30))
    }

    @Test(arguments: [Duration.zero, .seconds(-1), .milliseconds(20)])
    func `waiting ends when the time is over`(timeout: Duration) {
        let start = ContinuousClock.now
        Latch(count: 1).wait(atMost: timeout)
        #expect(ContinuousClock.now - start >= min(timeout, .milliseconds(19)))
    }

    @Test func `waiting ends when all is done, however long it may take`() {
        let latch = Latch(count: 3)
        for _ in 0..<3 { #expect(OwnThread.start { latch.countDown() }) }
        let start = ContinuousClock.now
        latch.wait(atMost: .seconds(Int64.max))
        #expect(ContinuousClock.now - start < .seconds(60))
    }
}

import Testing

@testable import Vernier

@Suite struct FlagTests {
    @Test func `of many threads one raises the flag`() async {
        let flag = Flag()
        let winners = Box(0)
        await onThreads(4) { _ in
            for _ in 0..<100 where flag.raise() { winners.change { $0 += 1 } }
        }
        #expect(winners.value == 1)
    }
}

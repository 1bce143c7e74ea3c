import Testing

@testable import Vernier

@Suite struct ExemplarSamplingTests {
    @Test(arguments: [
        (ExemplarSampling.byHand, 0 as UInt64), (.automatic, 1_000_000_001), (.automatic(every: .zero), 1),
        (.automatic(every: .seconds(-1)), 1), (.automatic(every: .milliseconds(2)), 2_000_001),
        (.automatic(every: .seconds(Int64.max)), 1 << 62 + 1),
    ]) func `sampling is one number`(sampling: ExemplarSampling, word: UInt64) {
        #expect(sampling.word == word)
        let shared = SharedWords(cellWords: 2, bounds: [], exemplars: sampling)
        #expect(shared.exemplarInterval == sampling.interval)
    }
}

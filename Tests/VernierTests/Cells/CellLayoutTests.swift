import Testing

@testable import Vernier

@Suite struct CellLayoutTests {
    @Test(arguments: [
        (CellLayout.Kind.sum, 2), (.value, 2), (.state, 1), (.histogram(buckets: 12), 15), (.summary, 5),
    ]) func `a kind has as many words as it keeps numbers`(kind: CellLayout.Kind, words: Int) {
        #expect(CellLayout(kind: kind).words == words)
    }

    @Test func `series of a large family have fewer stripes, a state has one`() {
        let layout = CellLayout(kind: .sum)
        #expect(layout.stripes(forSlot: 0) == Stripe.count)
        #expect(layout.stripes(forSlot: 63) == Stripe.count)
        #expect(layout.stripes(forSlot: 64) == min(Stripe.count, 8))
        #expect(layout.stripes(forSlot: 1024) == 4)
        #expect(CellLayout(kind: .state).stripes(forSlot: 0) == 1)
    }

    @Test func `a gauge has its value beside a share in each stripe`() {
        #expect(CellLayout(kind: .value).copies(forStripes: 8) == 9)
        #expect(CellLayout(kind: .sum).copies(forStripes: 8) == 8)
    }

    @Test func `the number of stripes is a power of two from 8 to 64`() {
        #expect(Stripe.count.nonzeroBitCount == 1)
        #expect((8...64).contains(Stripe.count))
    }
}

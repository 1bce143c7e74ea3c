import Testing

@testable import Vernier

@Suite struct NativeCellLimitTests {
    private typealias Bucket = NativeHistogramPoint.Bucket

    private let registry = Registry()

    private func histogram(_ native: NativeBuckets) -> Histogram {
        Histogram("sizes", help: "S.", buckets: [10], native: native, registry: registry)
    }

    private var native: NativeHistogramPoint? { registry.histogram("sizes")?.native }

    @Test func `more buckets than the limit make all of them twice as wide`() {
        let histogram = histogram(NativeBuckets(growthFactor: 2, limit: 4))
        for value in [1.0, 2, 4, 8] { histogram.observe(value) }
        #expect(native?.schema == 0)
        histogram.observe(16)
        #expect(native?.schema == -1)
        #expect(
            native?.positive == [Bucket(index: 0, count: 1), Bucket(index: 1, count: 2), Bucket(index: 2, count: 2)])
        for _ in 0..<3 { histogram.observe(8) }
        #expect(native?.positive.last == Bucket(index: 2, count: 5))
        #expect(registry.histogram("sizes")?.count == 8)
    }

    @Test func `the zero bucket takes in the nearest buckets first, as far as it may`() {
        let histogram = histogram(NativeBuckets(growthFactor: 2, limit: 4, maximumZeroThreshold: 2))
        for value in [1.0, -1, 2, 4, 8] { histogram.observe(value) }
        #expect(native?.schema == 0)
        #expect(native?.zeroThreshold == 1)
        #expect(native?.zeroCount == 2)
        histogram.observe(0.75)
        histogram.observe(16)
        histogram.observe(32)
        #expect(native?.zeroThreshold == 2)
        #expect(native?.zeroCount == 4)
        histogram.observe(64)
        // No farther than to 2: from here on buckets become wider.
        #expect(native?.zeroThreshold == 2)
        #expect(native?.schema == -1)
        #expect(native?.positive.map(\.index) == [1, 2, 3])
    }

    @Test func `at the coarsest schema more buckets stay`() {
        let histogram = histogram(NativeBuckets(growthFactor: 65_536, limit: 4))
        for exponent in 0..<20 { histogram.observe(Double(sign: .plus, exponent: exponent * 16, significand: 1)) }
        #expect(native?.schema == -4)
        #expect(native?.positive.count == 20)
        histogram.observe(1)
        #expect(native?.positive.first == Bucket(index: 0, count: 2))
    }

    @Test func `an old histogram starts again with the observation that was too much`() {
        let histogram = histogram(NativeBuckets(growthFactor: 2, limit: 4, minimumResetInterval: .nanoseconds(1)))
        for value in [1.0, 2, 4, 8, 8] { histogram.observe(value) }
        #expect(registry.histogram("sizes")?.count == 5)
        histogram.observe(16)
        #expect(registry.histogram("sizes")?.counts == [0, 1])
        #expect(registry.histogram("sizes")?.sum == 16)
        #expect(native?.schema == 0)
        #expect(native?.positive == [Bucket(index: 4, count: 1)])
        for exponent in 0..<6 { histogram.observe(.seconds(1 << exponent)) }
        #expect((registry.histogram("sizes")?.count ?? 0) < 6)
    }

    @Test func `a young histogram does not start again`() {
        let histogram = histogram(NativeBuckets(growthFactor: 2, limit: 4, minimumResetInterval: .seconds(3_600)))
        for exponent in 0..<40 { histogram.observe(Double(sign: .plus, exponent: exponent, significand: 1)) }
        #expect(registry.histogram("sizes")?.count == 40)
        #expect(native?.schema ?? 0 < 0)
    }

    @Test func `nobody starts again while somebody else reads`() {
        let histogram = histogram(NativeBuckets(growthFactor: 2, limit: 4, minimumResetInterval: .nanoseconds(1)))
        let shared = histogram.cell.shared
        #expect(shared.takeTurn())
        #expect(!shared.takeTurn())
        for value in [1.0, 2, 4, 8, 16] { histogram.observe(value) }
        shared.endTurn()
        #expect(registry.histogram("sizes")?.count == 5)
        histogram.observe(16)
        #expect(registry.histogram("sizes")?.count == 1)
    }

    @Test func `one bucket in several stripes is one bucket`() {
        let histogram = histogram(NativeBuckets(growthFactor: 2, limit: 4))
        let cell = NativeCell(histogram.cell)
        for index in 0...Int(cell.stripeMask) {
            for value in [1.0, 2, 4, 8] {
                let (stripe, bucket) = (cell.stripe(at: index), cell.place(of: value))
                let word = cell.pages(of: stripe).made(bucket.tag, in: bucket.chain, cell.shared)
                #expect(cell.add(1, to: word.advanced(by: bucket.word), bucket))
                cell.state.addRelaxed(NativeWords.used, 1)
                stripe.addReleasing(HistogramWords.firstBucket, 1)
                _ = stripe.addAcquiring(HistogramWords.ticket, 1)
            }
        }
        #expect(cell.state.loadRelaxed(NativeWords.used) & NativeWords.usedMask > 4)
        histogram.observe(1)
        #expect(cell.state.loadRelaxed(NativeWords.used) & NativeWords.usedMask == 4)
        #expect(native?.schema == 0)
        #expect(native?.positive.count == 4)
    }

    @Test func `what the spare cell took comes back with its native buckets`() async {
        let (registry, histogram) = (registry, histogram(.standard))
        histogram.observe(1)
        let cell = NativeCell(histogram.cell)
        let stripes = (0...Int(cell.stripeMask)).map { cell.stripe(at: $0) }
        // One observation in each stripe takes its time between its ticket and its bucket, so that a reader diverts all of them.
        for stripe in stripes { _ = stripe.addAcquiring(HistogramWords.ticket, 1) }
        await onThreads(2) { number in
            if number == 0 {
                _ = registry.gather(names: ["sizes"])
            } else {
                for stripe in stripes {
                    while stripe.loadAcquiring(HistogramWords.ticket) & HistogramWords.diverted == 0 {
                        Platform.yieldThread()
                    }
                }
                for value in [0, 1, 3, -3, .nan] { histogram.observe(value) }
                for stripe in stripes { stripe.addReleasing(HistogramWords.firstBucket, 1) }
            }
        }
        #expect(registry.histogram("sizes")?.count == UInt64(6 + stripes.count))
        #expect(native?.zeroCount == 1)
        #expect(native?.positive == [Bucket(index: 0, count: 2), Bucket(index: 13, count: 1)])
        #expect(native?.negative == [Bucket(index: 13, count: 1)])
        // What the spare cell had is gone from it.
        let spare = histogram.cell.shared.spareCell
        #expect(cell.pages(of: spare).existing(cell.place(of: 1).tag, in: cell.place(of: 1).chain) == nil)
        #expect(spare.loadRelaxed(cell.zero) == 0)
    }

    @Test func `pages of removed series are used again`() {
        let family = HistogramFamily(
            "sizes", help: "S.", native: .standard, labels: .of(Label<String>("kind")), registry: registry)
        let shared = family.store.shared
        family["a"].observe(1)
        family["a"].observe(1_000)
        #expect(shared.takePage(next: 1) == nil)
        family.remove("a")
        family["a"].observe(1)
        let page = shared.takePage(next: 1)
        #expect(page != nil)
        #expect(shared.takePage(next: 1) == nil)
        if let page { shared.giveBack(page: page, next: 1) }
        family["a"].observe(2)
        family["a"].observe(3)
        family["a"].observe(1_000)
        #expect(shared.takePage(next: 1) == nil)
    }
}

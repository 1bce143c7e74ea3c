import Testing

@testable import Vernier

@Suite struct CellHistogramTests {
    /// Begins an observation in a stripe and leaves it there, as a thread does that is preempted.
    private func begin(in words: CellMemory) { _ = words.addAcquiring(HistogramWords.ticket, 1) }

    /// Does the rest of the observation of a value in a bucket.
    private func finish(_ value: Double, bucket: Int, in words: CellMemory) {
        words.addReleasing(HistogramWords.sum, double: value)
        words.addReleasing(HistogramWords.firstBucket + bucket, 1)
    }

    private func waitUntilDiverted(_ words: CellMemory) {
        while words.loadAcquiring(HistogramWords.ticket) & HistogramWords.diverted == 0 { Platform.yieldThread() }
    }

    /// An observation into a stripe that is known, by the same steps as the real one.
    private func observe(_ value: Double, bucket: Int, in words: CellMemory, spare: CellMemory) {
        let isDiverted = words.addAcquiring(HistogramWords.ticket, 1) & HistogramWords.diverted != 0
        finish(value, bucket: bucket, in: isDiverted ? spare : words)
    }

    @Test func `a reading waits for the observation under way and leaves out those that came after`() throws {
        let registry = Registry()
        let histogram = Histogram("wait", help: "Waits.", buckets: [1], registry: registry)
        let words = histogram.cell.stripe(at: 0)
        let spare = histogram.cell.shared.spareCell
        begin(in: words)
        let (first, done) = (Gate(), Gate())
        let reading = Box<HistogramPoint?>(nil)
        #expect(
            startThread {
                reading.set(registry.histogram("wait"))
                done.open()
            })
        waitUntilDiverted(words)
        for _ in 0..<3 { observe(0.5, bucket: 0, in: words, spare: spare) }
        first.wait(atMost: .milliseconds(20))
        finish(4, bucket: 1, in: words)
        done.wait(atMost: .seconds(30))
        let seen = try #require(reading.value)
        #expect(seen.counts == [0, 1])
        #expect(seen.sum == 4)

        let after = try #require(registry.histogram("wait"))
        #expect(after.counts == [3, 4])
        #expect(after.sum == 5.5)
        #expect(words.loadRelaxed(HistogramWords.ticket) == 4)
        #expect((0..<HistogramWords.firstBucket + 2).allSatisfy { spare.loadRelaxed($0) == 0 })
    }

    @Test func `setting back waits for the observation under way and keeps those that came after`() throws {
        let registry = Registry()
        let family = HistogramFamily(
            "set_back", help: "Set back.", buckets: [1], labels: .of(Label<Method>("method")), registry: registry)
        let cell = family[.get].cell
        let words = cell.stripe(at: 0)
        observe(8, bucket: 1, in: words, spare: cell.shared.spareCell)
        begin(in: words)
        let done = Gate()
        #expect(
            startThread {
                family.remove(.get)
                done.open()
            })
        waitUntilDiverted(words)
        observe(0.25, bucket: 0, in: words, spare: cell.shared.spareCell)
        finish(8, bucket: 1, in: words)
        done.wait(atMost: .seconds(30))
        let metric = try #require(registry.family("set_back")?.metrics.first)
        guard case .histogram(let point) = metric.point else {
            Issue.record("no histogram")
            return
        }
        #expect(point.counts == [1, 1])
        #expect(point.sum == 0.25)
    }

    @Test func `all stripes count`() throws {
        let registry = Registry()
        let histogram = Histogram("stripes", help: "Stripes.", buckets: [1, 2], registry: registry)
        let cell = histogram.cell
        for index in 0..<cell.stripeCount {
            observe(0.5, bucket: 0, in: cell.stripe(at: index), spare: cell.shared.spareCell)
            observe(8, bucket: 2, in: cell.stripe(at: index), spare: cell.shared.spareCell)
        }
        let count = UInt64(cell.stripeCount)
        let point = try #require(registry.histogram("stripes"))
        #expect(point.counts == [count, count, 2 * count])
        #expect(point.sum == 8.5 * Double(count))
    }
}

import Testing

@testable import Vernier

@Suite struct CellMarkedTests {
    private let labels = Labels1(Label<String>("name"))

    private func store(_ kind: CellLayout.Kind, _ bounds: [Double] = [], isMarked: Bool = true) -> SeriesStore {
        SeriesStore(
            layout: CellLayout(kind: kind, isMarked: isMarked), limit: 10, labelNames: ["name"], overflowValue: "more",
            bounds: HistogramBounds(bounds))
    }

    private func counters(isMarked: Bool = true) -> CounterFamily<Labels1<String>> {
        CounterFamily(store: store(.sum, isMarked: isMarked), labels: labels)
    }

    @Test func `a marked counter counts as any other`() {
        let family = counters()
        let counter = family["a"]
        counter.increment()
        counter.increment(by: 2)
        counter.increment(by: 0.5)
        #expect(counter.value == 3.5)
        #expect(family["a"].value == 3.5)
    }

    @Test func `only the stored generation has the mark, and only in a marked store`() {
        let (marked, plain) = (counters()["a"].cell, counters(isMarked: false)["a"].cell)
        #expect(marked.place.generationWord.loadRelaxed(0) & 0xffff_ffff == UInt64(CellPlace.mark))
        #expect(plain.place.generationWord.loadRelaxed(0) & 0xffff_ffff == 0)
        #expect((marked.place.generation, plain.place.generation) == (0, 0))
        #expect((marked.isCurrent, plain.isCurrent) == (false, true))
        #expect((marked.isLive, plain.isLive) == (true, true))
    }

    @Test func `a marked counter that was removed drops updates, also when its series is there again`() {
        let family = counters()
        let old = family["a"]
        old.increment()
        #expect(family.remove("a"))
        old.increment()
        old.increment(by: 1.5)
        #expect(!old.cell.isLive)
        #expect(family["a"].value == 0)
        old.increment()
        family["a"].increment(by: 7)
        #expect(family["a"].value == 7)
    }

    @Test func `a marked cell finds again what its family shares`() {
        let family = HistogramFamily(store: store(.histogram(buckets: 3), [1, 2]), labels: labels)
        let cell = family["a"].cell
        let found = cell.place.dueWords.memory(at: ExemplarWords.shared).map { SharedWords($0) }
        #expect(found?.bucketCount == 3)
        #expect(found?.bucket(of: 1.5) == 1)
        #expect(cell.place.exemplarWords.memory(at: ExemplarWords.first) == nil)
    }

    @Test func `a place outside of a marked family with finite labels takes updates and shows none`() {
        let store = SeriesStore(layout: CellLayout(kind: .sum, isMarked: true), fixed: [[]])
        let (inside, outside) = (Counter(cell: store.onlyCell), Counter(cell: Cell(store.fixedPlace(1), store.shared)))
        outside.increment()
        inside.increment(by: 2)
        #expect((inside.value, outside.value) == (2, 1))
        #expect(store.seriesCount == 1)
    }

    @Test func `a lease of a marked series ends as any other`() {
        let family = counters()
        let lease = family.lease("a")
        lease.instrument.increment()
        lease.end()
        #expect(family.store.state.withLock { $0.leaving.count } == 1)
        #expect(family.removeAll { _ in true } == 1)
        #expect(family.seriesCount == 0)
    }

    @Test func `a marked histogram observes as any other and drops what comes after its removal`() {
        let family = HistogramFamily(store: store(.histogram(buckets: 3), [1, 2]), labels: labels)
        let histogram = family["a"]
        histogram.observe(0.5)
        histogram.observe(.seconds(2))
        histogram.observe(3)
        var reading = HistogramReading(buckets: 3)
        #expect(histogram.cell.read(into: &reading))
        #expect(reading.buckets == [1, 1, 1])
        #expect(reading.total.double == 5.5)
        family.remove("a")
        histogram.observe(0.5)
        histogram.observe(.seconds(2))
        reading.clear()
        #expect(histogram.cell.read(into: &reading))
        #expect(reading.buckets == [1, 1, 1])
    }

    @Test func `the generation wraps below the mark`() {
        #expect(CellPlace.next(after: 0) == 2)
        #expect(CellPlace.next(after: 1) == 2)
        #expect(CellPlace.next(after: CellPlace.mark - 2) == 0)
        #expect(CellPlace.next(after: CellPlace.mark - 1) == 0)
    }

    @Test(arguments: [false, true]) func `a series that was removed very often goes on`(isMarked: Bool) {
        let family = counters(isMarked: isMarked)
        let old = family["a"]
        let word = old.cell.place.generationWord
        word.storeReleasing(0, word.loadRelaxed(0) | UInt64(CellPlace.mark - 2))
        #expect(!old.cell.isLive)
        let last = family["a"]
        last.increment()
        #expect(last.value == 1)
        #expect(family.remove("a"))
        #expect(family["a"].cell.place.generation == 0)
        last.increment()
        family["a"].increment()
        #expect(family["a"].value == 1)
    }
}

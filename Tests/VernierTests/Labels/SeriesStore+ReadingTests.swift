import Testing

@testable import Vernier

@Suite struct SeriesStoreReadingTests {
    @Test func `a pause comes after each batch and after the last series`() {
        let family = CounterFamily("many", help: "M.", labels: .of(Label<Int>("id")), registry: Registry())
        for id in 0..<300 { family[id].increment() }
        var (series, pauses) = (0, 0)
        family.store.forEachSeries({ _, _ in
            series += 1
            return true
        }) { pauses += 1 }
        #expect((series, pauses) == (300, 3))
    }

    @Test func `a sink that is full gets a pause at once and no series twice`() {
        let family = CounterFamily("many", help: "M.", labels: .of(Label<Int>("id")), registry: Registry())
        for id in 0..<10 { family[id].increment() }
        var texts: [String] = []
        var pauses = 0
        family.store.forEachSeries({ labels, _ in
            texts.append(text(labels.indices.map { labels[$0] }))
            return false
        }) { pauses += 1 }
        #expect(texts == (0..<10).map { "id=\"\($0)\"" })
        #expect(pauses == 10)
    }

    @Test func `the family may be used in a pause, and what is made there follows`() {
        let family = CounterFamily("many", help: "M.", labels: .of(Label<Int>("id")), registry: Registry())
        for id in 0..<200 { family[id].increment() }
        var seen = 0
        var isFirst = true
        family.store.forEachSeries({ _, _ in
            seen += 1
            return true
        }) {
            guard isFirst else { return }
            isFirst = false
            family[1_000].increment()
            family.remove(199)
        }
        #expect(seen == 200)
    }

    @Test func `a pause that throws ends the reading`() {
        let family = CounterFamily("many", help: "M.", labels: .of(Label<Int>("id")), registry: Registry())
        for id in 0..<300 { family[id].increment() }
        var seen = 0
        #expect(throws: Trouble.self) {
            try family.store.forEachSeries({ _, _ in
                seen += 1
                return true
            }) { throw Trouble() }
        }
        #expect(seen == SeriesStore.batch)
        family[0].increment()
        #expect(family[0].value == 2)
    }
}

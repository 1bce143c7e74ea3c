import Testing

@testable import Vernier

@Suite struct SeriesStoreTests {
    @Test func `slots lie in chunks of which each is as large as all before`() {
        #expect(SeriesStore.locate(0) == (0, 0))
        #expect(SeriesStore.locate(15) == (0, 15))
        #expect(SeriesStore.locate(16) == (1, 0))
        #expect(SeriesStore.locate(31) == (1, 15))
        #expect(SeriesStore.locate(32) == (2, 0))
        #expect(SeriesStore.locate(63) == (2, 31))
        #expect(SeriesStore.locate(1_000_000) == (16, 1_000_000 - 524_288))
    }

    @Test func `thousands of series are all found again and shown in the order of their making`() throws {
        let registry = Registry()
        let family = CounterFamily("items", help: "Items.", labels: .of(Label<Int>("id")), registry: registry)
        for round in 1...2 {
            for id in 0..<5_000 { family[id].increment(by: id + round) }
        }
        #expect(family.seriesCount == 5_000)
        let metrics = try #require(registry.family("items")?.metrics)
        let labels: [[LabelPair]] = (0..<5_000).map { [LabelPair("id", String($0))] }
        let points: [MetricPoint] = (0..<5_000).map { MetricPoint.counter(Double(2 * $0 + 3)) }
        #expect(metrics.map(\.labels) == labels)
        #expect(metrics.map(\.point) == points)
    }

    @Test func `series of finite labels are there before anybody asks`() {
        let store = SeriesStore(layout: CellLayout(kind: .sum), fixed: [bytes("a=\"1\""), bytes("a=\"2\"")])
        #expect(store.isFixed)
        #expect(store.seriesCount == 2)
        store.fixedCell(1).add(5)
        #expect(store.fixedCell(1).sums().integer == 5)
        #expect(store.fixedCell(0).sums().integer == 0)
        store.resetFixed(1)
        #expect(store.fixedCell(1).sums().integer == 0)
        store.fixedCell(0).add(double: 1.5)
        #expect(store.removeAll { _ in true } == 2)
        #expect(store.fixedCell(0).sums() == (0, 0))
    }

    @Test func `a value that a type of one's own places outside of its texts harms nothing`() {
        struct Wrong: LabelValue {
            var labelText: String { "wrong" }
            static var labelTexts: [String]? { ["one", "two"] }
            var labelIndex: Int
        }
        let registry = Registry()
        let counters = CounterFamily("counters", help: "C.", labels: .of(Label<Wrong>("a")), registry: registry)
        let summaries = SummaryFamily(
            "summaries", help: "S.", quantiles: [], labels: .of(Label<Wrong>("a")), registry: registry)
        for index in [2, -1, 1 << 40, .max, .min] {
            counters[Wrong(labelIndex: index)].increment()
            summaries[Wrong(labelIndex: index)].observe(1)
            counters.remove(Wrong(labelIndex: index))
            summaries.remove(Wrong(labelIndex: index))
            counters.lease(Wrong(labelIndex: index)).end()
        }
        #expect(registry.samples(of: "counters") == ["counters_total{a=\"one\"} 0", "counters_total{a=\"two\"} 0"])
        #expect(registry.samples(of: "summaries").contains("summaries_count{a=\"two\"} 0"))
    }

    @Test func `too many combinations of finite labels make an open family`() {
        enum Many: FiniteLabel {
            case a, b, c, d, e, f, g, h, i, j, k, l
        }
        let registry = Registry()
        let four = Label<Many>.self
        let open = CounterFamily(
            "open", help: "O.", labels: .of(four.init("a"), four.init("b"), four.init("c"), four.init("d")), limit: 3,
            registry: registry)
        #expect(open.seriesCount == 0)
        open[.a, .b, .c, .d].increment()
        #expect(registry.samples(of: "open") == ["open_total{a=\"a\",b=\"b\",c=\"c\",d=\"d\"} 1"])
        let dense = CounterFamily(
            "dense", help: "D.", labels: .of(four.init("a"), four.init("b"), four.init("c")), registry: registry)
        #expect(dense.seriesCount == 1_728)
    }

    @Test func `a limit below one is one`() {
        let registry = Registry()
        for limit in [0, -5, Int.min] {
            let family = CounterFamily(
                "limit\(limit == 0 ? "" : limit == -5 ? "_a" : "_b")", help: "L.", labels: .of(Label<Int>("id")),
                limit: limit,
                registry: registry)
            family[1].increment()
            family[2].increment()
            #expect(family.seriesCount == 2)
        }
    }

    @Test func `the largest limit is no trap`() {
        let registry = Registry()
        let family = CounterFamily("huge", help: "H.", labels: .of(Label<Int>("id")), limit: .max, registry: registry)
        family[1].increment()
        #expect(registry.samples(of: "huge") == ["huge_total{id=\"1\"} 1"])
    }

    @Test func `a cell outlives its family and its registry`() {
        var registry: Registry? = Registry()
        let counter = registry.map { registry in
            CounterFamily("gone", help: "G.", labels: .of(Label<Int>("id")), registry: registry)[1]
        }
        registry = nil
        counter?.increment(by: 3)
        #expect(counter?.value == 3)
    }
}

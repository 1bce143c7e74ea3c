import Testing

@testable import Vernier

@Suite struct CellExemplarsTests {
    private func cell(_ exemplars: ExemplarSampling, buckets: Int = 3) -> (store: SeriesStore, cell: Cell) {
        let store = SeriesStore(
            layout: CellLayout(kind: .histogram(buckets: buckets), exemplars: exemplars), fixed: [[]],
            bounds: HistogramBounds([1, 2]))
        return (store, store.onlyCell)
    }

    private func ids(_ cell: Cell) -> [String?] { cell.exemplars.map { $0?.labels.first?.value } }

    @Test func `exemplars by hand replace one another without a limit, and no clock is read`() {
        let (store, cell) = cell(.byHand)
        for id in ["a", "b"] {
            cell.keepExemplar(
                at: 1, value: 1,
                now: {
                    Issue.record("the clock was read"); return 0
                }()
            ) { ["id": .init(id)] }
        }
        withExtendedLifetime(store) { #expect(ids(cell) == [nil, "b", nil]) }
    }

    @Test func `with an interval an exemplar by hand is kept when it has passed, for each bucket apart`() {
        let (store, cell) = cell(.automatic(every: .nanoseconds(10)))
        let evaluated = Box(0)
        func keep(_ index: Int, _ id: String, now: UInt64) {
            cell.keepExemplar(at: index, value: 1, now: now) {
                evaluated.change { $0 += 1 }
                return ["id": id]
            }
        }
        keep(0, "a", now: 5)
        keep(0, "b", now: 14)
        keep(2, "c", now: 14)
        #expect(ids(cell) == ["a", nil, "c"])
        keep(0, "d", now: 15)
        keep(2, "e", now: 23)
        #expect(ids(cell) == ["d", nil, "c"])
        withExtendedLifetime(store) { #expect(evaluated.value == 3) }
    }

    @Test func `an update without an exemplar, or with a wrong one, takes no turn`() {
        let (store, cell) = cell(.automatic(every: .nanoseconds(10)))
        cell.keepExemplar(at: 0, value: 1, now: 5) { nil }
        cell.keepExemplar(at: 0, value: 1, now: 5) { ["": "wrong"] }
        cell.keepExemplar(at: 0, value: 1, now: 5) { ["id": "a"] }
        withExtendedLifetime(store) { #expect(ids(cell) == ["a", nil, nil]) }
        #expect(store.shared.rejectedExemplarCount == 1)
    }

    @Test func `a provider is asked once in an interval, and sooner again where it knows nothing`() {
        let (store, cell) = cell(.automatic(every: .nanoseconds(160)))
        let answers = Box<[ExemplarLabels?]>([["id": "c"], nil, ["id": "a"]])
        ExemplarProvider { answers.change { $0.popLast() ?? nil } }.withCurrent {
            for now: UInt64 in [5, 9, 164] { cell.sampleExemplar(at: 0, value: 1, now: now) }
            #expect(ids(cell) == ["a", nil, nil])
            // Nothing at 165: the next is asked a sixteenth of an interval later.
            for now: UInt64 in [165, 174] { cell.sampleExemplar(at: 0, value: 1, now: now) }
            #expect(ids(cell) == ["a", nil, nil])
            cell.sampleExemplar(at: 0, value: 1, now: 175)
            #expect(ids(cell) == ["c", nil, nil])
            cell.sampleExemplar(at: 0, value: 1, now: 334)
        }
        withExtendedLifetime(store) { #expect(ids(cell) == ["c", nil, nil]) }
        #expect(answers.value.isEmpty)
    }

    @Test func `of several threads whose turn it is one keeps its exemplar`() async {
        let (store, cell) = cell(.automatic(every: .nanoseconds(10)))
        let asked = Box(0)
        await onThreads(4) { _ in
            ExemplarProvider {
                asked.change { $0 += 1 }
                return ["id": "a"]
            }.withCurrent {
                for now: UInt64 in stride(from: 10, to: 10_010, by: 10) {
                    cell.sampleExemplar(at: 0, value: 1, now: now)
                }
            }
        }
        withExtendedLifetime(store) { #expect(ids(cell) == ["a", nil, nil]) }
        #expect(asked.value <= 1000)
    }

    @Test func `a family without exemplars is not looked through`() {
        let (store, cell) = cell(.byHand)
        #expect(!store.shared.hasExemplars)
        cell.keepExemplar(at: 0, value: 1) { ["id": "a"] }
        #expect(store.shared.hasExemplars)
    }

    @Test func `updates, scrapes, resets and removals share exemplars without losing or keeping one`() async {
        let registry = Registry()
        let counters = CounterFamily(
            "hits", help: "H.", labels: .of(Label<String>("name")), limit: 4, registry: registry)
        let histogram = Histogram(
            "sizes", help: "S.", buckets: [1, 2], exemplars: .automatic(every: .zero), registry: registry)
        let isOver = Box(false)
        let problems = Box<[String]>([])
        await onThreads(5) { thread in
            if thread == 4 {
                for round in 0..<300 {
                    for family in registry.gather(names: ["hits", "sizes"]) {
                        for metric in family.metrics where !Self.isRight(metric) {
                            problems.change { $0.append("\(metric)") }
                        }
                    }
                    if round % 5 == 0 { counters.remove("\(round % 3)") }
                    if round % 50 == 0 { counters.store.ageRemovals(by: 60_000_000_000) }
                }
                return isOver.set(true)
            }
            let provider = ExemplarProvider { ["id": "thread \(thread)"] }
            var round = 0
            while !isOver.value {
                round += 1
                counters["\(round % 5)"].increment(by: round, exemplar: ["id": "round \(round)", "n": "\(round)"])
                let value = Double(round % 4) * 0.75
                if round % 2 == 0 {
                    histogram.observe(value, exemplar: ["id": "by hand"])
                } else {
                    provider.withCurrent { histogram.observe(value) }
                }
            }
        }
        #expect(problems.value == [])
        #expect(registry.exemplar(of: "hits") != nil)
        #expect(registry.histogram("sizes")?.buckets.allSatisfy { $0.exemplar != nil } == true)
    }

    /// Whether the exemplars are whole and in their places.
    private static func isRight(_ metric: MetricSnapshot) -> Bool {
        if let exemplar = metric.exemplar {
            let number = Int(exemplar.value)
            return exemplar.labels == [LabelPair("id", "round \(number)"), LabelPair("n", "\(number)")]
        }
        guard case .histogram(let point) = metric.point else { return true }
        var lower = -Double.infinity
        return point.buckets.allSatisfy { bucket in
            defer { lower = bucket.upperBound }
            return bucket.exemplar.map { $0.value > lower && $0.value <= bucket.upperBound } ?? true
        }
    }
}

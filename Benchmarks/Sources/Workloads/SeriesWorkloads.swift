import Synchronization
import Vernier

/// Making series that were not there before; the loops of one preparation go on where the last one stopped.
extension Workloads {
    /// Counters with two open labels.
    public static let makeCounters = Workload("making a series", "counter, 2 labels", .making) {
        let family = CounterFamily(
            "made", help: "Made one after another.", labels: .of(Label<String>("method"), Label<Int>("client")),
            limit: seriesLimit, registry: Registry())
        let next = NextNumber()
        return { makeCounterLoop(family, next, $0) }
    }

    /// Histograms of eleven bounds with two open labels, each observed once.
    public static let makeHistograms = Workload("making a series", "histogram of 11 bounds, 2 labels", .making) {
        let family = HistogramFamily(
            "made", unit: .seconds, help: "Made one after another.",
            labels: .of(Label<String>("method"), Label<Int>("client")), limit: seriesLimit, registry: Registry())
        let next = NextNumber()
        return { makeHistogramLoop(family, next, $0) }
    }

    /// Making of all kinds.
    public static var series: [Workload] { [makeCounters, makeHistograms] }

    /// How many series one preparation can make.
    public static let seriesLimit = 4_000_000
}

private final class NextNumber: Sendable {
    private let number = Atomic<Int>(0)

    func take(_ count: Int) -> Range<Int> {
        let end = number.wrappingAdd(count, ordering: .relaxed).newValue
        return end - count..<end
    }
}

@inline(never)
private func makeCounterLoop(_ family: CounterFamily<Labels2<String, Int>>, _ next: NextNumber, _ count: Int) {
    for number in next.take(count) { family["GET", number].increment() }
}

@inline(never)
private func makeHistogramLoop(_ family: HistogramFamily<Labels2<String, Int>>, _ next: NextNumber, _ count: Int) {
    for number in next.take(count) { family["GET", number].observe(0.02) }
}

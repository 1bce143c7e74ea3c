import ProgramSupport
import Vernier

/// What a series takes when one thread or many have touched it.
enum SeriesMemory {
    private static let series = 20_000
    private static let histogram = "histogram of 11 bounds"

    static func report() {
        // All families stay until the end: what one gave back would hide what the next one takes.
        var counters: [CounterFamily<Labels1<Int>>] = []
        var histograms: [HistogramFamily<Labels1<Int>>] = []
        for threads in [1, 8] {
            let labels = Labels1(Label<Int>("id"))
            let counter = CounterFamily("counted", help: "C.", labels: labels, limit: series, registry: Registry())
            counters.append(counter)
            measure("counter", threads) { counter[$0].increment() }
            let histogram = HistogramFamily("sizes", help: "S.", labels: labels, limit: series, registry: Registry())
            histograms.append(histogram)
            measure(Self.histogram, threads) { histogram[$0].observe(1) }
        }
        withExtendedLifetime((counters, histograms)) {}
        for threads in threadCounts {
            extrapolate("counter", CellLayout(kind: .sum), threads)
            extrapolate(histogram, CellLayout(kind: .histogram(buckets: 12)), threads)
        }
    }

    private static func measure(_ name: String, _ threads: Int, _ touch: @escaping @Sendable (Int) -> Void) {
        let before = Memory.resident ?? 0
        _ = Crowd.run(threads) { _ in for number in 0..<series { touch(number) } }
        let bytes = Double((Memory.resident ?? 0) - before) / Double(series)
        Figure.report(
            .measured, "memory of a series, text included", "\(name), \(series) series", threads: threads, bytes,
            "bytes")
    }

    /// The words alone, where each stripe of the series was touched by some thread.
    private static func extrapolate(_ name: String, _ layout: CellLayout, _ threads: Int) {
        for slot in [0, 64, 1024] {
            let stripes = layout.stripes(forSlot: slot, of: Stripe.count(forProcessors: threads))
            Figure.report(
                .extrapolated, "memory of a series' words", "\(name), from series \(slot) of its family on",
                threads: threads,
                Double(layout.words * 8 * stripes), "bytes")
        }
    }
}

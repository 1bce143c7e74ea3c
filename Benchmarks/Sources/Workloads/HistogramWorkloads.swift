import Vernier

/// Observations: histograms of eleven bounds, of native buckets, and summaries.
extension Workloads {
    /// Numbers, rotating over all buckets.
    public static let histogramNumber = Workload("histogram observe", "Double, 11 bounds") {
        let histogram = Histogram("updates", unit: .seconds, help: "Updates.", registry: Registry())
        let values = Rotation(observations)
        return { numberLoop(histogram, values, $0) }
    }

    /// Durations, rotating over all buckets.
    public static let histogramDuration = Workload("histogram observe", "Duration, 11 bounds") {
        let histogram = Histogram("updates", unit: .seconds, help: "Updates.", registry: Registry())
        let values = Rotation(observations.map { Duration.nanoseconds(Int64($0 * 1e9)) })
        return { durationLoop(histogram, values, $0) }
    }

    /// Numbers, rotating over all buckets, in native buckets beside eleven bounds.
    public static let nativeNumber = Workload("native observe", "Double, 11 bounds") {
        let histogram = Histogram("updates", unit: .seconds, help: "Updates.", native: .standard, registry: Registry())
        let values = Rotation(observations)
        return { numberLoop(histogram, values, $0) }
    }

    /// Durations, rotating over all buckets, in native buckets beside eleven bounds.
    public static let nativeDuration = Workload("native observe", "Duration, 11 bounds") {
        let histogram = Histogram("updates", unit: .seconds, help: "Updates.", native: .standard, registry: Registry())
        let values = Rotation(observations.map { Duration.nanoseconds(Int64($0 * 1e9)) })
        return { durationLoop(histogram, values, $0) }
    }

    /// Numbers in native buckets alone.
    public static let nativeAlone = Workload("native observe", "Double, native alone") {
        let histogram = Histogram(
            "updates", unit: .seconds, help: "Updates.", buckets: .none, native: .standard, registry: Registry())
        let values = Rotation(observations)
        return { numberLoop(histogram, values, $0) }
    }

    /// An empty closure, timed.
    public static let measureEmpty = Workload("measure", "empty closure") {
        let histogram = Histogram("updates", unit: .seconds, help: "Updates.", registry: Registry())
        return { measureLoop(histogram, $0) }
    }

    /// A summary's numbers.
    public static let summaryNumber = Workload("summary observe", "Double") {
        let summary = Summary("updates", unit: .seconds, help: "Updates.", registry: Registry())
        let values = Rotation(observations)
        return { summaryLoop(summary, values, $0) }
    }

    /// Observations of all kinds.
    public static var histograms: [Workload] {
        [histogramNumber, histogramDuration, nativeNumber, nativeDuration, nativeAlone, measureEmpty, summaryNumber]
    }

    /// Sixteen seconds values in an order without a pattern: one in each of the twelve buckets of the default bounds, then four again.
    public static let observations = [
        0.3, 0.004, 7, 0.06, 0.02, 2, 0.2, 11, 0.008, 0.7, 0.04, 4, 0.09, 0.6, 0.003, 1.5,
    ]
}

@inline(never)
private func numberLoop(_ histogram: Histogram, _ values: Rotation<Double>, _ count: Int) {
    for turn in 0..<count { values.lend(turn) { histogram.observe($0) } }
}

@inline(never)
private func durationLoop(_ histogram: Histogram, _ values: Rotation<Duration>, _ count: Int) {
    for turn in 0..<count { values.lend(turn) { histogram.observe($0) } }
}

@inline(never)
private func measureLoop(_ histogram: Histogram, _ count: Int) {
    for _ in 0..<count { histogram.measure {} }
}

@inline(never)
private func summaryLoop(_ summary: Summary, _ values: Rotation<Double>, _ count: Int) {
    for turn in 0..<count { values.lend(turn) { summary.observe($0) } }
}

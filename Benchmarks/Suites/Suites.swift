import Benchmark
import Workloads

// What the package plugin runs: every suite, one file each, one question a file.
let benchmarks: @Sendable () -> Void = {
    // Nothing of malloc: what the package counts there says nothing without its interposer; `cost` counts allocations.
    // SAFETY: nothing else runs yet.
    unsafe Benchmark.defaultConfiguration = .init(
        metrics: [.wallClock, .throughput], timeUnits: .nanoseconds, warmupIterations: 3, maxDuration: .seconds(1),
        maxIterations: 1_000)
    UpdateSuite.register()
    ContentionSuite.register()
    LabelSuite.register()
    HistogramSuite.register()
    PageSuite.register()
    ParserSuite.register()
    MemorySuite.register()
    SeriesSuite.register()
    ExporterSuite.register()
}

/// Registers workloads under the name of their suite.
func registerAll(_ suite: String, _ workloads: [Workload]) {
    for workload in workloads {
        Benchmark(
            "\(suite): \(workload.name)", configuration: .init(scalingFactor: workload.kind == .scrape ? .one : .mega)
        ) { benchmark, loop in
            loop(benchmark.scaledIterations.count)
        } setup: {
            workload.prepare()
        }
    }
}

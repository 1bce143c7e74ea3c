import Benchmark
import Workloads

/// The cost of making a series, of the first ones and of those after a million.
enum SeriesSuite {
    static func register() {
        for workload in Workloads.series {
            for already in [0, 1_000_000] {
                Benchmark(
                    "many series: \(workload.name), after \(already)",
                    configuration: .init(warmupIterations: 0, scalingFactor: .kilo, maxIterations: 100)
                ) { benchmark, loop in
                    loop(benchmark.scaledIterations.count)
                } setup: {
                    let loop = workload.prepare()
                    loop(already)
                    return loop
                }
            }
        }
    }
}

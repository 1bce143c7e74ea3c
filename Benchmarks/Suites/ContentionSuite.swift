import Benchmark
import Dispatch
import Workloads

/// The cost of an update that several threads make to the same metric at once.
///
/// The time is that of as many updates on each thread: with no contention and a processor for each it is that of one thread.
enum ContentionSuite {
    static func register() {
        let workloads = [
            Workloads.bareAtomicAdd, Workloads.counterIncrement, Workloads.counterIncrementByFloat,
            Workloads.finiteLabels, Workloads.openLabels, Workloads.histogramDuration, Workloads.nativeDuration,
            Workloads.gaugeSet, Workloads.gaugeAdd,
        ]
        for workload in workloads {
            for threads in [2, 4] {
                Benchmark(
                    "contention: \(workload.name), \(threads) threads", configuration: .init(scalingFactor: .mega)
                ) { benchmark, loop in
                    let count = benchmark.scaledIterations.count
                    DispatchQueue.concurrentPerform(iterations: threads) { _ in loop(count) }
                } setup: {
                    workload.prepare()
                }
            }
        }
    }
}

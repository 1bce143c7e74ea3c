import Benchmark
import Foundation
import Synchronization
import Workloads

/// The memory that a series takes, its label text included.
enum MemorySuite {
    private static let kept = Mutex<[Workload.Loop]>([])

    static func register() {
        let perSeries = BenchmarkMetric.custom("bytes a series", polarity: .prefersSmaller, useScalingFactor: false)
        for (workload, count) in [(Workloads.makeCounters, 100_000), (Workloads.makeHistograms, 50_000)] {
            // What a turn has made stays: freed texts and tables would be taken again by the next one, and not be seen.
            Benchmark(
                "memory: \(count) times \(workload.name)",
                configuration: .init(metrics: [perSeries], warmupIterations: 0, maxIterations: 5)
            ) { benchmark in
                let before = residentBytes()
                let loop = workload.prepare()
                loop(count)
                kept.withLock { $0.append(loop) }
                benchmark.measurement(perSeries, (residentBytes() - before) / count)
            }
        }
    }

    /// How much memory the process has in main memory; 0 where there is no `/proc`.
    private static func residentBytes() -> Int {
        guard let text = try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8) else { return 0 }
        let pages = text.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0
        return pages * Int(sysconf(Int32(_SC_PAGESIZE)))
    }
}

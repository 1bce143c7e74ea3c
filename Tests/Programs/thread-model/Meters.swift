import ProgramSupport
import Synchronization
import Vernier

/// An update that many threads make.
enum Update: String, CaseIterable {
    case sharedWord = "one shared word"
    case counter = "counter increment"
    case gauge = "gauge add"
    case histogram = "histogram observe"

    /// How many cache lines one update writes to: a histogram's ticket and the bucket may lie in two.
    var lines: Double { self == .histogram ? 2 : 1 }
}

/// The metrics that the threads update.
final class Meters: Sendable {
    private static let updates = 4_000_000
    private static let rounds = 5
    private let word = Atomic<UInt64>(0)
    private let registry = Registry()
    private let counter: Counter
    private let gauge: Gauge
    private let histogram: Histogram

    init() {
        counter = Counter("counted", help: "Counted.", registry: registry)
        gauge = Gauge("level", help: "Level.", registry: registry)
        histogram = Histogram("sizes", help: "Sizes.", registry: registry)
    }

    /// The nanoseconds of a processor that one update takes: the median of some rounds.
    func cost(of update: Update, threads: Int) -> Double {
        let count = Self.updates / threads
        let times = (0..<Self.rounds).map { _ in
            Crowd.run(threads) { _ in self.make(update, count) } / .nanoseconds(1)
        }
        let processors = min(threads, System.processorCount)
        return times.sorted()[Self.rounds / 2] * Double(processors) / Double(count * threads)
    }

    private func make(_ update: Update, _ count: Int) {
        switch update {
        case .sharedWord: for _ in 0..<count { word.wrappingAdd(1, ordering: .relaxed) }
        case .counter: for _ in 0..<count { counter.increment() }
        case .gauge: for _ in 0..<count { gauge.add(1) }
        case .histogram: for _ in 0..<count { histogram.observe(0.03) }
        }
    }

    /// How long readings of the histogram take, in microseconds, while threads observe without a pause for some seconds.
    func scrapes(whileUpdatedBy threads: Int) -> (count: Int, median: Double, longest: Double) {
        let isOver = Atomic<Bool>(false)
        let times = Lock<[Double]>([])
        _ = Crowd.run(threads + 1) { thread in
            guard thread == 0 else {
                while !isOver.load(ordering: .relaxed) { self.make(.histogram, 64) }
                return
            }
            let began = ContinuousClock.now
            repeat {
                // Others get the processor between two scrapes.
                System.sleep(.milliseconds(5))
                let asked = ContinuousClock.now
                _ = self.registry.gather(names: ["sizes"])
                let took = (ContinuousClock.now - asked) / .microseconds(1)
                times.withLock { $0.append(took) }
            } while ContinuousClock.now - began < .seconds(3)
            isOver.store(true, ordering: .relaxed)
        }
        let sorted = times.withLock { $0.sorted() }
        return (sorted.count, sorted[sorted.count / 2], sorted[sorted.count - 1])
    }
}

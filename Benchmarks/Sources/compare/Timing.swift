import Foundation
import Synchronization
import Workloads

/// A loop, and how often it fits into one measurement.
final class TimedLoop {
    private let run: Workload.Loop
    private let units: Int
    private let threads: Int
    private var count = 1

    /// How long a measurement takes, about.
    static let measurementTime = Duration.milliseconds(60)

    /// Prepares a workload, warms it up, and finds out how often it fits into a measurement.
    init(_ workload: Workload, threads: Int, time wanted: Duration = measurementTime) {
        run = workload.prepare()
        units = workload.units
        self.threads = threads
        var took = time()
        while took < wanted / 8 {
            count *= 2
            took = time()
        }
        count = Int(Double(count) * (wanted / took)) + 1
    }

    /// How long one operation took on each thread; all of them do the same at once.
    ///
    /// With more threads than processors it is the time that the operation had a processor, about.
    func nanoseconds() -> Double {
        let share = min(1, Double(Machine.processors) / Double(threads))
        return time() / .nanoseconds(1) / Double(count * units) * share
    }

    /// From the first start to the last end.
    private func time() -> Duration {
        let clock = ContinuousClock()
        if threads == 1 { return clock.measure { self.run(self.count) } }
        let (run, count, threads) = (run, count, threads)
        let start = StartingLine()
        let done = DispatchGroup()
        let bystanders = Bystanders()
        for _ in 0..<threads {
            bystanders.park(Int.random(in: 0..<8))
            done.enter()
            let thread = Thread {
                start.wait(for: threads)
                let began = clock.now
                run(count)
                let ended = clock.now
                start.times.withLock { $0.append(began..<ended) }
                done.leave()
            }
            thread.start()
        }
        done.wait()
        bystanders.leave()
        return start.times.withLock { times in
            let first = times.map(\.lowerBound).min() ?? clock.now
            return first.duration(to: times.map(\.upperBound).max() ?? first)
        }
    }
}

/// Where threads wait for one another before they start, and note when they ran.
private final class StartingLine: Sendable {
    private let waiting = Atomic<Int>(0)
    let times = Mutex<[Range<ContinuousClock.Instant>]>([])

    /// Waits, busily, until so many threads do.
    func wait(for threads: Int) {
        waiting.wrappingAdd(1, ordering: .acquiringAndReleasing)
        while waiting.load(ordering: .acquiring) < threads { Thread.yieldToOthers(threads) }
    }
}

/// Threads that do nothing but have a stack, so that the stacks of those that are measured lie elsewhere each time.
///
/// Which stripe of a metric a thread writes to comes from where its stack lies, and a process uses the stacks of threads that ended
/// again: without these, all rounds of a process would measure the same pair of stripes.
private final class Bystanders {
    private let end = DispatchSemaphore(value: 0)
    private let ended = DispatchGroup()
    private var count = 0

    /// Starts so many more.
    func park(_ number: Int) {
        for _ in 0..<number {
            ended.enter()
            Thread { [end, ended] in
                end.wait()
                ended.leave()
            }.start()
        }
        count += number
    }

    /// Lets all go, and waits until they have.
    func leave() {
        for _ in 0..<count { end.signal() }
        ended.wait()
    }
}

extension Thread {
    /// Lets others run where there are more threads than processors.
    fileprivate static func yieldToOthers(_ threads: Int) {
        if threads > Machine.processors { sched_yield() }
    }
}

public import Vernier

/// Checks a collector of your own before a registry meets it.
///
/// ```swift
/// @Test func poolCollectorIsRight() {
///     let report = CollectorConformance.check(PoolCollector())
///     #expect(report.isConformant, "\(report)")
/// }
/// ```
///
/// The collector is read twice or more, each time within a deadline, and what it hands over is judged as a registry does, and by what
/// only a second reading shows:
///
/// - it throws, or is late;
/// - names, types, units, labels, buckets, quantiles and states that cannot be shown, labels that stand twice, families that claim each
///   other's names or are handed over in parts that differ;
/// - label names that differ inside a family, or from one reading to the next, as a type, a unit or a help text may;
/// - a counter, a count of a histogram or summary or a bucket that fell although its created time stayed;
/// - more metrics than a family should have, and, where wanted, new ones in each reading;
/// - whatever ``Lint`` finds.
public enum CollectorConformance {
    /// How a collector is checked.
    public struct Options: Sendable {
        /// How often it is read, at least once.
        public var readings = 2
        /// How long a reading may take.
        public var deadline = Registry.defaultTimeout
        /// How many metrics a family may have; `nil` for any number.
        public var maximumMetrics: Int? = 10_000
        /// Whether later readings may have metrics that the first had not.
        public var allowsNewMetrics = true
        /// The rules for names, help texts and labels.
        public var rules: [any LintRule] = Lint.rules

        /// Makes the usual options.
        public init() {}
    }

    /// Checks a collector.
    ///
    /// Blocks the calling thread while the collector reads, each time no longer than the deadline.
    ///
    /// - Parameters:
    ///   - collector: the collector.
    ///   - options: how it is checked.
    public static func check(_ collector: some Collector, options: Options = Options()) -> CollectorReport {
        var judge = CollectorJudge(collector.name, options)
        repeat {
            judge.take(read(collector, options.deadline.bounded))
        } while judge.wantsMore
        return judge.report
    }

    /// Checks a collector whose reading suspends.
    ///
    /// - Parameters:
    ///   - collector: the collector.
    ///   - options: how it is checked.
    public static func check(_ collector: some AsyncCollector, options: Options = Options()) async -> CollectorReport {
        var judge = CollectorJudge(collector.name, options)
        repeat {
            judge.take(await read(collector, options.deadline.bounded))
        } while judge.wantsMore
        return judge.report
    }
}

/// How one reading ended.
enum CollectorReading: Sendable {
    case families([MetricFamilySnapshot], Duration)
    case threw(String)
    case late(Duration)

    init(_ duration: Duration, _ body: () throws -> [MetricFamilySnapshot]) {
        do { self = .families(try body(), duration) } catch { self = .threw("\(error)") }
    }
}

extension CollectorConformance {
    /// Reads on a thread of its own, as a registry does, which may go on when the deadline is over.
    private static func read(_ collector: some Collector, _ deadline: Duration) -> CollectorReading {
        let answer = Lock<CollectorReading?>(nil)
        let done = Semaphore()
        let began = ContinuousClock.now
        do {
            let thread = try Thread(name: "vernier-check") {
                let result = Result { try collector.collect() }
                let reading = CollectorReading(ContinuousClock.now - began) { try result.get() }
                answer.withLock { $0 = reading }
                done.signal()
            }
            thread.detach()
        } catch {
            return .threw("no thread could be started: \(error)")
        }
        guard done.wait(until: began + deadline) else { return .late(deadline) }
        return answer.withLock { $0 } ?? .late(deadline)
    }

    /// Reads in a task of its own, which may go on when the deadline is over.
    private static func read(_ collector: some AsyncCollector, _ deadline: Duration) async -> CollectorReading {
        let began = ContinuousClock.now
        return await withCheckedContinuation { continuation in
            // Whoever is first takes the continuation away.
            let waiting = Lock<CheckedContinuation<CollectorReading, Never>?>(continuation)
            let answer: @Sendable (CollectorReading) -> Void = { reading in
                let first = waiting.withLock { waiting in
                    defer { waiting = nil }
                    return waiting
                }
                first?.resume(returning: reading)
            }
            let timer = Task.detached {
                // Only a cancellation ends the sleep early, and then there is an answer.
                guard (try? await Task.sleep(for: deadline)) != nil else { return }
                answer(.late(deadline))
            }
            Task.detached {
                let result: Result<[MetricFamilySnapshot], any Error>
                do { result = .success(try await collector.collect()) } catch { result = .failure(error) }
                answer(CollectorReading(ContinuousClock.now - began) { try result.get() })
                timer.cancel()
            }
        }
    }
}

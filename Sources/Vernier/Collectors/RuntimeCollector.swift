#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Figures about the Swift runtime: how promptly tasks get to run, and what the program was built with.
///
/// | family | type | what |
/// |---|---|---|
/// | `swift_task_scheduling_delay_seconds` | histogram | from asking for a task to its first instruction |
/// | `swift_task_scheduling_delay_last_seconds` | gauge | the latest such delay, or the age of a probe that still waits |
/// | `swift_build` | info | `swift_version`, `os`, `arch`, `configuration` |
///
/// Each collection starts one probe, a detached task that notes when it runs, unless one still waits. A probe that waits
/// means that all threads of the cooperative pool are busy or blocked, and the gauge then grows from scrape to scrape while
/// the histogram, which counts only probes that ran, stands still. Before the first probe has run there is no gauge.
public final class RuntimeCollector: Collector {
    /// What the probes found so far.
    private struct Delays {
        /// When the probe was asked for that has not run yet.
        var pendingSince: Int64?
        var last: Int64?
        /// One count for each bound and one for what is above them all; not cumulative.
        var counts = [UInt64](repeating: 0, count: RuntimeCollector.bounds.count + 1)
        var sum: Int64 = 0

        mutating func finish(after delay: Int64) {
            pendingSince = nil
            last = delay
            sum &+= delay
            let seconds = Double(delay) / 1e9
            counts[RuntimeCollector.bounds.firstIndex { seconds <= $0 } ?? RuntimeCollector.bounds.count] += 1
        }
    }

    /// The upper bounds of the histogram, in seconds.
    static let bounds = [0.00001, 0.0001, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]

    private let delays = Lock(Delays())
    private let start: @Sendable (@escaping @Sendable () -> Void) -> Void
    private let now: @Sendable () -> Int64

    /// Makes a collector that probes the global cooperative pool.
    public convenience init() {
        self.init(
            start: { probe in Task.detached(priority: .medium) { probe() } },
            now: { Platform.nanoseconds(of: CLOCK_MONOTONIC) ?? 0 })
    }

    /// Makes a collector that probes whatever `start` hands the probe to, by any monotonic clock of nanoseconds.
    init(start: @escaping @Sendable (@escaping @Sendable () -> Void) -> Void, now: @escaping @Sendable () -> Int64) {
        self.start = start
        self.now = now
    }

    /// `swift_runtime`.
    public var name: String { "swift_runtime" }

    /// Returns what the probes found so far and starts the next one.
    ///
    /// - Complexity: Waits for nothing; one short lock, one task.
    public func collect() -> [MetricFamilySnapshot] {
        let asked = now()
        let (found, isIdle) = delays.withLock { delays in
            let found = delays
            if found.pendingSince == nil { delays.pendingSince = asked }
            return (found, found.pendingSince == nil)
        }
        if isIdle {
            start { [self] in
                let delay = max(now() - asked, 0)
                delays.withLock { $0.finish(after: delay) }
            }
        }
        return RuntimeCollector.families(of: found, at: asked) + [RuntimeCollector.build]
    }

    private static func families(of delays: Delays, at now: Int64) -> [MetricFamilySnapshot] {
        var cumulative: UInt64 = 0
        let buckets = zip(bounds + [.infinity], delays.counts).map { bound, count in
            cumulative += count
            return HistogramPoint.Bucket(upperBound: bound, cumulativeCount: cumulative)
        }
        let histogram = HistogramPoint(buckets: buckets, sum: Double(delays.sum) / 1e9)
        var families = [
            MetricFamilySnapshot(
                "swift_task_scheduling_delay_seconds", type: .histogram, unit: "seconds",
                help: "Time from asking for a task to its first instruction, of probes that ran.",
                metrics: [MetricSnapshot(.histogram(histogram))])
        ]
        if let latest = delays.pendingSince.map({ max(now - $0, 0) }) ?? delays.last {
            families.append(
                MetricFamilySnapshot(
                    "swift_task_scheduling_delay_last_seconds", type: .gauge, unit: "seconds",
                    help: "The latest scheduling delay of a probe, or how long one has been waiting so far.",
                    metrics: [MetricSnapshot(.gauge(Double(latest) / 1e9))]))
        }
        return families
    }
}

extension RuntimeCollector {
    private static let build = MetricFamilySnapshot(
        "swift_build", type: .info, help: "What the program was built with and for.",
        metrics: [
            MetricSnapshot(
                labels: [
                    LabelPair("swift_version", compilerVersion), LabelPair("os", operatingSystem),
                    LabelPair("arch", architecture), LabelPair("configuration", configuration),
                ], .info)
        ])

    /// The compiler's version, as far as conditional compilation tells it.
    private static var compilerVersion: String {
        #if compiler(>=7.0)
            "7.0 or later"
        #elseif compiler(>=6.6)
            "6.6 or later"
        #elseif compiler(>=6.5)
            "6.5"
        #elseif compiler(>=6.4)
            "6.4"
        #elseif compiler(>=6.3)
            "6.3"
        #else
            "6.2"
        #endif
    }

    private static var operatingSystem: String {
        #if os(Linux)
            "linux"
        #elseif os(macOS)
            "macos"
        #elseif os(Android)
            "android"
        #elseif os(FreeBSD)
            "freebsd"
        #elseif canImport(Darwin)
            "darwin"
        #else
            "other"
        #endif
    }

    private static var architecture: String {
        #if arch(x86_64)
            "x86_64"
        #elseif arch(arm64)
            "arm64"
        #elseif arch(riscv64)
            "riscv64"
        #elseif arch(powerpc64le)
            "powerpc64le"
        #elseif arch(s390x)
            "s390x"
        #elseif arch(arm)
            "arm"
        #elseif arch(i386)
            "i386"
        #else
            "other"
        #endif
    }

    private static var configuration: String {
        #if DEBUG
            "debug"
        #else
            "release"
        #endif
    }
}

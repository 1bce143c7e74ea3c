import ProgramSupport
import Synchronization
import Vernier
import VernierExporter

/// How fast a scrape is answered while no task gets to run.
struct BlockedPoolFigures: Figures {
    var blockers: Int
    /// Whether a task that was started meanwhile did not run.
    var isPoolBlocked: Bool
    var scrapes: Int
    /// How many of them brought a whole page.
    var good: Int
    var slowest: Duration

    /// How long a scrape may take.
    static let limit = Duration.milliseconds(100)

    var name: String { "scrapes while \(blockers) tasks block every cooperative thread" }

    var text: String {
        "\(good) of \(scrapes) answered, slowest \(Rounded(slowest, .milliseconds(1))) ms, "
            + "limit \(Rounded(Self.limit, .milliseconds(1))) ms"
    }

    var problem: String? {
        if !isPoolBlocked { return "tasks still ran, so nothing was proved" }
        if scrapes == 0 || good < scrapes { return "not every scrape was answered" }
        return slowest <= Self.limit ? nil : "a scrape was too slow"
    }

    /// What the blocking tasks wait for, and what a probe sets.
    private final class Gate: Sendable {
        let isOpen = Atomic<Bool>(false)
        let waiting = Atomic<Int>(0)
        let probed = Atomic<Bool>(false)
    }

    /// Blocks the pool, scrapes from a plain thread, and lets the pool go.
    static func measure() -> BlockedPoolFigures {
        let registry = Registry()
        registry.register(ProcessCollector())
        registry.register(RuntimeCollector())
        let family = CounterFamily("rows", help: "Rows.", labels: .of(Label<Int>("table")), registry: registry)
        for table in 0..<1_000 { family[table].increment() }
        let blockers = 4 * System.processorCount + 16
        guard let server = try? MetricsServer.start(port: 0, registry: registry), let port = server.port else {
            return BlockedPoolFigures(blockers: blockers, isPoolBlocked: false, scrapes: 0, good: 0, slowest: .zero)
        }
        defer { server.stop() }
        let gate = Gate()
        defer { gate.isOpen.store(true, ordering: .relaxed) }
        for _ in 0..<blockers {
            Task.detached {
                gate.waiting.add(1, ordering: .relaxed)
                while !gate.isOpen.load(ordering: .relaxed) { System.sleep(.milliseconds(5)) }
            }
        }
        while gate.waiting.load(ordering: .relaxed) < System.processorCount { System.sleep(.milliseconds(1)) }
        Task.detached { gate.probed.store(true, ordering: .relaxed) }
        let all =
            HostThread.run { () -> [Scrape] in
                (0..<50).map { _ in
                    System.sleep(.milliseconds(10))
                    return Scrape.run(port: port, series: "rows_total{")
                }
            } ?? []
        return BlockedPoolFigures(
            blockers: blockers, isPoolBlocked: !gate.probed.load(ordering: .relaxed), scrapes: all.count,
            good: all.count { $0.status == 200 && $0.page.isComplete && $0.page.series == 1_000 },
            slowest: all.map(\.duration).max() ?? .zero)
    }
}

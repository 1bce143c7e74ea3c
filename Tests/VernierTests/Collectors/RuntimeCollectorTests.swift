import Synchronization
import Testing

@testable import Vernier

@Suite struct RuntimeCollectorTests {
    /// A clock that stands still and a pool that runs a probe only when told to.
    private final class World: Sendable {
        let time = Atomic<Int64>(1_000_000_000)
        let probes = Lock<[@Sendable () -> Void]>([])

        var collector: RuntimeCollector {
            RuntimeCollector(
                start: { probe in self.probes.withLock { $0.append(probe) } },
                now: { self.time.load(ordering: .relaxed) })
        }

        func advance(nanoseconds: Int64) { time.add(nanoseconds, ordering: .relaxed) }

        func runProbes() {
            let waiting = probes.withLock { probes in
                defer { probes = [] }
                return probes
            }
            for probe in waiting { probe() }
        }
    }

    private static func histogram(_ families: [MetricFamilySnapshot]) -> HistogramPoint? {
        guard case .histogram(let point) = families.first?.metrics.first?.point else { return nil }
        return point
    }

    private static func latest(_ families: [MetricFamilySnapshot]) -> MetricPoint? {
        families.first { $0.name == "swift_task_scheduling_delay_last_seconds" }?.metrics.first?.point
    }

    @Test func `the first collection starts a probe and shows an empty histogram`() throws {
        let world = World()
        let families = world.collector.collect()
        #expect(families.map(\.name) == ["swift_task_scheduling_delay_seconds", "swift_build"])
        #expect(families.map(\.type) == [.histogram, .info])
        let point = try #require(RuntimeCollectorTests.histogram(families))
        #expect(point.count == 0)
        #expect(point.sum == 0)
        #expect(point.buckets.map(\.upperBound) == RuntimeCollector.bounds + [.infinity])
        #expect(world.probes.withLock { $0.count } == 1)
    }

    @Test(
        arguments: [
            (0, 0.00001), (9_999, 0.00001), (10_000, 0.00001), (10_001, 0.0001), (2_000_000, 0.0025),
            (10_000_000_000, 10),
            (10_000_000_001, Double.infinity),
        ] as [(Int64, Double)])
    func `a probe that ran is counted in its bucket`(delay: Int64, bound: Double) throws {
        let world = World()
        let collector = world.collector
        _ = collector.collect()
        world.advance(nanoseconds: delay)
        world.runProbes()
        world.advance(nanoseconds: 777)
        let families = collector.collect()
        let point = try #require(RuntimeCollectorTests.histogram(families))
        #expect(point.sum == Double(delay) / 1e9)
        #expect(point.buckets.allSatisfy { $0.cumulativeCount == ($0.upperBound >= bound ? 1 : 0) })
        #expect(RuntimeCollectorTests.latest(families) == .gauge(Double(delay) / 1e9))
        #expect(families.allSatisfy { $0.unit.isEmpty || $0.name.hasSuffix("_" + $0.unit) })
        #expect(families.allSatisfy { MetricName.problem(inMetric: $0.name) == nil && !$0.help.isEmpty })
    }

    @Test func `a blocked pool shows as a growing gauge, with one probe waiting`() {
        let world = World()
        let collector = world.collector
        _ = collector.collect()
        for second in 1...5 {
            world.advance(nanoseconds: 1_000_000_000)
            let families = collector.collect()
            #expect(RuntimeCollectorTests.latest(families) == .gauge(Double(second)))
            #expect(RuntimeCollectorTests.histogram(families)?.count == 0)
        }
        #expect(world.probes.withLock { $0.count } == 1)
        world.runProbes()
        let families = collector.collect()
        #expect(RuntimeCollectorTests.latest(families) == .gauge(5))
        #expect(RuntimeCollectorTests.histogram(families)?.count == 1)
        #expect(world.probes.withLock { $0.count } == 1)
    }

    @Test func `delays add up over probes`() throws {
        let world = World()
        let collector = world.collector
        for _ in 0..<10 {
            _ = collector.collect()
            world.advance(nanoseconds: 100_000_000)
            world.runProbes()
        }
        let point = try #require(RuntimeCollectorTests.histogram(collector.collect()))
        #expect(point.count == 10)
        #expect(point.sum == 1)
    }

    @Test func `a clock that goes back gives no negative delay`() throws {
        let world = World()
        let collector = world.collector
        _ = collector.collect()
        world.advance(nanoseconds: -500)
        #expect(RuntimeCollectorTests.latest(collector.collect()) == .gauge(0))
        world.runProbes()
        #expect(try #require(RuntimeCollectorTests.histogram(collector.collect())).sum == 0)
    }

    @Test func `the real pool runs a probe`() async throws {
        let collector = RuntimeCollector()
        #expect(collector.name == "swift_runtime")
        var count: UInt64 = 0
        for _ in 0..<1000 where count == 0 {
            count = RuntimeCollectorTests.histogram(collector.collect())?.count ?? 0
            try await Task.sleep(for: .milliseconds(5))
        }
        #expect(count > 0)
    }

    @Test func `the build is described by labels that say something`() throws {
        let build = try #require(World().collector.collect().last?.metrics.first)
        #expect(build.point == .info)
        #expect(build.labels.map(\.name) == ["swift_version", "os", "arch", "configuration"])
        #expect(build.labels.allSatisfy { !$0.value.isEmpty && $0.value != "other" })
    }
}

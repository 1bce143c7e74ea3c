import Synchronization
import Testing

@testable import Vernier

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Many threads against scrapes.
///
/// One test after another, as each wants the processors for itself.
@Suite(.serialized, .wholeMachine) struct Stress {
    /// How many scrapes the longest test makes: `VERNIER_STRESS_SCRAPES`, or 10,000.
    ///
    /// The others make a tenth or less.
    static let scrapes: Int = {
        // SAFETY: nothing changes the environment while tests run, and the text is copied at once.
        guard let text = unsafe getenv("VERNIER_STRESS_SCRAPES") else { return 10_000 }
        return unsafe Int(String(cString: text)) ?? 10_000
    }()

    static let threads = 8

    final class Race: Sendable {
        let isOver = Atomic<Bool>(false)
        let rounds = Box(Array(repeating: 0, count: Stress.threads))
        let problems = Box<[String]>([])

        /// Notes what is wrong, the first few times.
        func note(_ isRight: Bool, _ problem: @autoclosure () -> String) {
            if isRight { return }
            let text = problem()
            problems.change { if $0.count < 5 { $0.append(text) } }
        }
    }

    /// Lets eight threads write until a reader is through.
    func race(
        writing write: @escaping @Sendable (_ thread: Int, _ round: Int) -> Void,
        reading read: @escaping @Sendable (_ race: Race) -> Void
    ) async -> Race {
        let race = Race()
        await onThreads(Self.threads + 1) { number in
            guard number < Self.threads else {
                read(race)
                return race.isOver.store(true, ordering: .releasing)
            }
            var round = 0
            while !race.isOver.load(ordering: .acquiring) {
                for _ in 0..<16 {
                    write(number, round)
                    round += 1
                }
            }
            let made = round
            race.rounds.change { $0[number] = made }
        }
        return race
    }

    private static func isConsistent(_ point: HistogramPoint, value: Double, bucket: Int) -> Bool {
        let counts = point.counts
        return point.sum == value * Double(point.count)
            && counts.enumerated().allSatisfy { $1 == ($0 < bucket ? 0 : point.count) }
    }

    @Test func `every scrape of busy metrics is of one set of observations`() async throws {
        let registry = Registry()
        let values = Histogram("values", help: "V.", buckets: [0.1, 0.5, 1], registry: registry)
        let times = Histogram("times", unit: .seconds, help: "T.", buckets: [0.01, 0.1, 1], registry: registry)
        let counter = Counter("counted", help: "C.", registry: registry)
        let amounts = Counter("amounts", help: "A.", registry: registry)
        let names: Set<String> = ["values", "times_seconds", "counted", "amounts"]
        let race = await race { _, _ in
            values.observe(0.25)
            times.observe(.nanoseconds(15_625_000))
            counter.increment()
            amounts.increment(by: 0.5)
        } reading: { race in
            var last: [String: Double] = [:]
            for _ in 0..<Self.scrapes {
                for family in registry.gather(names: names) {
                    let now: Double
                    switch family.metrics[0].point {
                    case .histogram(let point):
                        let (value, bucket) = family.name == "values" ? (0.25, 1) : (0.015625, 1)
                        race.note(Self.isConsistent(point, value: value, bucket: bucket), "\(family.name): \(point)")
                        now = Double(point.count)
                    case .counter(let value): now = value
                    default: continue
                    }
                    race.note(now >= last[family.name] ?? 0, "\(family.name) fell to \(now)")
                    last[family.name] = now
                }
            }
        }
        #expect(race.problems.value == [])
        let total = race.rounds.value.reduce(0, +)
        #expect(total > 0)
        #expect(registry.histogram("values")?.count == UInt64(total))
        #expect(registry.histogram("values")?.sum == 0.25 * Double(total))
        #expect(registry.histogram("times_seconds")?.count == UInt64(total))
        #expect(registry.histogram("times_seconds")?.sum == 0.015625 * Double(total))
        #expect(counter.value == Double(total))
        #expect(amounts.value == 0.5 * Double(total))
        #expect(registry.samples(of: "counted") == ["counted_total \(total)"])
    }

    @Test func `a gauge loses no addition of threads that meet`() async {
        let gauge = Gauge("level", help: "L.", registry: Registry())
        let race = await race { _, _ in
            gauge.add(1)
            gauge.add(0.5)
            gauge.subtract(0.5)
        } reading: { race in
            var last = 0.0
            for _ in 0..<Self.scrapes * 50 {
                let now = gauge.value
                race.note(now > last - 8, "fell from \(last) to \(now)")
                last = now
            }
        }
        #expect(race.problems.value == [])
        #expect(gauge.value == Double(race.rounds.value.reduce(0, +)))
    }

    @Test func `a gauge that is set and added to never shows what was before it was set`() async {
        let gauge = Gauge("level", help: "L.", registry: Registry())
        gauge.cell.shared.startShares()
        // Each setting is farther above the one before than all additions together can be; the first is above those that came before it.
        let step = 1e9
        let race = await race { thread, round in
            if thread == 0, round & 15 == 0 { gauge.set(Double(round + 1) * step) } else { gauge.add(1) }
        } reading: { race in
            var last = 0.0
            for _ in 0..<Self.scrapes * 50 {
                let now = gauge.value
                race.note(now >= last, "fell from \(last) to \(now)")
                race.note(now.remainder(dividingBy: step) >= 0, "\(now) is below what was set")
                last = now
            }
        }
        #expect(race.problems.value == [])
        #expect(gauge.value >= Double(race.rounds.value[0] - 16) * step)
        gauge.set(1)
        #expect(gauge.value == 1)
    }

    @Test func `pages written while metrics are busy agree with themselves`() async throws {
        let registry = Registry()
        let family = HistogramFamily(
            "sizes", help: "S.", buckets: [1], labels: .of(Label<Int>("id")), registry: registry)
        let race = await race { thread, round in
            family[round & 15].observe(2)
        } reading: { race in
            for _ in 0..<Self.scrapes / 50 {
                var values: [String: String] = [:]
                for sample in registry.samples(of: "sizes") {
                    let parts = sample.split(separator: " ")
                    values[String(parts[0])] = String(parts[1])
                }
                for id in 0..<16 {
                    guard let count = values["sizes_count{id=\"\(id)\"}"] else { continue }
                    let isRight =
                        values["sizes_bucket{id=\"\(id)\",le=\"+Inf\"}"] == count
                        && values["sizes_bucket{id=\"\(id)\",le=\"1.0\"}"] == "0"
                        && Double(values["sizes_sum{id=\"\(id)\"}"] ?? "") == 2 * (Double(count) ?? .nan)
                    race.note(isRight, "\(values)")
                }
            }
        }
        #expect(race.problems.value == [])
        let total = race.rounds.value.reduce(0, +)
        let counts = registry.samples(of: "sizes").filter { $0.hasPrefix("sizes_count") }
        let values: [Int] = counts.compactMap { line in line.split(separator: " ").last.flatMap { Int($0) } }
        #expect(values.reduce(0, +) == total)
    }

    @Test func `series that are removed and made again agree with themselves`() async {
        let registry = Registry()
        let label = Labels1(Label<String>("name"))
        let histograms = HistogramFamily(
            "sizes", help: "S.", buckets: [0.1, 0.5], labels: label, limit: 64, registry: registry)
        let counters = CounterFamily("hits", help: "H.", labels: label, limit: 64, registry: registry)
        let names = (0..<6).map { "a series \($0), whose name is long" } + (0..<6).map { "s\($0)" }
        let kept = (histograms[names[0]], counters[names[0]])
        let race = await race { thread, round in
            let name = names[(thread &+ round) % names.count]
            histograms[name].observe(0.25)
            counters[name].increment()
            kept.0.observe(0.25)
            kept.1.increment()
            if round % 64 == 0 { histograms["thread \(thread), round \(round)"].observe(0.25) }
        } reading: { race in
            var generator = SplitMix(seed: 1)
            var last: [String: Double] = [:]
            for scrape in 0..<Self.scrapes / 10 {
                for family in registry.gather(names: ["sizes", "hits"]) {
                    race.note(Set(family.labelValues).count == family.metrics.count, "twice: \(family.labelValues)")
                    for metric in family.metrics {
                        switch metric.point {
                        case .histogram(let point):
                            race.note(Self.isConsistent(point, value: 0.25, bucket: 1), "\(metric)")
                        case .counter(let value):
                            let name = metric.labels[0].value
                            race.note(value >= last[name] ?? 0, "\(name) fell to \(value) from \(last[name] ?? 0)")
                            last[name] = value
                        default: break
                        }
                    }
                }
                let name = names.randomElement(using: &generator) ?? ""
                histograms.remove(name)
                counters.remove(name)
                last[name] = 0
                if scrape % 16 == 0 {
                    _ = histograms.removeAll { $0[0].value.hasPrefix("thread") || $0[0].value == "__overflow__" }
                    histograms.store.ageRemovals(by: 60)
                }
            }
        }
        #expect(race.problems.value == [])
        #expect(histograms.store.slotCount <= 200)
    }

    @Test func `lookups that race with growth and with each other find one series each`() async {
        let registry = Registry()
        let series = 10_000
        let counters = CounterFamily(
            "hits", help: "H.", labels: .of(Label<Int>("id")), limit: series, registry: registry)
        let race = Race()
        await onThreads(Self.threads + 1) { number in
            if number < Self.threads {
                for index in 0..<series {
                    // Every thread goes its own way through all series; 7,919 is prime and does not divide their number.
                    let id = number.isMultiple(of: 2) ? index : (index &* 7_919 &+ number) % series
                    counters[id].increment()
                }
                return
            }
            var last = 0
            for _ in 0..<20 {
                let metrics = registry.family("hits")?.metrics ?? []
                race.note(metrics.count >= last, "\(metrics.count) series after \(last)")
                race.note(Set(metrics.map(\.labels)).count == metrics.count, "series twice")
                last = metrics.count
            }
        }
        #expect(race.problems.value == [])
        let points = registry.family("hits")?.metrics.map(\.point) ?? []
        #expect(points.count == series)
        #expect(points.allSatisfy { $0 == .counter(8) })
        #expect(registry.own("vernier_overflowed_lookups", of: "hits") == nil)
    }

    @Test func `what was counted under leases that come and go is all seen by scrapes`() async {
        let registry = Registry()
        let counters = CounterFamily(
            "sent", help: "S.", labels: .of(Label<String>("link")), limit: 100, registry: registry)
        let seen = Box<[String: UInt64]>([:])
        @Sendable func scrape() {
            var values: [String: UInt64] = [:]
            counters.store.forEachSeries(
                { labels, cell in
                    // The two generations of a slot while a series is live and while it leaves are one life of it.
                    let place = unsafe UInt(bitPattern: cell.words.base)
                    values["\(text(labels.indices.map { labels[$0] })) \(place) \(cell.place.generation >> 1)"] =
                        cell.sums().integer
                    return true
                }, pause: {})
            seen.change { $0.merge(values) { _, new in new } }
        }
        let race = await race { thread, round in
            let name = round.isMultiple(of: 3) ? "thread \(thread), round \(round)" : "shared \(round % 10)"
            let lease = counters.lease(name)
            lease.instrument.increment(by: 2)
            if round.isMultiple(of: 2) { lease.end() }
            withExtendedLifetime(lease) { if !round.isMultiple(of: 2) { lease.instrument.increment() } }
        } reading: { race in
            for round in 0..<Self.scrapes / 2 {
                scrape()
                // Nobody here uses an instrument after its lease, so that slots need no rest.
                if round % 8 == 0 { counters.store.ageRemovals(by: 60) }
            }
        }
        for _ in 0..<3 { scrape() }
        #expect(race.problems.value == [])
        let total = race.rounds.value.reduce(0) { $0 + $1 / 2 * 5 + $1 % 2 * 2 }
        #expect(seen.value.values.reduce(0, +) == UInt64(total))
        #expect(counters.seriesCount <= 1)
        #expect(counters.store.slotCount <= 202)
    }
}

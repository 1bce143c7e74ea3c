import Synchronization
import Testing

@testable import Vernier

/// Native histograms under many threads.
extension Stress {
    private static func count(_ native: NativeHistogramPoint?) -> UInt64? {
        native.map { $0.zeroCount + ($0.positive + $0.negative).reduce(0) { $0 + $1.count } }
    }

    @Test func `every scrape of busy native histograms is of one set of observations`() async throws {
        let registry = Registry()
        let both = Histogram("both", help: "B.", buckets: [0.1, 0.5], native: .standard, registry: registry)
        let alone = Histogram(
            "alone", unit: .seconds, help: "A.", buckets: .none, native: .standard, registry: registry)
        let race = await race { _, _ in
            both.observe(0.25)
            alone.observe(.nanoseconds(15_625_000))
        } reading: { race in
            for _ in 0..<Self.scrapes / 4 {
                for (name, value) in [("both", 0.25), ("alone_seconds", 0.015625)] {
                    guard let point = registry.histogram(name) else { continue }
                    race.note(point.sum == value * Double(point.count), "\(name): \(point)")
                    race.note(Self.count(point.native) == point.count, "\(name): \(point)")
                    race.note(point.native?.positive.count ?? 2 <= 1, "\(name): \(point)")
                }
            }
        }
        #expect(race.problems.value == [])
        let total = UInt64(race.rounds.value.reduce(0, +))
        #expect(total > 0)
        #expect(registry.histogram("both")?.counts == [0, total, total])
        #expect(registry.histogram("alone_seconds")?.count == total)
        #expect(Self.count(registry.histogram("both")?.native) == total)
    }

    @Test func `histograms that become coarser meanwhile lose nothing`() async {
        for round in 0..<max(1, Self.scrapes / 200) {
            let registry = Registry()
            let settings = NativeBuckets(growthFactor: 1.003, limit: 12, maximumZeroThreshold: 0x1p-8)
            let histogram = Histogram("values", help: "V.", buckets: [1], native: settings, registry: registry)
            let race = Race()
            await onThreads(Self.threads + 1) { number in
                if number < Self.threads {
                    for index in 0..<400 {
                        // Two to some power, more of them as time goes on: sums are exact.
                        let exponent = (index * 7 + number * 3) % (4 + index / 16) - 12
                        histogram.observe(Double(sign: .plus, exponent: exponent, significand: 1))
                    }
                    return
                }
                var last = (schema: 8, threshold: 0.0)
                for _ in 0..<50 {
                    guard let point = registry.histogram("values"), let native = point.native else { continue }
                    race.note(Self.count(native) == point.count, "\(point)")
                    race.note(native.schema <= last.schema && native.zeroThreshold >= last.threshold, "\(native)")
                    let isInOrder = zip(native.positive, native.positive.dropFirst()).allSatisfy { $0.index < $1.index }
                    race.note(isInOrder, "\(native)")
                    last = (native.schema, native.zeroThreshold)
                }
            }
            #expect(race.problems.value == [], "round \(round)")
            // Two more observations, as each does one thing about too many buckets.
            for _ in 0..<20 { histogram.observe(1) }
            let point = registry.histogram("values")
            #expect(point?.count == UInt64(Self.threads * 400 + 20))
            #expect(Self.count(point?.native) == point?.count)
            #expect(point?.native?.positive.count ?? .max <= 12)
        }
    }

    @Test func `histograms that start again and series that go agree with themselves`() async {
        let registry = Registry()
        let settings = NativeBuckets(growthFactor: 1.1, limit: 6, minimumResetInterval: .milliseconds(20))
        let family = HistogramFamily(
            "values", help: "V.", buckets: [1], native: settings, labels: .of(Label<Int>("id")), limit: 40,
            registry: registry)
        let names = Set(["values"])
        let race = await race { thread, round in
            // Numbers of 32 kinds, whose sums are exact.
            let value = Double(sign: .plus, exponent: (round &* 5 &+ thread) & 31, significand: 1)
            family[round & 3].observe(value)
            family[8].observe(4)
        } reading: { race in
            var generator = SplitMix(seed: 5)
            for scrape in 0..<Self.scrapes / 20 {
                for metric in registry.gather(names: names).flatMap(\.metrics) {
                    guard case .histogram(let point) = metric.point, let native = point.native else {
                        race.note(false, "\(metric)")
                        continue
                    }
                    race.note(Self.count(native) == point.count, "\(metric)")
                    race.note(native.schema == 3 || point.count > 0, "\(metric)")
                    if metric.labels.first?.value == "8" {
                        race.note(point.sum == 4 * Double(point.count), "\(metric)")
                    }
                }
                let id = Int.random(in: 0..<10, using: &generator)
                if id < 4 || id == 8 { family.remove(id) }
                if scrape % 16 == 0 { family.store.ageRemovals(by: 60) }
            }
        }
        #expect(race.problems.value == [])
        #expect(race.rounds.value.reduce(0, +) > 0)
        // Pages that wait in the pool and pages in use are as many as were ever needed at once.
        var waiting = 0
        while family.store.shared.takePage(next: 1) != nil { waiting += 1 }
        #expect(waiting < 10_000)
    }
}

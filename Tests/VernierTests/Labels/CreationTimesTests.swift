import Testing

@testable import Vernier

@Suite struct CreationTimesTests {
    private func times(_ created: CreationTimes, of slots: [Int]) -> [Double] {
        var run = 0
        return slots.map { slot in
            let (time, end) = created.run(of: slot, &run)
            #expect(end > slot)
            return created.exception(slot) ?? time
        }
    }

    @Test func `slots made at about one time share it, and it is never later than they were made`() {
        var created = CreationTimes()
        let made = [100, 100.005, 100.009, 100.02, 100.015, 99, 99.5]
        for (slot, time) in made.enumerated() { created.append(slot, at: time) }
        let times = times(created, of: Array(0..<7))
        #expect(times == [100, 100, 100, 100.02, 100.015, 99, 99.5])
        for (time, made) in zip(times, made) { #expect(time <= made && time > made - CreationTimes.tolerance) }
    }

    @Test func `a walk may leave slots out, and go on when there are more`() {
        var created = CreationTimes()
        for slot in 0..<10 { created.append(slot, at: Double(slot / 3)) }
        #expect(times(created, of: [1, 4, 9]) == [0, 1, 3])
        var run = 0
        #expect(created.run(of: 9, &run) == (3, .max))
        created.append(10, at: 3.001)
        created.append(11, at: 5)
        #expect(created.run(of: 10, &run) == (3, 11))
        #expect(created.run(of: 11, &run) == (5, .max))
    }

    @Test func `a slot that starts again has its own time`() {
        var created = CreationTimes()
        for slot in 0..<3 { created.append(slot, at: 1) }
        #expect(!created.hasExceptions)
        created.set(1, at: 7)
        #expect(created.hasExceptions)
        #expect(times(created, of: [0, 1, 2]) == [1, 7, 1])
        created.set(1, at: 8)
        #expect(times(created, of: [0, 1, 2]) == [1, 8, 1])
    }

    @Test func `where nothing was noted there is no time`() {
        #expect(times(CreationTimes(), of: [0, 5]).allSatisfy { $0.isNaN })
    }

    // MARK: In a store

    /// What a gather says of a family.
    private func created(_ registry: Registry, _ name: String) -> [Double?] {
        registry.family(name)?.metrics.map(\.created) ?? []
    }

    @Test func `counters, histograms and summaries say since when they count, other types do not`() throws {
        let registry = Registry()
        let before = Platform.unixSeconds - 0.05
        _ = Counter("a", help: "A.", registry: registry)
        _ = Histogram("b", help: "B.", registry: registry)
        _ = Summary("c", help: "C.", registry: registry)
        let after = Platform.unixSeconds
        for name in ["a", "b", "c"] {
            let time = try #require(created(registry, name).first ?? nil)
            #expect(time > before && time <= after)
        }
        _ = UpDownCounter("e", help: "E.", registry: registry)
        _ = Gauge("f", help: "F.", registry: registry)
        _ = StateSet("g", help: "G.", initial: Method.get, registry: registry)
        _ = Info("h", help: "H.", ["version": "1"], registry: registry)
        GaugeFunction("i", help: "I.", registry: registry) { 1 }
        // Since when its value counts only its owner knows.
        CounterFunction("j", help: "J.", registry: registry) { 1 }
        for name in ["e", "f", "g", "h", "i", "j"] { #expect(created(registry, name) == [nil]) }
    }

    @Test func `a series that is made, set back or brought back counts from then on`() throws {
        let registry = Registry()
        let family = CounterFamily("open", help: "O.", labels: .of(Label<String>("name")), registry: registry)
        for name in ["a", "b", "c"] { family[name].increment() }
        let first = created(registry, "open")
        pause()
        family["d"].increment()
        family.remove("b")
        family["b"].increment()
        let second = created(registry, "open")
        #expect([second[0], second[2]] == [first[0], first[2]])
        for slot in [1, 3] {
            let (old, new) = try (#require(first[0]), #require(second[slot]))
            #expect(new > old && new <= Platform.unixSeconds)
        }
    }

    @Test func `a slot that is given to another series counts from then on`() throws {
        let registry = Registry()
        let family = CounterFamily("open", help: "O.", labels: .of(Label<String>("name")), registry: registry)
        family["a"].increment()
        let old = try #require(created(registry, "open")[0])
        family.remove("a")
        family.store.ageRemovals(by: SeriesStore.rest)
        pause()
        family["b"].increment()
        #expect(family.store.slotCount == 1)
        #expect(try #require(created(registry, "open")[0]) > old)
    }

    @Test func `a fixed series that is set back counts from then on, the others from the start`() throws {
        let registry = Registry()
        let family = HistogramFamily("fixed", help: "F.", labels: .of(Label<Method>("m")), registry: registry)
        let first = created(registry, "fixed")
        #expect(first[0] == first[1])
        pause()
        family.remove(.post)
        let second = created(registry, "fixed")
        #expect(second[0] == first[0])
        let (old, new) = try (#require(first[1]), #require(second[1]))
        #expect(new > old)
    }

    /// Lets a time pass that clocks of ticks see.
    private func pause() {
        let start = Platform.unixSeconds
        while Platform.unixSeconds < start + 0.05 { Platform.yieldThread() }
    }
}

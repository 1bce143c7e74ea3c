import Synchronization
import Testing

@testable import Vernier

@Suite struct SeriesStoreOverflowTests {
    private typealias Family = CounterFamily<Labels1<String>>

    /// A family of two series that is full, and knows it.
    private func makeFull(_ registry: Registry) -> Family {
        let family = Family("things", help: "T.", labels: .of(Label<String>("name")), limit: 2, registry: registry)
        for name in ["a", "b", "c"] { family[name].increment() }
        #expect(isFull(family))
        return family
    }

    private func isFull(_ family: Family) -> Bool { family.store.fullness.load(ordering: .relaxed) != 0 }

    @Test func `a lookup beyond the limit waits for nobody`() {
        let registry = Registry()
        let family = makeFull(registry)
        let done = Gate()
        let isThrough = Box(false)
        family.store.state.withLock { _ in
            _ = startThread {
                for name in ["d", "a", "__overflow__"] { family[name].increment() }
                isThrough.set(true)
                done.open()
            }
            done.wait(atMost: .seconds(60))
            #expect(isThrough.value)
        }
        #expect(
            registry.samples(of: "things") == [
                "things_total{name=\"a\"} 2", "things_total{name=\"b\"} 1", "things_total{name=\"__overflow__\"} 3",
            ])
        #expect(registry.own("vernier_overflowed_lookups", of: "things") == 3)
    }

    @Test func `a family that was full has room after a removal, and is full again`() {
        let registry = Registry()
        let family = makeFull(registry)
        for round in 0..<100 {
            family.remove(round == 0 ? "a" : "new \(round - 1)")
            #expect(!isFull(family))
            family.store.ageRemovals(by: SeriesStore.rest + 1)
            family["new \(round)"].increment()
            family["old \(round)"].increment()
            #expect(isFull(family))
            family["new \(round)"].increment()
            #expect(family["new \(round)"].value == 2)
        }
        #expect(registry.samples(of: "things").contains("things_total{name=\"__overflow__\"} 101"))
        #expect(family.seriesCount == 3)
    }

    @Test func `a removed series finds no room in a full family`() {
        let registry = Registry()
        let family = makeFull(registry)
        family.remove("a")
        family["c"].increment()
        for _ in 0..<3 { family["a"].increment() }
        #expect(isFull(family))
        #expect(
            Set(registry.samples(of: "things")) == [
                "things_total{name=\"b\"} 1", "things_total{name=\"c\"} 1", "things_total{name=\"__overflow__\"} 4",
            ])
    }

    @Test func `a series that leaves a full family stays when it is asked for`() {
        let registry = Registry()
        let family = makeFull(registry)
        family.lease("a").end()
        _ = registry.samples(of: "things")
        #expect(isFull(family))
        family["a"].increment()
        for _ in 0..<3 { #expect(registry.samples(of: "things").first == "things_total{name=\"a\"} 2") }
    }

    @Test func `the series for the rest comes back after it was removed`() {
        let registry = Registry()
        let family = makeFull(registry)
        let old = family["c"]
        #expect(family.removeAll { $0[0].value == "__overflow__" } == 1)
        old.increment()
        #expect(family.seriesCount == 2)
        for _ in 0..<2 { family["c"].increment() }
        #expect(isFull(family))
        #expect(registry.samples(of: "things").last == "things_total{name=\"__overflow__\"} 2")
    }

    @Test func `a lookup that began before a removal does not overflow, full again or not`() {
        let registry = Registry()
        let family = makeFull(registry)
        let before = family.store.fullness.load(ordering: .relaxed)
        let key = family.labels.key(of: "d", family.store.seeds)
        #expect(family.store.overflowPlace(for: key, ifStill: before) != nil)
        family.remove("a")
        #expect(family.store.overflowPlace(for: key, ifStill: before) == nil)
        family["e"].increment()
        family["f"].increment()
        #expect(isFull(family))
        #expect(family.store.overflowPlace(for: key, ifStill: before) == nil)
    }

    @Test func `what threads look up in a family that becomes full is counted once, in one place`() async {
        let registry = Registry()
        let family = Family("things", help: "T.", labels: .of(Label<String>("name")), limit: 20, registry: registry)
        await onThreads(4) { thread in
            for round in 0..<20_000 { family["\((round &* 7 &+ thread) % 60)"].increment() }
        }
        let page = registry.samples(of: "things")
        #expect(page.count == 21)
        let names: [Substring] = page.map { $0.split(separator: " ")[0] }
        #expect(Set(names).count == 21)
        let values: [Int] = page.compactMap { line in line.split(separator: " ").last.flatMap { Int($0) } }
        #expect(values.reduce(0, +) == 80_000)
        let beyond = page.last?.split(separator: " ").last.flatMap { Double($0) }
        #expect(beyond == registry.own("vernier_overflowed_lookups", of: "things"))
    }

    @Test func `a series that stays is found in a full family while others come and go`() async {
        let registry = Registry()
        // With those that rest 25 slots, as many as the smallest table takes: nearly every removal moves entries.
        let family = Family("things", help: "T.", labels: .of(Label<String>("name")), limit: 12, registry: registry)
        let kept = (0..<8).map { "kept \($0)" }
        let keys = kept.map { family.labels.key(of: $0, family.store.seeds) }
        for name in kept { family[name].increment() }
        for other in 0..<5 { family["other \(other)"].increment() }
        let isOver = Atomic<Bool>(false)
        let (looked, wrong) = (Box(0), Box(0))
        await onThreads(4) { thread in
            if thread == 0 {
                for round in 0..<20_000 {
                    family.removeAll { !$0[0].value.hasPrefix("kept") && $0[0].value != "__overflow__" }
                    family.store.ageRemovals(by: SeriesStore.rest + 1)
                    for other in 0..<5 { family["\(round) \(other)"].increment() }
                }
                return isOver.store(true, ordering: .releasing)
            }
            var (count, misled) = (0, 0)
            while !isOver.load(ordering: .acquiring) {
                let number = count % kept.count
                family[kept[number]].increment()
                // What a lookup does that missed the series, which is seldom.
                for _ in 0..<8 where family.store.overflowPlace(for: keys[number]) != nil { misled += 1 }
                count += 1
            }
            looked.change { $0 += count }
            wrong.change { $0 += misled }
        }
        #expect(wrong.value == 0)
        #expect(kept.map { Int(family[$0].value) }.reduce(0, +) == looked.value + kept.count)
    }
}

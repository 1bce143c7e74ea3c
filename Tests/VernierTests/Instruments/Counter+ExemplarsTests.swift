import Testing

@testable import Vernier

@Suite struct CounterExemplarsTests {
    private let registry = Registry()

    @Test func `an increment may name an exemplar, and the newest is kept`() throws {
        let counter = Counter("hits", help: "H.", registry: registry)
        let before = Platform.unixSeconds
        counter.increment(exemplar: ["id": "a"])
        counter.increment(by: 2, exemplar: ["id": "b"])
        counter.increment(by: 0.5, exemplar: ["id": "c", "kind": "d"])
        counter.increment(by: 7)
        let exemplar = try #require(registry.exemplar(of: "hits"))
        #expect(exemplar.labels == [LabelPair("id", "c"), LabelPair("kind", "d")])
        #expect(exemplar.value == 0.5)
        let time = try #require(exemplar.timestamp)
        #expect(time > before - 0.1 && time <= Platform.unixSeconds)
        #expect(registry.point(of: "hits") == .counter(10.5))
        // Reading leaves it there.
        #expect(registry.exemplar(of: "hits") == exemplar)
    }

    @Test func `an update without an exemplar leaves the one that is there`() {
        let counter = Counter("hits", help: "H.", registry: registry)
        counter.increment(exemplar: ["id": "a"])
        let none: ExemplarLabels? = nil
        counter.increment(exemplar: none)
        #expect(registry.exemplar(of: "hits")?.labels == [LabelPair("id", "a")])
        #expect(counter.value == 2)
    }

    @Test func `an exemplar that is not allowed is dropped and counted, its update counts`() {
        let counter = Counter("hits", help: "H.", registry: registry)
        counter.increment(exemplar: ["id": String(repeating: "x", count: 127)])
        counter.increment(by: 0.5, exemplar: ["": "x"])
        #expect(registry.exemplar(of: "hits") == nil)
        #expect(counter.value == 1.5)
        #expect(registry.own("vernier_rejected_exemplars", of: "hits") == 2)
    }

    @Test func `a refused amount has no exemplar`() {
        let counter = Counter("hits", help: "H.", registry: registry)
        counter.increment(by: -1, exemplar: ["id": "a"])
        counter.increment(by: -0.5, exemplar: ["id": "a"])
        counter.increment(by: .infinity, exemplar: ["id": "a"])
        #expect(registry.exemplar(of: "hits") == nil)
        #expect(registry.own("vernier_rejected_updates", of: "hits") == 3)
    }

    @Test func `a removed series drops its exemplars, and takes none`() {
        let family = CounterFamily("hits", help: "H.", labels: .of(Label<String>("name")), registry: registry)
        let old = family["a"]
        old.increment(exemplar: ["id": "a"])
        family.remove("a")
        #expect(old.cell.exemplar(at: 0) == nil)
        old.increment(exemplar: ["id": "b"])
        old.increment(by: 0.5, exemplar: ["id": "b"])
        #expect(family["a"].value == 0)
        #expect(registry.exemplar(of: "hits") == nil)
    }

    @Test func `a counter that is set back drops its exemplar and takes another at once`() {
        let family = CounterFamily(
            "hits", help: "H.", labels: .of(Label<Method>("m")), exemplars: .automatic(every: .seconds(60)),
            registry: registry)
        family[.get].increment(exemplar: ["id": "a"])
        family[.get].increment(exemplar: ["id": "b"])
        #expect(registry.exemplar(of: "hits")?.labels == [LabelPair("id", "a")])
        family.remove(.get)
        #expect(registry.exemplar(of: "hits") == nil)
        family[.get].increment(exemplar: ["id": "c"])
        #expect(registry.exemplar(of: "hits")?.labels == [LabelPair("id", "c")])
    }

    @Test func `automatic sampling asks once in an interval, and evaluates no other exemplar either`() {
        let family = CounterFamily(
            "hits", help: "H.", labels: .of(Label<String>("name")), exemplars: .automatic(every: .seconds(60)),
            registry: registry)
        let asked = Box(0)
        let provider = ExemplarProvider {
            ["id": "\(asked.change { $0 += 1; return $0 })"]
        }
        provider.withCurrent {
            for _ in 0..<5 {
                family["a"].increment()
                family["b"].increment(by: 0.5)
            }
            family["a"].increment(exemplar: ["id": "\(asked.change { $0 += 1; return $0 })"])
        }
        #expect(asked.value == 2)
        #expect(registry.family("hits")?.metrics.map { $0.exemplar?.value } == [1, 0.5])
        #expect(family["a"].value == 6)
    }

    @Test func `without a provider, or with one that knows nothing, there is no exemplar`() {
        let counter = Counter("hits", help: "H.", exemplars: .automatic(every: .zero), registry: registry)
        counter.increment()
        ExemplarProvider { nil }.withCurrent { counter.increment() }
        #expect(registry.exemplar(of: "hits") == nil)
        #expect(counter.value == 2)
    }

    @Test func `counters may be declared under names from run time, with their sampling`() throws {
        let counter = try Counter(validating: "a", help: "A.", exemplars: .automatic, registry: registry)
        let family = try CounterFamily(
            validating: "b", help: "B.", labels: .of(Label<Method>("m")), exemplars: .automatic, registry: registry)
        #expect(!counter.cell.isCurrent && counter.cell.isLive)
        #expect(!family[.post].cell.isCurrent && family[.post].cell.isLive)
        #expect(throws: RegistrationError.self) {
            try Counter(validating: "", help: "A.", exemplars: .automatic, registry: registry)
        }
    }

    @Test func `what is kept after the registry is gone may still be updated`() {
        var counters: [Counter] = []
        do {
            let registry = Registry()
            let family = CounterFamily("hits", help: "H.", labels: .of(Label<Method>("m")), registry: registry)
            counters = [family[.get], Counter("one", help: "O.", exemplars: .automatic, registry: registry)]
            for counter in counters { counter.increment(exemplar: ["id": "a"]) }
        }
        for counter in counters {
            #expect(counter.cell.exemplar(at: 0) == nil)
            counter.increment(exemplar: ["id": "b"])
            #expect(counter.value == 2)
            counter.cell.dropExemplars()
        }
    }
}

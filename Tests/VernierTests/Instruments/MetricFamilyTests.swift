import Testing

@testable import Vernier

@Suite struct MetricFamilyTests {
    private typealias Family = CounterFamily<Labels1<String>>

    private func makeFamily(_ registry: Registry, limit: Int = Family.defaultLimit) -> Family {
        Family("links", help: "Links.", labels: .of(Label<String>("id")), limit: limit, registry: registry)
    }

    @Test func `a family without labels is one series`() {
        let registry = Registry()
        let family = CounterFamily("plain", help: "P.", labels: NoLabels(), registry: registry)
        family[()].increment()
        #expect(registry.samples(of: "plain") == ["plain_total 1"])
        Counter("plain", help: "P.", registry: registry).increment()
        #expect(family[()].value == 2)
    }

    @Test func `a label value that needs escapes or much room is one series like any other`() {
        let registry = Registry()
        let family = makeFamily(registry)
        let values = ["", "\"", "\\", "\n", "👍", String(repeating: "x", count: 10_240)]
        for _ in 0..<2 { for value in values { family[value].increment() } }
        #expect(registry.family("links")?.labelValues == values.map { [$0] })
        #expect(registry.family("links")?.metrics.allSatisfy { $0.point == .counter(2) } == true)
    }

    @Test func `removing a series of finite labels sets it to zero`() {
        let registry = Registry()
        let family = CounterFamily("finite", help: "F.", labels: .of(Label<Method>("method")), registry: registry)
        let get = family[.get]
        get.increment(by: 5)
        get.increment(by: 0.5)
        family[.post].increment()
        #expect(family.remove(.get))
        #expect(
            registry.samples(of: "finite") == ["finite_total{method=\"GET\"} 0", "finite_total{method=\"POST\"} 1"])
        get.increment()
        #expect(registry.samples(of: "finite").first == "finite_total{method=\"GET\"} 1")
    }

    @Test func `removing many series of finite labels sets them to zero and shows them still`() {
        let registry = Registry()
        let family = HistogramFamily(
            "finite", help: "F.", buckets: [1], labels: .of(Label<Method>("method")), registry: registry)
        let get = family[.get]
        get.observe(1)
        family[.post].observe(1)
        #expect(family.removeAll { $0 == [LabelPair("method", "GET")] } == 1)
        func counts() -> [String] { registry.samples(of: "finite").filter { $0.hasPrefix("finite_count") } }
        #expect(counts() == ["finite_count{method=\"GET\"} 0", "finite_count{method=\"POST\"} 1"])
        get.observe(2)
        family[.get].observe(2)
        #expect(counts() == ["finite_count{method=\"GET\"} 2", "finite_count{method=\"POST\"} 1"])
        family.removeAll()
        #expect(counts() == ["finite_count{method=\"GET\"} 0", "finite_count{method=\"POST\"} 0"])
        #expect(family.seriesCount == 2)
    }

    // MARK: Leases

    @Test func `a leased series goes away after scrapes have seen its last value`() {
        let registry = Registry()
        let family = makeFamily(registry)
        let lease = family.lease("a")
        lease.instrument.increment(by: 5)
        #expect(registry.samples(of: "links") == ["links_total{id=\"a\"} 5"])
        #expect(registry.samples(of: "links") == ["links_total{id=\"a\"} 5"])
        lease.instrument.increment()
        lease.end()
        #expect(registry.samples(of: "links") == ["links_total{id=\"a\"} 6"])
        #expect(registry.samples(of: "links") == ["links_total{id=\"a\"} 6"])
        #expect(registry.samples(of: "links") == [])
        #expect(family.seriesCount == 0)
    }

    @Test func `a page that breaks off is no scrape for a series that leaves`() {
        let registry = Registry()
        let family = CounterFamily("x", help: "X.", labels: .of(Label<String>("l")), registry: registry)
        family.lease("a").instrument.increment(by: 3)
        for _ in 0..<3 {
            #expect(throws: Trouble.self) { try registry.expose(as: .text) { _ in throw Trouble() } }
        }
        family["a"].increment()
        #expect(registry.samples(of: "x") == ["x_total{l=\"a\"} 4"])
    }

    @Test func `updates of an ended lease count until its series is gone`() {
        let registry = Registry()
        let family = makeFamily(registry)
        let lease = family.lease("a")
        lease.end()
        lease.instrument.increment()
        #expect(registry.samples(of: "links") == ["links_total{id=\"a\"} 1"])
        lease.instrument.increment()
        #expect(registry.samples(of: "links") == ["links_total{id=\"a\"} 2"])
        lease.instrument.increment()
        #expect(registry.samples(of: "links") == [])
    }

    @Test func `a series that stays although a lease of it ended loses nothing`() {
        let registry = Registry()
        let family = makeFamily(registry)
        let kept = family["a"]
        kept.increment()
        family.lease("a").end()
        #expect(registry.samples(of: "links") == ["links_total{id=\"a\"} 1"])
        kept.increment()
        family["a"].increment()
        kept.increment()
        for _ in 0..<3 { #expect(registry.samples(of: "links") == ["links_total{id=\"a\"} 4"]) }
    }

    @Test func `an ended lease ends once`() {
        let registry = Registry()
        let family = makeFamily(registry)
        let (first, second) = (family.lease("a"), family.lease("a"))
        first.end()
        first.end()
        for _ in 0..<4 { #expect(registry.samples(of: "links").count == 1) }
        second.instrument.increment()
        #expect(registry.samples(of: "links") == ["links_total{id=\"a\"} 1"])
        second.end()
        for _ in 0..<2 { #expect(registry.samples(of: "links").count == 1) }
        #expect(registry.samples(of: "links") == [])
    }

    @Test func `letting go of a lease ends it`() {
        let registry = Registry()
        let family = makeFamily(registry)
        family.lease("a").instrument.increment(by: 3)
        for _ in 0..<2 { #expect(registry.samples(of: "links") == ["links_total{id=\"a\"} 3"]) }
        #expect(registry.samples(of: "links") == [])
    }

    @Test(arguments: [0, 1]) func `a series that is leaving comes back with its value`(scrapes: Int) {
        let registry = Registry()
        let family = makeFamily(registry)
        family.lease("a").instrument.increment(by: 3)
        for _ in 0..<scrapes { #expect(registry.samples(of: "links") == ["links_total{id=\"a\"} 3"]) }
        let lease = family.lease("a")
        lease.instrument.increment()
        for _ in 0..<4 { #expect(registry.samples(of: "links") == ["links_total{id=\"a\"} 4"]) }
        lease.end()
        for _ in 0..<2 { #expect(registry.samples(of: "links") == ["links_total{id=\"a\"} 4"]) }
        #expect(registry.samples(of: "links") == [])
        family.lease("a").instrument.increment()
        #expect(registry.samples(of: "links") == ["links_total{id=\"a\"} 1"])
    }

    @Test func `a lookup brings a leaving series back for good`() {
        let registry = Registry()
        let family = makeFamily(registry)
        family.lease("a").instrument.increment(by: 3)
        _ = registry.gather()
        family["a"].increment()
        for _ in 0..<4 { #expect(registry.samples(of: "links") == ["links_total{id=\"a\"} 4"]) }
    }

    @Test func `a series removed under its lease is gone at once, and ending the lease then does nothing`() {
        let registry = Registry()
        let family = makeFamily(registry)
        let lease = family.lease("a")
        family.remove("a")
        lease.instrument.increment()
        lease.end()
        #expect(registry.samples(of: "links") == [])
        family.lease("b").end()
        family.remove("b")
        #expect(registry.samples(of: "links") == [])
    }

    @Test func `leases beyond the limit share the series for the rest, which stays`() {
        let registry = Registry()
        let family = makeFamily(registry, limit: 1)
        let first = family.lease("a")
        for name in ["b", "c"] { family.lease(name).instrument.increment() }
        for _ in 0..<4 {
            #expect(registry.samples(of: "links") == ["links_total{id=\"a\"} 0", "links_total{id=\"__overflow__\"} 2"])
        }
        #expect(registry.own("vernier_overflowed_lookups", of: "links") == 2)
        first.end()
    }

    @Test func `a lease on finite labels is the series itself`() {
        let registry = Registry()
        let family = CounterFamily("finite", help: "F.", labels: .of(Label<Method>("method")), registry: registry)
        let lease = family.lease(.get)
        lease.instrument.increment()
        lease.end()
        for _ in 0..<4 { #expect(registry.samples(of: "finite").first == "finite_total{method=\"GET\"} 1") }
    }
}

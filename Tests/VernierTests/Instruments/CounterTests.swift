import Testing

@testable import Vernier

@Suite struct CounterTests {
    @Test func `a counter adds up whole and other amounts`() {
        let registry = Registry()
        let counter = Counter("requests", help: "Requests served.", registry: registry)
        #expect(counter.value == 0)
        counter.increment()
        counter.increment(by: 4)
        counter.increment(by: 0)
        #expect(registry.samples(of: "requests") == ["requests_total 5"])
        counter.increment(by: 0.25)
        counter.increment(by: 0.0)
        #expect(counter.value == 5.25)
        #expect(registry.samples(of: "requests") == ["requests_total 5.25"])
    }

    @Test func `whole amounts are exact beyond 53 bits and wrap beyond 64`() {
        let registry = Registry()
        let counter = Counter("big", help: "Big.", registry: registry)
        counter.increment(by: .max)
        counter.increment(by: .max)
        counter.increment()
        #expect(registry.samples(of: "big") == ["big_total 18446744073709551615"])
        counter.increment(by: 3)
        #expect(registry.samples(of: "big") == ["big_total 2"])
    }

    @Test(arguments: [-1, Int.min]) func `a negative whole amount is refused and counted`(amount: Int) {
        let registry = Registry()
        let counter = Counter("refused", help: "R.", registry: registry)
        counter.increment(by: amount)
        #expect(counter.value == 0)
        #expect(registry.own("vernier_rejected_updates", of: "refused") == 1)
    }

    @Test(arguments: [-0.5, -.infinity, .infinity, .nan, -.leastNonzeroMagnitude, .signalingNaN])
    func `an amount that is negative or no number is refused and counted`(amount: Double) {
        let registry = Registry()
        let counter = Counter("refused", help: "R.", registry: registry)
        counter.increment(by: amount)
        counter.increment(by: amount)
        #expect(counter.value == 0)
        #expect(registry.samples(of: "refused") == ["refused_total 0"])
        #expect(registry.own("vernier_rejected_updates", of: "refused") == 2)
    }

    @Test func `amounts at the edge of what is allowed count`() {
        let counter = Counter("edge", help: "E.", registry: Registry())
        counter.increment(by: -0.0)
        counter.increment(by: Double.leastNonzeroMagnitude)
        #expect(counter.value == .leastNonzeroMagnitude)
        counter.increment(by: Double.greatestFiniteMagnitude)
        #expect(counter.value == .greatestFiniteMagnitude)
        counter.increment(by: Double.greatestFiniteMagnitude)
        #expect(counter.value == .infinity)
    }

    @Test func `copies count into the same series`() {
        let counter = Counter("copies", help: "C.", registry: Registry())
        let copy = counter
        counter.increment()
        copy.increment()
        #expect(counter.value == 2)
    }

    @Test func `a family counts by label`() {
        let registry = Registry()
        let family = CounterFamily(
            "sent", unit: .bytes, help: "Bytes sent.", labels: .of(Label<Method>("method")), registry: registry)
        family[.post].increment(by: 512)
        family[.get].increment(by: -1)
        #expect(
            registry.samples(of: "sent_bytes") == [
                "sent_bytes_total{method=\"GET\"} 0", "sent_bytes_total{method=\"POST\"} 512",
            ])
        #expect(registry.own("vernier_rejected_updates", of: "sent_bytes") == 1)
    }

    @Test func `a name known at run time is registered or refused with an error`() throws {
        let registry = Registry()
        let counter = try Counter(validating: "made_up", help: "M.", registry: registry)
        counter.increment()
        let family = try CounterFamily(
            validating: "made_up_too", help: "M.", labels: .of(Label<Int>("id")), registry: registry)
        family[5].increment(by: 2)
        #expect(registry.samples(of: "made_up", "made_up_too") == ["made_up_total 1", "made_up_too_total{id=\"5\"} 2"])
        #expect(throws: RegistrationError.self) { try Counter(validating: "", help: "F.", registry: registry) }
        #expect(throws: RegistrationError.self) {
            try CounterFamily(validating: "x", help: "F.", labels: .of(Label<Int>("__a")), registry: registry)
        }
    }

    @Test func `a name that ends in _total is the same without it`() {
        let registry = Registry()
        Counter("hits_total", help: "H.", registry: registry).increment()
        Counter("hits", help: "H.", registry: registry).increment()
        #expect(registry.samples(of: "hits") == ["hits_total 2"])
    }
}

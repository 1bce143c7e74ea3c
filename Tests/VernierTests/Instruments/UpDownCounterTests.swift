import Testing

@testable import Vernier

@Suite struct UpDownCounterTests {
    @Test func `it goes up and down by any amounts`() {
        let registry = Registry()
        let waiting = UpDownCounter("waiting", help: "W.", registry: registry)
        waiting.increment()
        waiting.decrement(by: 3)
        #expect(registry.samples(of: "waiting") == ["waiting -2"])
        waiting.increment(by: -1)
        waiting.decrement(by: -10)
        waiting.decrement()
        #expect(waiting.value == 6)
        waiting.increment(by: 0.5)
        waiting.decrement(by: 1.25)
        #expect(waiting.value == 5.25)
        #expect(registry.samples(of: "waiting") == ["waiting 5.25"])
    }

    @Test func `whole amounts wrap around and trap nowhere`() {
        let registry = Registry()
        let counter = UpDownCounter("wraps", help: "W.", registry: registry)
        counter.increment(by: .max)
        counter.increment()
        #expect(registry.samples(of: "wraps") == ["wraps -9223372036854775808"])
        counter.decrement(by: .min)
        #expect(registry.samples(of: "wraps") == ["wraps 0"])
    }

    @Test(arguments: [Double.nan, .infinity, -.infinity, .signalingNaN])
    func `an amount that is no finite number is refused and counted`(amount: Double) {
        let registry = Registry()
        let counter = UpDownCounter("refused", help: "R.", registry: registry)
        counter.increment(by: amount)
        counter.decrement(by: amount)
        #expect(counter.value == 0)
        #expect(registry.own("vernier_rejected_updates", of: "refused") == 2)
    }

    @Test func `tracking counts up while work runs, however it ends`() async throws {
        let counter = UpDownCounter("tracked", help: "T.", registry: Registry())
        #expect(counter.track { counter.value } == 1)
        #expect(counter.value == 0)
        #expect(throws: Trouble.self) { try counter.track { () throws(Trouble) in throw Trouble() } }
        #expect(counter.value == 0)
        let inside = await counter.track {
            await Task.yield()
            return counter.value
        }
        #expect(inside == 1)
        await #expect(throws: Trouble.self) {
            try await counter.track { () async throws(Trouble) in
                await Task.yield()
                throw Trouble()
            }
        }
        #expect(counter.value == 0)
    }

    @Test func `families and names known at run time work`() throws {
        let registry = Registry()
        let family = UpDownCounterFamily(
            "open", help: "O.", labels: .of(Label<String>("kind")), registry: registry)
        family["a"].decrement(by: 2)
        let validated = try UpDownCounterFamily(
            validating: "open_too", help: "O.", labels: .of(Label<Bool>("kind")), registry: registry)
        validated[true].increment()
        try UpDownCounter(validating: "open_three", help: "O.", registry: registry).increment(by: 0.5)
        #expect(
            registry.samples(of: "open", "open_too", "open_three") == [
                "open{kind=\"a\"} -2", "open_three 0.5", "open_too{kind=\"false\"} 0", "open_too{kind=\"true\"} 1",
            ])
        #expect(throws: RegistrationError.self) { try UpDownCounter(validating: "", help: "O.", registry: registry) }
        #expect(throws: RegistrationError.self) {
            try UpDownCounterFamily(validating: "open", help: "?", labels: .of(Label<Bool>("kind")), registry: registry)
        }
    }
}

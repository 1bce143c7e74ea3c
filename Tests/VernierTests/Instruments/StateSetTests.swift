import Testing

@testable import Vernier

@Suite struct StateSetTests {
    enum Phase: String, FiniteLabel { case starting, serving, draining = "is draining" }
    enum Backwards: String, FiniteLabel {
        case a, b
        static let allCases: [Backwards] = [.b, .a]
    }

    @Test func `one of the states is on`() {
        let registry = Registry()
        let phase = StateSet("phase", help: "P.", initial: Phase.serving, registry: registry)
        #expect(
            registry.samples(of: "phase") == [
                "phase{phase=\"starting\"} 0", "phase{phase=\"serving\"} 1", "phase{phase=\"is draining\"} 0",
            ])
        phase.set(.draining)
        #expect(
            registry.point(of: "phase")
                == .stateSet([
                    StatePoint("starting", isOn: false), StatePoint("serving", isOn: false),
                    StatePoint("is draining", isOn: true),
                ]))
    }

    @Test func `a place of the host's own is not looked at`() {
        enum Odd: String, FiniteLabel {
            case a, b
            var labelIndex: Int { .max }
        }
        let registry = Registry()
        let odd = StateSet("odd", help: "O.", initial: Odd.b, registry: registry)
        #expect(registry.samples(of: "odd") == ["odd{odd=\"a\"} 0", "odd{odd=\"b\"} 1"])
        odd.set(.a)
        #expect(registry.samples(of: "odd") == ["odd{odd=\"a\"} 1", "odd{odd=\"b\"} 0"])
    }

    @Test(arguments: ["app:phase", "__phase"]) func `a name that is no label's is refused`(name: String) {
        #expect(throws: RegistrationError.self) {
            try StateSet(validating: name, help: "P.", initial: Phase.starting, registry: Registry())
        }
    }

    @Test func `states whose order is not that of the cases work`() {
        let registry = Registry()
        let set = StateSet("letter", help: "L.", initial: Backwards.a, registry: registry)
        #expect(registry.samples(of: "letter") == ["letter{letter=\"b\"} 0", "letter{letter=\"a\"} 1"])
        set.set(.b)
        #expect(registry.samples(of: "letter") == ["letter{letter=\"b\"} 1", "letter{letter=\"a\"} 0"])
    }

    @Test func `each of a family starts in the first state`() {
        let registry = Registry()
        let phases = StateSetFamily<Phase, Labels1<String>>(
            "phase", help: "P.", labels: .of(Label<String>("server")), registry: registry)
        phases["a"].set(.serving)
        _ = phases["b"]
        #expect(
            registry.samples(of: "phase").filter { $0.hasSuffix(" 1") } == [
                "phase{server=\"a\",phase=\"serving\"} 1", "phase{server=\"b\",phase=\"starting\"} 1",
            ])
    }

    @Test func `a name known at run time is registered or refused, and no label has the family's name`() throws {
        let registry = Registry()
        _ = try StateSet(validating: "phase", help: "P.", initial: Phase.starting, registry: registry)
        #expect(registry.familyNames == ["phase"])
        #expect(throws: RegistrationError.self) {
            try StateSet(validating: "phase", help: "P.", initial: Backwards.a, registry: registry)
        }
        let family = try StateSetFamily<Phase, Labels1<String>>(
            validating: "phases", help: "P.", labels: .of(Label<String>("server")), registry: registry)
        family["a"].set(.serving)
        #expect(registry.familyNames == ["phase", "phases"])
        let detaching = Registry(clashPolicy: .detach)
        let phases = StateSetFamily<Phase, Labels1<String>>(
            "phase", help: "P.", labels: .of(Label<String>("phase")), registry: detaching)
        phases["a"].set(.serving)
        #expect(detaching.familyNames == [])
    }
}

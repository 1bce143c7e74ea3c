import Testing

@testable import VernierExporter

@Suite struct ScrapeGateTests {
    @Test func `as many enter as there are places`() {
        let gate = ScrapeGate(places: 2)
        let first = gate.enter()
        let second = gate.enter()
        #expect(first != nil && second != nil)
        #expect(gate.enter() == nil)
        #expect(gate.refusals == 1)
        first?.leave()
        first?.leave()
        let third = gate.enter()
        #expect(third != nil)
        #expect(gate.enter() == nil)
        withExtendedLifetime((first, second, third)) {}
    }

    @Test func `a permit that is forgotten gives its place back`() {
        let gate = ScrapeGate(places: 0)
        for _ in 0..<10 { #expect(gate.enter() != nil) }
        #expect(gate.refusals == 0)
    }
}

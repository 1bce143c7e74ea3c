import Testing

@testable import hook_runner

@Suite struct ServiceTests {
    @Test func `what does not answer holds up nobody longer than one does`() throws {
        // Addresses that are for documentation alone, and a port at which nobody listens.
        let services =
            try (1...10).map { try #require(Service("far", at: "192.0.2.\($0):9")) }
            + [try #require(Service("near", at: "127.0.0.1:1"))]
        let began = ContinuousClock.now
        #expect(!Service.areUp(services, within: .milliseconds(300)).contains(true))
        #expect(ContinuousClock.now - began < .seconds(2))
        #expect(Service.areUp([], within: .seconds(1)).isEmpty)
    }
}

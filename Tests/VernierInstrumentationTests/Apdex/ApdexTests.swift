import Testing
import Vernier
import VernierInstrumentation
import VernierTesting

@Suite struct ApdexTests {
    @Test(arguments: [
        (0, ApdexZone.satisfied), (500, .satisfied), (501, .tolerating), (2000, .tolerating), (2001, .frustrated),
    ]) func `the target decides the zone`(milliseconds: Int, zone: ApdexZone) async {
        let registry = Registry()
        Apdex("checkout", target: .milliseconds(500), registry: registry).record(.milliseconds(milliseconds))
        let counts = await registry.values("checkout_apdex_requests")
        #expect(counts.count == 3 && counts[zone.rawValue] == 1)
        #expect(await registry.values("checkout_apdex_target_seconds") == ["": 0.5])
    }

    @Test func `the score is the satisfied and half of the tolerating`() {
        let apdex = Apdex("checkout", target: .seconds(1), registry: Registry())
        #expect(apdex.score == nil)
        for seconds in [0, 1, 2, 10] { apdex.record(.seconds(seconds)) }
        #expect(apdex.score == 0.625)
        apdex.record(.zero, isFailure: true)
        #expect(apdex.score == 0.5)
    }

    @Test func `a request that throws frustrates, one that is cancelled does not count`() async {
        let registry = Registry()
        let apdex = Apdex("checkout", target: .seconds(600), registry: registry)
        #expect(await apdex.measure { () async in 5 } == 5)
        await #expect(throws: Trouble.self) { try await apdex.measure { () async throws in throw Trouble() } }
        await #expect(throws: CancellationError.self) {
            try await apdex.measure { () async throws in throw CancellationError() }
        }
        #expect(
            await registry.values("checkout_apdex_requests") == ["satisfied": 1, "tolerating": 0, "frustrated": 1])
    }

    @Test(arguments: [Duration.zero, .seconds(-5), .seconds(Int64.max)]) func `any target is allowed`(target: Duration)
    {
        let apdex = Apdex("checkout", target: target, registry: Registry())
        apdex.record(.seconds(1))
        #expect(apdex.score == (target > .zero ? 1 : 0))
    }

    @Test func `names keep to the habits`() async {
        let registry = Registry()
        Apdex("checkout", target: .seconds(1), registry: registry).record(.zero)
        #expect(await registry.lintProblems() == [])
    }
}

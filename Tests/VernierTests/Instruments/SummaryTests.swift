import Testing

@testable import Vernier

@Suite struct SummaryTests {
    private func summary(_ registry: Registry, _ name: String) -> SummaryPoint? {
        if case .summary(let point)? = registry.point(of: name) { point } else { nil }
    }

    @Test func `count and sum are of all observations`() throws {
        let registry = Registry()
        let summary = Summary("sizes", help: "S.", registry: registry)
        for value in [1.5, -0.5, 3] { summary.observe(value) }
        let point = try #require(self.summary(registry, "sizes"))
        #expect(point.count == 3)
        #expect(point.sum == 4)
        #expect(point.quantiles.map(\.quantile) == [0.5, 0.9, 0.99])
    }

    @Test func `durations are summed to the nanosecond, negative ones are refused`() {
        let registry = Registry()
        let summary = Summary("time", unit: .seconds, help: "T.", quantiles: [], registry: registry)
        summary.observe(.nanoseconds(1))
        summary.observe(.seconds(2))
        summary.observe(.seconds(-1))
        #expect(registry.samples(of: "time_seconds") == ["time_seconds_count 2", "time_seconds_sum 2.000000001"])
        #expect(registry.own("vernier_rejected_updates", of: "time_seconds") == 1)
    }

    @Test func `measuring observes the time of work, however it ends`() async throws {
        let registry = Registry()
        let summary = Summary("work", unit: .seconds, help: "W.", registry: registry)
        #expect(summary.measure { 5 } == 5)
        #expect(throws: Trouble.self) { try summary.measure { () throws(Trouble) in throw Trouble() } }
        await summary.measure { await Task.yield() }
        await #expect(throws: Trouble.self) {
            try await summary.measure { () async throws(Trouble) in throw Trouble() }
        }
        #expect(self.summary(registry, "work_seconds")?.count == 4)
    }

    @Test func `ranks are shown in order`() {
        let registry = Registry()
        _ = Summary("ranks", help: "R.", quantiles: [1, 0, 0.25], registry: registry)
        #expect(summary(registry, "ranks")?.quantiles.map(\.quantile) == [0, 0.25, 1])
    }

    @Test(arguments: [[0.5, 0.5], [-0.1], [1.1], [.nan], [0.5, .infinity]])
    func `ranks outside of 0 to 1 and equal ones are refused`(quantiles: [Double]) {
        let error = #expect(throws: RegistrationError.self) {
            try Summary(validating: "s", help: "S.", quantiles: quantiles, registry: Registry())
        }
        #expect(error?.description.contains("must be different numbers from 0 to 1") == true)
    }

    @Test(arguments: [Duration.zero, .seconds(-1)]) func `a window without length is refused`(window: Duration) {
        let error = #expect(throws: RegistrationError.self) {
            try Summary(validating: "s", help: "S.", window: window, registry: Registry())
        }
        #expect(error?.description.contains("must be longer than nothing") == true)
    }

    @Test func `families and names known at run time work`() throws {
        let registry = Registry()
        let family = SummaryFamily("sizes", help: "S.", labels: .of(Label<String>("kind")), registry: registry)
        for number in 0..<40 { family["k\(number)"].observe(Double(number)) }
        #expect(family.seriesCount == 40)
        family.remove("k0")
        family["k0"].observe(1)
        let finite = try SummaryFamily(
            validating: "times", help: "T.", quantiles: [], labels: .of(Label<Method>("method")), registry: registry)
        finite[.get].observe(3)
        finite[.post].observe(4)
        finite.remove(.post)
        #expect(
            registry.samples(of: "times") == [
                "times_count{method=\"GET\"} 1", "times_sum{method=\"GET\"} 3", "times_count{method=\"POST\"} 0",
                "times_sum{method=\"POST\"} 0",
            ])
        #expect(registry.samples(of: "sizes").contains("sizes_sum{kind=\"k39\"} 39"))
        #expect(registry.samples(of: "sizes").contains("sizes_sum{kind=\"k0\"} 1"))
        #expect(throws: RegistrationError.self) {
            try SummaryFamily(validating: "x", help: "X.", labels: .of(Label<Int>("quantile")), registry: registry)
        }
    }
}

import Testing

@testable import Vernier

@Suite struct HistogramTests {
    @Test(arguments: [
        (0.0, [1, 1, 1]), (-5, [1, 1, 1]), (-.infinity, [1, 1, 1]), (1, [1, 1, 1]), (1.0.nextUp, [0, 1, 1]),
        (2.5, [0, 1, 1]), (2.5.nextUp, [0, 0, 1]), (.greatestFiniteMagnitude, [0, 0, 1]), (.infinity, [0, 0, 1]),
        (.nan, [0, 0, 1]),
    ]) func `a value counts in every bucket whose bound is not below it`(value: Double, counts: [UInt64]) throws {
        let registry = Registry()
        let histogram = Histogram("sizes", help: "S.", buckets: [1, 2.5], registry: registry)
        histogram.observe(value)
        let point = try #require(registry.histogram("sizes"))
        #expect(point.counts == counts)
        #expect(point.count == 1)
        let sum = try #require(point.sum)
        #expect(sum == value || value.isNaN && sum.isNaN)
        #expect(point.buckets.map(\.upperBound) == [1, 2.5, .infinity])
    }

    @Test func `NaN makes the sum NaN and harms nothing else`() throws {
        let registry = Registry()
        let histogram = Histogram("sizes", help: "S.", buckets: [1], registry: registry)
        histogram.observe(0.5)
        histogram.observe(Double.nan)
        histogram.observe(0.5)
        let point = try #require(registry.histogram("sizes"))
        #expect(point.counts == [2, 3])
        #expect(try #require(point.sum).isNaN)
        #expect(registry.samples(of: "sizes").last == "sizes_sum NaN")
    }

    @Test func `whole numbers are observed as they are`() throws {
        let registry = Registry()
        let histogram = Histogram("sizes", unit: .bytes, help: "S.", buckets: [10, 100], registry: registry)
        for value in [10, 11, -3] { histogram.observe(value) }
        #expect(registry.histogram("sizes_bytes")?.counts == [2, 3, 3])
        #expect(registry.histogram("sizes_bytes")?.sum == 18)
    }

    @Test(arguments: [
        ([Duration.nanoseconds(1)], "0.000000001"), ([.zero], "0"), ([.seconds(1)], "1"),
        ([.milliseconds(1_500)], "1.5"),
        (Array(repeating: .milliseconds(100), count: 10), "1"),
        (Array(repeating: .nanoseconds(333_333_333), count: 3), "0.999999999"),
        ([.seconds(86_400 * 365), .nanoseconds(1)], "31536000.000000001"),
        ([Duration(secondsComponent: 0, attosecondsComponent: 999_999_999)], "0"),
        ([Duration(secondsComponent: 0, attosecondsComponent: 1_999_999_999)], "0.000000001"),
        ([.seconds(Int64.max)], "18446744073.709551615"),
    ]) func `durations are summed to the nanosecond`(durations: [Duration], sum: String) {
        let registry = Registry()
        let histogram = Histogram("time", unit: .seconds, help: "T.", registry: registry)
        for duration in durations { histogram.observe(duration) }
        let samples = registry.samples(of: "time_seconds")
        #expect(samples.last == "time_seconds_sum \(sum)")
        #expect(samples.dropLast().last == "time_seconds_count \(durations.count)")
    }

    @Test(arguments: [
        Duration.seconds(-1), .nanoseconds(-1), Duration(secondsComponent: 0, attosecondsComponent: -1),
        .seconds(Int64.min),
    ])
    func `a negative duration is refused and counted`(duration: Duration) {
        let registry = Registry()
        let histogram = Histogram("time", unit: .seconds, help: "T.", registry: registry)
        histogram.observe(duration)
        #expect(registry.histogram("time_seconds")?.count == 0)
        #expect(registry.own("vernier_rejected_updates", of: "time_seconds") == 1)
    }

    @Test func `durations and numbers share buckets and sum`() throws {
        let registry = Registry()
        let histogram = Histogram("time", unit: .seconds, help: "T.", buckets: [0.5, 1], registry: registry)
        histogram.observe(.milliseconds(500))
        histogram.observe(.nanoseconds(500_000_001))
        histogram.observe(1.0)
        histogram.observe(.seconds(2))
        let point = try #require(registry.histogram("time_seconds"))
        #expect(point.counts == [1, 3, 4])
        #expect(point.sum == 4.000000001)
    }

    @Test func `measuring observes the time of work, however it ends`() async throws {
        let registry = Registry()
        let histogram = Histogram("work", unit: .seconds, help: "W.", registry: registry)
        #expect(histogram.measure { 5 } == 5)
        #expect(throws: Trouble.self) { try histogram.measure { () throws(Trouble) in throw Trouble() } }
        let result = try await histogram.measure {
            try await Task.sleep(for: .milliseconds(2))
            return "done"
        }
        #expect(result == "done")
        await #expect(throws: Trouble.self) {
            try await histogram.measure { () async throws(Trouble) in throw Trouble() }
        }
        let point = try #require(registry.histogram("work_seconds"))
        #expect(point.count == 4)
        #expect((0.002..<60).contains(try #require(point.sum)))
    }

    @Test func `a bound of infinity is the last bucket that is there anyway`() {
        let registry = Registry()
        Histogram("sizes", help: "S.", buckets: [1, .infinity], registry: registry).observe(2)
        #expect(
            registry.samples(of: "sizes") == [
                "sizes_bucket{le=\"1.0\"} 0", "sizes_bucket{le=\"+Inf\"} 1", "sizes_count 1", "sizes_sum 2",
            ])
    }

    @Test func `families and names known at run time work`() throws {
        let registry = Registry()
        let family = HistogramFamily(
            "sizes", help: "S.", buckets: [1], labels: .of(Label<Int>("code")), registry: registry)
        family[200].observe(0.5)
        family[404].observe(2)
        let validated = try HistogramFamily(
            validating: "times", unit: .seconds, help: "T.", buckets: [1], labels: .of(Label<Method>("method")),
            registry: registry)
        validated[.get].observe(.seconds(3))
        #expect(registry.family("sizes")?.labelValues == [["200"], ["404"]])
        #expect(registry.samples(of: "times_seconds").contains("times_seconds_sum{method=\"GET\"} 3"))
        #expect(throws: RegistrationError.self) {
            try Histogram(validating: "sizes_sum", help: "S.", registry: registry)
        }
        #expect(throws: RegistrationError.self) {
            try HistogramFamily(validating: "x", help: "X.", labels: .of(Label<Int>("le")), registry: registry)
        }
    }

    @Test func `a thousand bounds work`() throws {
        let registry = Registry()
        let histogram = Histogram(
            "many", help: "M.", buckets: .linear(start: 0, width: 1, count: 1_000), registry: registry)
        for value in 0..<1_000 { histogram.observe(value) }
        let point = try #require(registry.histogram("many"))
        let counts: [UInt64] = (1...1_000).map { UInt64($0) } + [1_000]
        #expect(point.counts == counts)
        #expect(point.sum == 499_500)
    }
}

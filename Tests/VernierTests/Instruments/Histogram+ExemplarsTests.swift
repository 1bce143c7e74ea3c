import Testing

@testable import Vernier

@Suite struct HistogramExemplarsTests {
    private let registry = Registry()

    /// The values of the exemplars of the buckets.
    private func values(_ name: String) -> [Double?]? {
        registry.histogram(name)?.buckets.map { $0.exemplar?.value }
    }

    @Test func `an observation's exemplar lies in its bucket`() {
        let histogram = Histogram("sizes", help: "S.", buckets: [1, 2, 4], registry: registry)
        histogram.observe(2, exemplar: ["id": "a"])
        histogram.observe(2.5, exemplar: ["id": "b"])
        histogram.observe(3.5, exemplar: ["id": "c"])
        histogram.observe(.infinity, exemplar: ["id": "d"])
        histogram.observe(0.5)
        #expect(values("sizes") == [nil, 2, 3.5, .infinity])
        #expect(registry.histogram("sizes")?.counts == [1, 2, 4, 5])
        #expect(registry.histogram("sizes")?.buckets[2].exemplar?.labels == [LabelPair("id", "c")])
    }

    @Test(arguments: [ExemplarSampling.byHand, .automatic(every: .zero)])
    func `a duration's exemplar is in seconds`(sampling: ExemplarSampling) {
        let histogram = Histogram(
            "times", unit: .seconds, help: "T.", buckets: [0.005, 0.1, 1], exemplars: sampling, registry: registry)
        histogram.observe(.milliseconds(5), exemplar: ["id": "a"])
        histogram.observe(.milliseconds(100), exemplar: ["id": "b"])
        histogram.observe(.milliseconds(1500), exemplar: ["id": "c"])
        histogram.observe(.milliseconds(-1), exemplar: ["id": "d"])
        #expect(values("times_seconds") == [0.005, 0.1, nil, 1.5])
        #expect(registry.histogram("times_seconds")?.sum == 1.605)
        #expect(registry.own("vernier_rejected_updates", of: "times_seconds") == 1)
    }

    @Test func `an exemplar of NaN is dropped and counted, the observation counts`() {
        let histogram = Histogram("sizes", help: "S.", buckets: [1], registry: registry)
        histogram.observe(.nan, exemplar: ["id": "a"])
        #expect(values("sizes") == [nil, nil])
        #expect(registry.histogram("sizes")?.count == 1)
        #expect(registry.own("vernier_rejected_exemplars", of: "sizes") == 1)
    }

    @Test func `automatic sampling asks for each bucket`() {
        let histogram = Histogram(
            "sizes", help: "S.", buckets: [1, 2], exemplars: .automatic(every: .seconds(60)), registry: registry)
        let times = Histogram(
            "times", unit: .seconds, help: "T.", buckets: [1, 2], exemplars: .automatic(every: .seconds(60)),
            registry: registry)
        ExemplarProvider { ["id": "x"] }.withCurrent {
            for value in [0.5, 1.5, 0.75, .nan, 3] { histogram.observe(value) }
            for value in [0.5, 1.5, 0.75, 3] { times.observe(.seconds(value)) }
        }
        #expect(values("sizes") == [0.5, 1.5, 3])
        #expect(values("times_seconds") == [0.5, 1.5, 3])
        #expect(registry.histogram("sizes")?.counts == [2, 3, 5])
        #expect(registry.own("vernier_rejected_exemplars", of: "sizes") == nil)
    }

    @Test func `histograms of several series and operations keep exemplars too`() {
        let family = HistogramFamily(
            "sizes", help: "S.", buckets: [1], labels: .of(Label<String>("name")), exemplars: .automatic,
            registry: registry)
        let operation = Operation("work", help: "W.", exemplars: .automatic, registry: registry)
        ExemplarProvider { ["id": "x"] }.withCurrent {
            family["a"].observe(0.5)
            operation.measure {}
        }
        #expect(values("sizes") == [0.5, nil])
        let durations = registry.family("work_duration_seconds")?.metrics.first?.point
        guard case .histogram(let point)? = durations else { return #expect(durations != nil) }
        #expect(point.buckets.count { $0.exemplar != nil } == 1)
        family.remove("a")
        #expect(values("sizes") == nil)
        #expect(family["a"].cell.exemplars == [])
    }

    @Test func `native buckets beside classic ones share their exemplars`() {
        let histogram = Histogram("sizes", help: "S.", buckets: [1, 2], native: .standard, registry: registry)
        for value in [0.5, 1.5, 5] { histogram.observe(value, exemplar: ["id": "\(value)"]) }
        #expect(values("sizes") == [0.5, 1.5, 5])
        #expect(registry.histogram("sizes")?.native?.exemplars.map(\.value) == [0.5, 1.5, 5])
    }

    @Test(arguments: [ExemplarSampling.byHand, .automatic(every: .seconds(60))])
    func `native buckets alone have several exemplars, and the newest is in the one of all`(
        sampling: ExemplarSampling
    ) throws {
        let histogram = Histogram(
            "sizes", help: "S.", buckets: .none, native: .standard, exemplars: sampling, registry: registry)
        let observed = (0..<40).flatMap { [pow2($0), -pow2($0)] }
        let before = Platform.unixSeconds
        for value in observed {
            if sampling == .byHand {
                histogram.observe(value, exemplar: ["id": "\(value)"])
            } else {
                ExemplarProvider { ["id": "\(value)"] }.withCurrent { histogram.observe(value) }
            }
        }
        histogram.observe(.nan)
        let point = try #require(registry.histogram("sizes"))
        let exemplars = try #require(point.native).exemplars
        #expect(exemplars.count >= 5 && exemplars.count <= NativeWords.count - 1)
        for exemplar in exemplars {
            #expect(observed.contains(exemplar.value))
            #expect(exemplar.labels == [LabelPair("id", "\(exemplar.value)")])
            #expect(try #require(exemplar.timestamp) > before - 0.1)
        }
        #expect(point.buckets.count == 1)
        #expect(exemplars.contains(try #require(point.buckets[0].exemplar)))
        #expect(exemplars.allSatisfy { $0.timestamp ?? 0 <= point.buckets[0].exemplar?.timestamp ?? 0 })
    }

    private func pow2(_ exponent: Int) -> Double { Double(sign: .plus, exponent: exponent, significand: 1) }

    @Test func `a native histogram that starts again drops its exemplars and counts from then on`() throws {
        let histogram = Histogram(
            "sizes", help: "S.", buckets: .none,
            native: NativeBuckets(limit: 4, minimumResetInterval: .nanoseconds(1)), registry: registry)
        histogram.observe(1, exemplar: ["id": "old"])
        let first = try #require(registry.family("sizes")?.metrics.first?.created)
        #expect(registry.histogram("sizes")?.native?.exemplars.count == 1)
        let start = Platform.unixSeconds
        while Platform.unixSeconds < start + 0.05 { Platform.yieldThread() }
        for exponent in 1...8 { histogram.observe(pow2(exponent)) }
        let point = try #require(registry.histogram("sizes"))
        #expect(point.count < 9)
        #expect(point.native?.exemplars == [])
        #expect(point.buckets[0].exemplar == nil)
        #expect(try #require(registry.family("sizes")?.metrics.first?.created) > first)
    }

    @Test func `a series that comes back does not count since its histogram last started again by itself`() throws {
        let family = HistogramFamily(
            "sizes", help: "S.", buckets: .none,
            native: NativeBuckets(limit: 4, minimumResetInterval: .nanoseconds(1)),
            labels: .of(Label<String>("name")), registry: registry)
        for exponent in 1...8 { family["a"].observe(pow2(exponent)) }
        #expect(NativeCell(family["a"].cell).restart > 0)
        // As if the clock was set back since then.
        NativeCell(family["a"].cell).noteRestart(4e9)
        #expect(registry.family("sizes")?.metrics.first?.created == 4e9)
        family.remove("a")
        #expect(NativeCell(family["a"].cell).restart == 0)
        #expect(try #require(registry.family("sizes")?.metrics.first?.created) < 4e9)
    }

    @Test func `a removed histogram takes neither observations nor exemplars`() {
        let family = HistogramFamily(
            "sizes", help: "S.", buckets: [1], labels: .of(Label<String>("name")), registry: registry)
        let old = family["a"]
        family.remove("a")
        old.observe(0.5, exemplar: ["id": "a"])
        old.observe(.seconds(1), exemplar: ["id": "a"])
        #expect(old.cell.exemplars == [])
        var reading = HistogramReading(buckets: 2)
        #expect(old.cell.read(into: &reading))
        #expect(reading.buckets == [0, 0])
    }
}

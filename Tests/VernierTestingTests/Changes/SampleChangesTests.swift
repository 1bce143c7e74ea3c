import Testing
import Vernier
import VernierTesting

@Suite struct SampleChangesTests {
    private static func gauge(_ name: String, _ values: [String: Double]) -> MetricFamilySnapshot {
        MetricFamilySnapshot(
            name, type: .gauge, help: "Help.",
            metrics: values.sorted { $0.key > $1.key }.map {
                MetricSnapshot(labels: [LabelPair("key", $0.key)], .gauge($0.value))
            })
    }

    private static func native(_ counts: [Int: UInt64], schema: Int = 0, zero: UInt64 = 0) -> MetricFamilySnapshot {
        let point = NativeHistogramPoint(
            schema: schema, zeroThreshold: 0, zeroCount: zero,
            positive: counts.filter { $0.key > 0 }.sorted { $0.key < $1.key }.map {
                .init(index: $0.key, count: $0.value)
            },
            negative: counts.filter { $0.key < 0 }.sorted { $0.key > $1.key }.map {
                .init(index: -$0.key, count: $0.value)
            })
        let total = counts.values.reduce(zero, +)
        return MetricFamilySnapshot(
            "wait", type: .histogram, help: "Wait.",
            metrics: [
                MetricSnapshot(
                    .histogram(
                        HistogramPoint(
                            buckets: [.init(upperBound: .infinity, cumulativeCount: total)], sum: 1, native: point)))
            ])
    }

    @Test func onlySamplesThatDifferAreThere() {
        let changes = SampleChanges(
            from: [Self.gauge("level", ["a": 1, "b": 2, "c": .nan])],
            to: [Self.gauge("level", ["a": 1, "b": 5, "c": .nan])])
        #expect(changes.count == 1)
        #expect(changes.first?.name == "level")
        #expect(changes.first?.labels == [LabelPair("key", "b")])
        #expect(changes.first?.before == 2)
        #expect(changes.first?.after == 5)
        #expect(changes.first?.delta == 3)
        #expect(changes[changes.startIndex] == changes[changes.endIndex - 1])
    }

    @Test func samplesThatCameAndWentAreThere() {
        let changes = SampleChanges(from: [Self.gauge("level", ["a": 1])], to: [Self.gauge("level", ["b": 2])])
        #expect(changes.map(\.before) == [1, nil])
        #expect(changes.map(\.after) == [nil, 2])
        #expect(changes.map(\.delta) == [-1, 2])
    }

    @Test func eachChangeIsALine() {
        let changes = SampleChanges(
            from: [Self.gauge("level", ["a": 1, "b": 0.5, "q\"\n\u{7}": 1])],
            to: [Self.gauge("level", ["b": 0.25, "c": 3, "q\"\n\u{7}": 4])])
        #expect(
            changes.description == #"""
                level{key="a"}: 1, then gone
                level{key="b"}: 0.5, then 0.25 (-0.25)
                level{key="c"}: new, 3
                level{key="q\"\n\u{07}"}: 1, then 4 (+3)
                """#)
        #expect(SampleChanges(from: [], to: []).description == "no change")
    }

    @Test func bucketsComeByTheirBounds() {
        func histogram(_ count: UInt64) -> MetricFamilySnapshot {
            let buckets = [2, 10, Double.infinity].map {
                HistogramPoint.Bucket(upperBound: $0, cumulativeCount: count)
            }
            return MetricFamilySnapshot(
                "wait", type: .histogram, help: "Wait.",
                metrics: [MetricSnapshot(.histogram(HistogramPoint(buckets: buckets, sum: Double(count))))])
        }
        let changes = SampleChanges(from: [histogram(1)], to: [histogram(2)])
        #expect(changes.map(\.name) == ["wait_bucket", "wait_bucket", "wait_bucket", "wait_count", "wait_sum"])
        #expect(changes.prefix(3).flatMap(\.labels).map(\.value) == ["2.0", "10.0", "+Inf"])
        #expect(changes.delta(of: "wait_bucket", labels: ["le": "10"]) == 1)
    }

    @Test func nativeBucketsAreKnownByTheirRange() {
        let changes = SampleChanges(
            from: [Self.native([1: 2, 2: 1, -1: 3])], to: [Self.native([1: 4, -1: 3, -2: 1], zero: 2)])
        #expect(
            changes.description == """
                wait [-4.0,-2.0): new, 1
                wait [0.0,0.0]: new, 2
                wait (1.0,2.0]: 2, then 4 (+2)
                wait (2.0,4.0]: 1, then gone
                wait_bucket{le="+Inf"}: 6, then 10 (+4)
                wait_count: 6, then 10 (+4)
                """)
        #expect(changes.delta(of: "wait") == 0)
        #expect(changes.delta(of: "wait_count") == 4)
    }

    @Test func textsThatUnicodeCallsEqualAreTwoSamples() {
        let changes = SampleChanges(
            from: [Self.gauge("level", ["e\u{301}": 1])], to: [Self.gauge("level", ["\u{e9}": 1])])
        #expect(changes.count == 2)
    }

    @Test(arguments: [
        (["vernier_*"], ["level", "other"]), (["level", "v*"], ["other"]), (["*"], []),
        (["leve"], ["level", "other", "vernier_x"]),
    ])
    func familiesMayBeLeftOut(patterns: [String], names: [String]) {
        let before = ["level", "other", "vernier_x"].map { Self.gauge($0, ["a": 1]) }
        #expect(SampleChanges(from: before, to: [], leavingOut: patterns).map(\.name) == names)
    }
}

@Suite struct RegistryChangesTests {
    private struct Failure: Error {}

    private static func registry() -> (Registry, CounterFamily<Labels1<String>>) {
        let registry = Registry(constantLabels: ["instance": "blue"])
        let hits = CounterFamily("hits", help: "Hits.", labels: .of(Label<String>("path")), registry: registry)
        return (registry, hits)
    }

    @Test func whatAClosureChangesIsReturned() {
        let (registry, hits) = Self.registry()
        hits["/"].increment()
        let changes = registry.changes {
            hits["/"].increment(by: 2)
            hits["/new"].increment()
        }
        #expect(changes.delta(of: "hits_total", labels: ["path": "/"]) == 2)
        #expect(changes.delta(of: "hits_total", labels: ["path": "/new", "instance": "blue"]) == 1)
        #expect(changes.delta(of: "hits_total", labels: ["path": "/old"]) == 0)
        #expect(changes.count == 2, "\(changes)")
    }

    @Test func whatTheRegistrySaysOfItselfIsLeftOutUnlessWanted() {
        struct Empty: Collector { func collect() -> [MetricFamilySnapshot] { [] } }
        let registry = Registry(clashPolicy: .detach)
        registry.register(Empty())
        Counter("hits", help: "Hits.", registry: registry).increment()
        let clash = { _ = Gauge("hits", help: "Hits.", registry: registry) }
        #expect(registry.changes(during: clash).isEmpty)
        let own = registry.changes(leavingOut: [], during: clash)
        #expect(own.delta(of: "vernier_detached_metrics_total") == 1)
        #expect(own.allSatisfy { $0.name.hasPrefix("vernier_") }, "\(own)")
    }

    @Test func anObservationChangesItsNativeBucket() {
        let registry = Registry()
        let wait = Histogram("wait", help: "Wait.", buckets: .none, native: .standard, registry: registry)
        let changes = registry.changes { wait.observe(3) }
        #expect(changes.contains { $0.description.hasPrefix("wait (2.82") && $0.delta == 1 }, "\(changes)")
        #expect(changes.delta(of: "wait_sum") == 3)
    }

    @Test func anAsynchronousClosureIsWatchedToo() async {
        let (registry, hits) = Self.registry()
        let changes = await registry.changes {
            await Task.yield()
            hits["/"].increment()
        }
        #expect(changes.map(\.delta) == [1])
    }

    @Test func whatTheClosureThrowsIsThrown() async {
        let (registry, _) = Self.registry()
        #expect(throws: Failure.self) { try registry.changes { () throws(Failure) in throw Failure() } }
        await #expect(throws: Failure.self) {
            try await registry.changes { () async throws(Failure) in throw Failure() }
        }
    }
}

import Testing
import Vernier
import VernierTesting

@Suite struct ExpositionDifferenceTests {
    typealias Entry = ExpositionDifference.Entry

    private static func counter(_ name: String, _ values: [String: Double], help: String = "Help.")
        -> MetricFamilySnapshot
    {
        MetricFamilySnapshot(
            name, type: .counter, help: help,
            metrics: values.sorted { $0.key < $1.key }.map {
                MetricSnapshot(labels: [LabelPair("shop", $0.key)], .counter($0.value))
            })
    }

    private static func gauge(_ value: Double, _ change: (inout MetricSnapshot) -> Void = { _ in })
        -> [MetricFamilySnapshot]
    {
        var metric = MetricSnapshot(.gauge(value))
        change(&metric)
        return [MetricFamilySnapshot("level", type: .gauge, help: "Level.", metrics: [metric])]
    }

    private static func histogram(_ native: NativeHistogramPoint?) -> [MetricFamilySnapshot] {
        let buckets = [HistogramPoint.Bucket(upperBound: .infinity, cumulativeCount: 1)]
        let point = MetricPoint.histogram(HistogramPoint(buckets: buckets, sum: 1, native: native))
        return [MetricFamilySnapshot("wait", type: .histogram, help: "Wait.", metrics: [MetricSnapshot(point)])]
    }

    @Test func equalExpositionsHaveNoDifference() {
        let families = [Self.counter("orders", ["a": 1]), Self.counter("hits", ["a": .infinity])] + Self.gauge(.nan)
        let difference = ExpositionDifference(from: families, to: families.reversed())
        #expect(difference.isEmpty)
        #expect(difference.description == "no difference")
    }

    @Test func differencesReadAsTextByFamilyAndSample() {
        let before = [
            Self.counter("orders", ["north": 3, "south": 2, "gone": 1]), Self.counter("stock", ["a": 1, "b": 2]),
        ]
        let after = [
            Self.counter("orders", ["north": 4, "south": 2, "new": 7], help: "Orders taken."), Self.gauge(1)[0],
        ]
        let difference = ExpositionDifference(from: before, to: after)
        #expect(
            difference.description == """
                6 differences
                extra family: level (gauge, 1 metric)
                orders
                  help: "Help." became "Orders taken."
                  missing: orders_total{shop="gone"} 1
                  extra: orders_total{shop="new"} 7
                  orders_total{shop="north"}: 3 became 4
                missing family: stock (counter, 2 metrics)
                """)
        #expect(
            difference.entries.map(\.kind) == [
                .extraFamily, .help, .missingSample, .extraSample, .value, .missingFamily,
            ])
        #expect(difference.entries[4].family == "orders")
        #expect(difference.entries[4].sample == #"orders_total{shop="north"}"#)
        #expect(difference.entries[4].before == "3")
        #expect(difference.entries[4].after == "4")
    }

    @Test func aLongDifferenceIsCut() {
        let values = Dictionary(uniqueKeysWithValues: (1000..<1150).map { ("\($0)", 1.0) })
        let difference = ExpositionDifference(from: [Self.counter("orders", [:])], to: [Self.counter("orders", values)])
        #expect(difference.entries.count == 150)
        #expect(difference.description.split(separator: "\n").count == 103)
        #expect(difference.description.hasSuffix("\nand 50 more"))
    }

    @Test func typeUnitAndSuffixCount() {
        var other = Self.counter("orders", [:])
        other.unit = "bytes"
        other.omitsTotal = true
        let difference = ExpositionDifference(from: [Self.counter("orders", [:])], to: [other])
        #expect(
            difference.description == """
                2 differences
                orders
                  unit: "" became "bytes"
                  suffix: _total became no suffix
                """)
        other.type = .unknown
        let types = ExpositionDifference(from: [Self.counter("orders", [:])], to: [other])
        #expect(types.entries.map(\.description) == [#"type: counter became unknown"#, #"unit: "" became "bytes""#])
    }

    @Test func helpMayBeLeftOut() {
        var options = ExpositionDifference.Options()
        options.comparesHelp = false
        let (one, other) = (Self.counter("orders", [:]), Self.counter("orders", [:], help: "Else."))
        #expect(ExpositionDifference(from: [one], to: [other]).entries.map(\.kind) == [.help])
        #expect(ExpositionDifference(from: [one], to: [other], options: options).isEmpty)
    }

    @Test(arguments: [
        (1.0, 1.1, 0.0, 0.0, false), (1, 1.1, 0.2, 0, true), (1, 1.1, 0, 0.1, true), (100, 102, 1, 0, false),
        (100, 102, 0, 0.01, false), (.infinity, 1, 5, 0.5, false), (.infinity, -.infinity, 5, 0.5, false),
        (.nan, 1, 5, 0.5, false), (.infinity, .infinity, 0, 0, true), (-1, -1.05, 0, 0.05, true),
    ])
    func valuesMayBeApartWithinTheTolerance(
        one: Double, other: Double, absolute: Double, relative: Double, isEqual: Bool
    ) {
        let options = ExpositionDifference.Options(tolerance: absolute, relativeTolerance: relative)
        let difference = ExpositionDifference(from: Self.gauge(one), to: Self.gauge(other), options: options)
        #expect(difference.isEmpty == isEqual, "\(difference)")
    }

    @Test func familiesMayBeLeftOut() {
        let families = [Self.counter("vernier_x", ["a": 1]), Self.counter("orders", ["a": 1])]
        let some = ExpositionDifference(from: families, to: [], options: .init(leavingOut: ["vernier_*"]))
        #expect(some.entries.map(\.family) == ["orders"])
        #expect(ExpositionDifference(from: families, to: [], options: .init(leavingOut: ["*"])).isEmpty)
    }

    @Test func createdTimesTimestampsAndExemplarsCountWhenAskedFor() {
        let (one, other) = (Self.counter("orders", ["a": 1]), Self.counter("orders", ["a": 1]))
        var (before, after) = (one, other)
        before.metrics[0].created = 5
        after.metrics[0].timestamp = 7
        after.metrics[0].exemplar = Exemplar(labels: [LabelPair("id", "x\"y")], value: 1, timestamp: 9)
        #expect(ExpositionDifference(from: [before], to: [after]).isEmpty)
        var options = ExpositionDifference.Options()
        options.comparesCreated = true
        options.comparesExemplars = true
        #expect(
            ExpositionDifference(from: [before], to: [after], options: options).description == #"""
                2 differences
                orders
                  orders_total{shop="a"}, exemplar: none became {id="x\"y"} 1
                  orders{shop="a"}, created: 5 became none
                """#)
        options.comparesTimestamps = true
        let all = ExpositionDifference(from: [before], to: [after], options: options)
        #expect(all.entries.map(\.kind) == [.exemplar, .created, .timestamp])
        #expect(all.entries[0].after == #"{id="x\"y"} 1 at 9"#)
    }

    @Test func samplesThatStandSeveralTimesAreComparedInTheirOrder() {
        func points(_ values: [Double]) -> [MetricFamilySnapshot] {
            [MetricFamilySnapshot("level", type: .gauge, help: "", metrics: values.map { MetricSnapshot(.gauge($0)) })]
        }
        let difference = ExpositionDifference(from: points([1, 2, 3]), to: points([1, 5]))
        #expect(difference.entries.map(\.description) == ["level: 2 became 5", "missing: level 3"])
        #expect(ExpositionDifference(from: points([1]), to: points([1, 1])).entries.map(\.kind) == [.extraSample])
    }

    @Test func metricsWithoutSamplesCount() {
        func family(_ type: MetricType, _ points: [MetricPoint]) -> [MetricFamilySnapshot] {
            [MetricFamilySnapshot("x", type: type, help: "", metrics: points.map { MetricSnapshot($0) })]
        }
        let quiet = MetricPoint.summary(SummaryPoint(quantiles: [], count: nil, sum: nil))
        let loud = MetricPoint.summary(SummaryPoint(quantiles: [], count: 2, sum: nil))
        for (type, point) in [(MetricType.summary, quiet), (.stateSet, .stateSet([]))] {
            let (none, one) = (family(type, []), family(type, [point]))
            #expect(ExpositionDifference(from: one, to: one).isEmpty)
            let missing = ExpositionDifference(from: one, to: none).entries
            #expect(missing.map(\.description) == ["missing: x without samples"])
            let extra = ExpositionDifference(from: none, to: family(type, [point, point])).entries
            #expect(extra.map(\.description) == ["extra: x without samples", "extra: x without samples"])
        }
        // What has samples on one side only is told by these alone, and with others of its labels it is still found.
        let became = ExpositionDifference(from: family(.summary, [quiet]), to: family(.summary, [loud]))
        #expect(became.entries.map(\.description) == ["extra: x_count 2"])
        let beside = ExpositionDifference(from: family(.summary, [quiet, loud]), to: family(.summary, [loud]))
        #expect(beside.entries.map(\.description) == ["missing: x without samples"])
    }

    @Test func familiesThatShareANameAreOne() {
        let parts = [Self.counter("orders", ["a": 1]), Self.counter("orders", ["b": 2])]
        #expect(ExpositionDifference(from: parts, to: [Self.counter("orders", ["a": 1, "b": 2])]).isEmpty)
    }

    @Test func nativeBucketsAreCompared() {
        let exemplar = Exemplar(labels: [], value: 1)
        let one = NativeHistogramPoint(schema: 0, zeroThreshold: 0, positive: [.init(index: 1, count: 1)])
        let other = NativeHistogramPoint(
            schema: -1, zeroThreshold: 0.5, positive: [.init(index: 1, count: 3)], exemplars: [exemplar])
        let difference = ExpositionDifference(from: Self.histogram(one), to: Self.histogram(other))
        #expect(
            difference.description == """
                3 differences
                wait
                  missing: wait (1.0,2.0] 1
                  extra: wait (1.0,4.0] 3
                  wait, resolution: schema 0, zero up to 0 became schema -1, zero up to 0.5
                """)
        var options = ExpositionDifference.Options()
        options.comparesExemplars = true
        let none = ExpositionDifference(from: Self.histogram(nil), to: Self.histogram(other), options: options)
        #expect(none.entries.last?.description == "wait, exemplar: none became {} 1")
        #expect(none.entries.contains { $0.before == "no native buckets" })
    }

    @Test func pagesOfTwoRegistriesAreComparedByWhatTheyHold() {
        func registry(_ count: Int) -> [MetricFamilySnapshot] {
            let registry = Registry()
            Counter("orders", help: "Orders.", registry: registry).increment(by: count)
            return registry.gather()
        }
        #expect(ExpositionDifference(from: registry(1), to: registry(1)).isEmpty)
        let difference = ExpositionDifference(from: registry(1), to: registry(2))
        #expect(difference.entries.map(\.description) == ["orders_total: 1 became 2"], "\(difference)")
    }
}

import Testing
import Vernier
import VernierTesting

@Suite struct MetricReadingTests {
    private static let trace = Exemplar(labels: [LabelPair("trace_id", "4bf9")], value: 0.3, timestamp: 12)
    private static let native = NativeHistogramPoint(
        schema: 0, zeroThreshold: 0.001, positive: [.init(index: 0, count: 2)], exemplars: [trace])

    private static let families = [
        MetricFamilySnapshot(
            "orders", type: .counter, help: "Orders.",
            metrics: [
                MetricSnapshot(labels: [LabelPair("shop", "north")], .counter(3), created: 100, exemplar: trace),
                MetricSnapshot(labels: [LabelPair("shop", "south")], .counter(1)),
            ]),
        MetricFamilySnapshot(
            "wait_seconds", type: .histogram, unit: "seconds", help: "Wait.",
            metrics: [
                MetricSnapshot(
                    .histogram(
                        HistogramPoint(
                            buckets: [
                                .init(upperBound: 0.5, cumulativeCount: 1, exemplar: trace),
                                .init(upperBound: .infinity, cumulativeCount: 2),
                            ], sum: 1.5, native: native)), created: 50)
            ]),
        MetricFamilySnapshot(
            "wait_seconds_count", type: .gauge, help: "Another.", metrics: [MetricSnapshot(.gauge(9))]),
    ]

    /// What a collector shows may have all that instruments cannot be made to have in a test.
    private struct Source: Collector {
        func collect() -> [MetricFamilySnapshot] { Array(MetricReadingTests.families.prefix(2)) }
    }

    private static func registry() -> Registry {
        let registry = Registry(constantLabels: ["instance": "blue"])
        registry.register(Source())
        return registry
    }

    @Test(arguments: ["orders", "orders_total"])
    func aMetricIsFoundByTheNameOfItsFamilyOrOfASample(name: String) {
        let metric = Self.families.metric(of: name, labels: ["shop": "north"])
        #expect(metric == Self.families[0].metrics[0])
        #expect(Self.families.metric(of: name) == nil)
        #expect(Self.families.metric(of: name, labels: ["shop": "east"]) == nil)
    }

    @Test func aFamilyGoesBeforeASampleOfItsName() {
        #expect(Self.families.metric(of: "wait_seconds_count")?.point == .gauge(9))
        #expect(Self.families.metric(of: "wait_seconds_sum")?.histogram?.sum == 1.5)
        #expect(Self.families.metric(of: "wait_seconds_total") == nil)
    }

    @Test func aHistogramIsReadWithItsNativeBuckets() {
        let histogram = Self.registry().histogram(of: "wait_seconds")
        #expect(histogram?.count == 2)
        #expect(histogram?.native == Self.native)
        #expect(Self.registry().histogram(of: "orders", labels: ["shop": "north"]) == nil)
    }

    @Test func createdTimesAreReadWhereThereAreAny() {
        let registry = Self.registry()
        #expect(registry.created(of: "orders", labels: ["shop": "north"]) == 100)
        #expect(registry.created(of: "orders_total", labels: ["shop": "north", "instance": "blue"]) == 100)
        #expect(registry.created(of: "orders", labels: ["shop": "south"]) == nil)
        #expect(registry.created(of: "nothing") == nil)
    }

    @Test func anExemplarIsReadByItsSample() {
        let registry = Self.registry()
        #expect(registry.exemplar(of: "orders_total", labels: ["shop": "north"]) == Self.trace)
        #expect(registry.exemplar(of: "orders_total", labels: ["shop": "south"]) == nil)
        #expect(registry.exemplar(of: "wait_seconds_bucket", labels: ["le": "0.50"]) == Self.trace)
        #expect(registry.exemplar(of: "wait_seconds_bucket", labels: ["le": "+Inf"]) == nil)
    }

    @Test func exemplarsThatInstrumentsKeptAreRead() {
        let registry = Registry()
        let orders = Counter("orders", help: "Orders.", registry: registry)
        let wait = Histogram("wait", unit: .seconds, help: "Wait.", buckets: [0.5, 1], registry: registry)
        orders.increment(exemplar: ["trace_id": "a"])
        wait.observe(0.7, exemplar: ["trace_id": "b"])
        #expect(registry.exemplar(of: "orders_total")?.labels == [LabelPair("trace_id", "a")])
        #expect(registry.exemplar(of: "wait_seconds_bucket", labels: ["le": "1"])?.value == 0.7)
        #expect(registry.exemplar(of: "wait_seconds_bucket", labels: ["le": "0.5"]) == nil)
        #expect(registry.exemplars(of: "wait_seconds").map(\.labels) == [[LabelPair("trace_id", "b")]])
    }

    @Test func allExemplarsOfAMetricAreRead() {
        let registry = Self.registry()
        #expect(registry.exemplars(of: "wait_seconds") == [Self.trace, Self.trace])
        #expect(registry.exemplars(of: "orders", labels: ["shop": "north"]) == [Self.trace])
        #expect(registry.exemplars(of: "orders", labels: ["shop": "east"]) == [])
    }

    @Test func aCounterWithoutTotalIsReadByTheNameOnItsPage() {
        var family = MetricFamilySnapshot(
            "hits", type: .counter, help: "Hits.", metrics: [MetricSnapshot(.counter(2))])
        family.omitsTotal = true
        #expect([family].value(of: "hits") == 2)
        #expect([family].value(of: "hits_total") == nil)
    }

    @Test func nativeBucketsAreNoSamplesOfAPage() {
        #expect(Self.families.value(of: "wait_seconds") == nil)
    }

    @Test func aGaugeHistogramHasItsOwnNamesForCountAndSum() {
        let buckets = [HistogramPoint.Bucket(upperBound: .infinity, cumulativeCount: 3)]
        let family = MetricFamilySnapshot(
            "queue", type: .gaugeHistogram, help: "Queue.",
            metrics: [MetricSnapshot(.histogram(HistogramPoint(buckets: buckets, sum: 4.5)))])
        #expect([family].value(of: "queue_gcount") == 3)
        #expect([family].value(of: "queue_gsum") == 4.5)
        #expect([family].value(of: "queue_count") == nil)
    }

    @Test func aSummaryMayLackItsCountAndSum() {
        let point = SummaryPoint(quantiles: [.init(quantile: 0.5, value: 2)], count: nil, sum: nil)
        let family = MetricFamilySnapshot("wait", type: .summary, help: "", metrics: [MetricSnapshot(.summary(point))])
        #expect([family].value(of: "wait", labels: ["quantile": "0.5"]) == 2)
        #expect([family].value(of: "wait_count") == nil)
    }
}

import Testing
import Vernier
import VernierTesting

enum Method: String, FiniteLabel { case get = "GET", post = "POST" }
enum Phase: String, FiniteLabel { case starting, serving }

@Suite struct RegistryValueTests {
    @Test func aCounterIsReadByNameAndLabels() {
        let registry = Registry()
        let requests = CounterFamily(
            "http_requests", help: "Requests.", labels: .of(Label<Method>("method"), Label<Int>("status")),
            registry: registry)
        requests[.get, 200].increment(by: 3)
        requests[.post, 500].increment()
        #expect(registry.value(of: "http_requests_total", labels: ["method": "GET", "status": "200"]) == 3)
        #expect(registry.value(of: "http_requests_total", labels: ["status": "500", "method": "POST"]) == 1)
    }

    @Test(arguments: [
        ("http_requests", ["method": "GET"]), ("http_requests_total", [:]), ("http_requests_total", ["method": "PUT"]),
        ("http_requests_total", ["method": "GET", "more": "x"]), ("requests_total", ["method": "GET"]), ("", [:]),
    ])
    func whatIsNotOnThePageIsNil(name: String, labels: [String: String]) {
        let registry = Registry()
        _ = CounterFamily("http_requests", help: "Requests.", labels: .of(Label<Method>("method")), registry: registry)
        #expect(registry.value(of: name, labels: labels) == nil)
    }

    @Test(arguments: [
        ("wait_seconds_count", [:], 3.0), ("wait_seconds_sum", [:], 5.75), ("wait_seconds_bucket", ["le": "0.5"], 1),
        ("wait_seconds_bucket", ["le": "1"], 2), ("wait_seconds_bucket", ["le": "1.0"], 2),
        ("wait_seconds_bucket", ["le": "+Inf"], 3),
    ])
    func aHistogramHasBucketsCountAndSum(name: String, labels: [String: String], value: Double) {
        let registry = Registry()
        let wait = Histogram("wait", unit: .seconds, help: "Wait.", buckets: [0.5, 1], registry: registry)
        for seconds in [0.25, 1, 4.5] { wait.observe(seconds) }
        #expect(registry.value(of: name, labels: labels) == value)
        #expect(registry.value(of: "wait_seconds_bucket") == nil)
        #expect(registry.value(of: "wait_seconds_bucket", labels: ["le": "2"]) == nil)
    }

    @Test func aSummaryHasQuantilesCountAndSum() {
        let registry = Registry()
        let size = Summary("size", unit: .bytes, help: "Size.", quantiles: [0.5], registry: registry)
        size.observe(8)
        #expect(registry.value(of: "size_bytes_count") == 1)
        #expect(registry.value(of: "size_bytes_sum") == 8)
        #expect(registry.value(of: "size_bytes", labels: ["quantile": "0.50"]) != nil)
        #expect(registry.value(of: "size_bytes", labels: ["quantile": "0.9"]) == nil)
    }

    @Test func everyOtherTypeIsReadToo() {
        let registry = Registry()
        Gauge("level", help: "Level.", registry: registry).set(-2.5)
        UpDownCounter("jobs", help: "Jobs.", registry: registry).decrement(by: 4)
        Info("app_build", help: "Build.", ["version": "1.2"], registry: registry)
        _ = StateSet("phase", help: "Phase.", initial: Phase.serving, registry: registry)
        GaugeFunction("age", help: "Age.", registry: registry) { 7 }
        #expect(registry.value(of: "level") == -2.5)
        #expect(registry.value(of: "jobs") == -4)
        #expect(registry.value(of: "app_build_info", labels: ["version": "1.2"]) == 1)
        #expect(registry.value(of: "phase", labels: ["phase": "serving"]) == 1)
        #expect(registry.value(of: "phase", labels: ["phase": "starting"]) == 0)
        #expect(registry.value(of: "age") == 7)
    }

    @Test func constantLabelsMayBeLeftOutAndPrefixesMayNot() {
        let registry = Registry(prefix: "shop", constantLabels: ["instance": "blue"])
        Counter("orders", help: "Orders.", registry: registry).increment()
        #expect(registry.value(of: "shop_orders_total") == 1)
        #expect(registry.value(of: "shop_orders_total", labels: ["instance": "blue"]) == 1)
        #expect(registry.value(of: "shop_orders_total", labels: ["instance": "green"]) == nil)
        #expect(registry.value(of: "orders_total") == nil)
        #expect(registry.gather().value(of: "shop_orders_total", labels: ["instance": "blue"]) == 1)
        #expect(registry.gather().value(of: "shop_orders_total") == nil)
    }

    @Test func labelValuesAreComparedUnescaped() {
        let registry = Registry()
        let hits = CounterFamily("hits", help: "Hits.", labels: .of(Label<String>("path")), registry: registry)
        hits["a\"b\\c\nd"].increment()
        #expect(registry.value(of: "hits_total", labels: ["path": "a\"b\\c\nd"]) == 1)
    }

    @Test func whatCollectorsAndTheRegistryItselfShowIsReadToo() {
        struct Pool: Collector {
            func collect() -> [MetricFamilySnapshot] {
                [MetricFamilySnapshot("pool_size", type: .gauge, help: "Size.", metrics: [MetricSnapshot(.gauge(9))])]
            }
        }
        let registry = Registry()
        registry.register(Pool())
        #expect(registry.value(of: "pool_size") == 9)
        #expect(registry.value(of: "vernier_detached_metrics_total") == 0)
    }
}

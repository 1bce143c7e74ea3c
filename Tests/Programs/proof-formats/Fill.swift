import Vernier

enum Method: String, FiniteLabel { case get = "GET", post = "POST" }
enum Phase: String, FiniteLabel { case starting, serving }

/// Gives every instrument values that do not change any more.
func fill(_ registry: Registry) {
    fillCounters(registry)
    fillHistograms(registry)
    fillNativeHistograms(registry)
    fillOthers(registry)
}

private func fillCounters(_ registry: Registry) {
    let orders = CounterFamily(
        "orders", help: "Counters with exemplars.", labels: .of(Label<Method>("method")), registry: registry)
    orders[.get].increment(by: 3, exemplar: ["trace_id": "4bf92f3577b34da6a3ce929d0e0e4736"])
    orders[.post].increment(by: 0.5, exemplar: ["trace_id": "über \"quoted\" \\ trace", "span_id": "00f067aa0ba902b7"])
    Counter("plain", unit: .bytes, help: "A counter without exemplars.", registry: registry).increment(by: 12_345)
    let requests = CounterFamily(
        "http.server.requests", help: "A name and a label with dots.",
        labels: .of(Label<Method>("http.request.method"), Label<String>("path")), registry: registry)
    requests[.get, "/a\"b\\c\nd"].increment(by: 7)
    requests[.post, "/"].increment(by: 8, exemplar: ["trace_id": "1"])
    Gauge("größe/in μm", help: "A name that only quotes can hold.", registry: registry).set(-1.5)
    Counter("under_score.and_dot", help: "What `dots` doubles.", registry: registry).increment()
}

private func fillHistograms(_ registry: Registry) {
    let times = HistogramFamily(
        "answer_time", unit: .seconds, help: "Classic buckets with exemplars.", buckets: [0.1, 1, 10],
        labels: .of(Label<Method>("method")), registry: registry)
    for (index, value) in [0.05, 0.1, 0.5, 2, 30].enumerated() {
        times[.get].observe(value, exemplar: ["trace_id": "time-\(index)"])
    }
    times[.post].observe(.milliseconds(1_500))
    Histogram("queue.depth", help: "Classic buckets, a name with a dot.", buckets: [1, 2], registry: registry)
        .observe(1.5, exemplar: ["trace_id": "depth"])
}

private func fillNativeHistograms(_ registry: Registry) {
    let alone = HistogramFamily(
        "native_alone", help: "Native buckets alone.", buckets: .none, native: .standard,
        labels: .of(Label<String>("kind")), registry: registry)
    for step in 1...200 { alone["rising"].observe(Double(step) * 0.37) }
    for value in [0, 1e-200, -1e-200, 1e-40, 3e-39, -2, -2.5, 1e300, -7e-9, 0.5, 1, 2, 4] {
        alone["wide"].observe(value)
    }
    _ = alone["empty"]
    var seed: UInt64 = 42
    for _ in 0..<5_000 {
        seed = seed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        let sign: Double = seed & 1 == 0 ? 1 : -1
        alone["random"].observe(
            sign
                * Double(sign: .plus, exponent: Int(seed >> 32 & 31) - 16, significand: 1 + Double(seed >> 40) / 0x1p24)
        )
    }
    let both = Histogram(
        "native_and_classic", unit: .seconds, help: "Native and classic buckets.", buckets: [0.5, 2], native: .standard,
        registry: registry)
    for step in 0..<50 { both.observe(.milliseconds(step * 100), exemplar: ["trace_id": "both-\(step)"]) }
    let fine = Histogram(
        "native_fine", help: "The finest schema.", buckets: .none,
        native: NativeBuckets(growthFactor: 1.001, limit: 4_096), registry: registry)
    for step in 1...500 { fine.observe(1 + Double(step) / 250) }
    let coarse = Histogram(
        "native.coarse", help: "The coarsest schema, with a name that has a dot.", buckets: .none,
        native: NativeBuckets(growthFactor: 65_536, zeroThreshold: 0), registry: registry)
    for value in [0, 1e-300, 1, 65_536, 65_537, 1e300, -1] { coarse.observe(value) }
}

private func fillOthers(_ registry: Registry) {
    let digest = SummaryFamily(
        "digest", help: "A summary.", window: .seconds(86_400), labels: .of(Label<String>("part")), registry: registry)
    for step in 1...100 { digest["front.end"].observe(Double(step)) }
    Info("build", help: "Facts.", ["version": "1.0", "go.version": "none"], registry: registry)
    _ = StateSet("phase", help: "A state.", initial: Phase.serving, registry: registry)
    registry.register(Readings())
}

/// Families of the types that no instrument has.
private struct Readings: Collector {
    func collect() -> [MetricFamilySnapshot] {
        let buckets = [(1.0, 4 as UInt64), (8, 9), (Double.infinity, 11)].map {
            HistogramPoint.Bucket(upperBound: $0.0, cumulativeCount: $0.1)
        }
        return [
            MetricFamilySnapshot(
                "waiting", type: .gaugeHistogram, help: "A gauge histogram.",
                metrics: [
                    MetricSnapshot(
                        labels: [LabelPair("queue", "a")], .histogram(HistogramPoint(buckets: buckets, sum: 77)))
                ]),
            MetricFamilySnapshot(
                "mystery", type: .unknown, help: "Of unknown type.", metrics: [MetricSnapshot(.unknown(4.25))]),
        ]
    }
}

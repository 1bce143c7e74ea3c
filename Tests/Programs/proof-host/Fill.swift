import Vernier

enum Method: String, FiniteLabel { case get = "GET", post = "POST", odd = "a\"b\\c\nd" }
enum Phase: String, FiniteLabel { case starting, serving, draining = "\"\\\n" }

/// A label set of the program's own.
struct Route: LabelSet {
    var method: Method
    var path: String

    static let labels = Labels2(Label<Method>("method"), Label<String>("path"))
    var values: (Method, String) { (method, path) }
}

/// Registers every instrument and gives it values that do not change any more.
func fill(_ registry: Registry) async {
    fillCounters(registry)
    fillGauges(registry)
    fillHistograms(registry)
    fillSummaries(registry)
    fillTexts(registry)
    fillStates(registry)
    fillOverflow(registry)
    await fillCompounds(registry)
}

private func fillCounters(_ registry: Registry) {
    Counter("tally_untouched", help: "Never incremented.", registry: registry)
        .increment(by: 0)
    Counter("tally_whole", help: "2^53 + 1, which no Double holds.", registry: registry)
        .increment(by: 9_007_199_254_740_993)
    let large = Counter("tally_large", help: "2^64 - 2.", registry: registry)
    large.increment(by: Int.max)
    large.increment(by: Int.max)
    let mixed = Counter("tally_mixed", unit: .joules, help: "Whole and floating amounts.", registry: registry)
    mixed.increment(by: 3)
    mixed.increment(by: 0.125)
    mixed.increment()
    // Refused and counted.
    mixed.increment(by: -1)
    mixed.increment(by: -0.5)
    mixed.increment(by: .nan)
    mixed.increment(by: .infinity)
    let extreme = CounterFamily(
        "tally_extreme", help: "Extreme amounts.", labels: .of(Label<String>("number")), registry: registry)
    for (name, value) in Extreme.finite { extreme[name].increment(by: value) }
    let dense = CounterFamily(
        "tally_dense", help: "All series are there from the start.",
        labels: .of(Label<Method>("method"), Label<Bool>("cached"), Label<Phase>("phase")), registry: registry)
    dense[.odd, true, .draining].increment(by: 7)
    let four = CounterFamily(
        "tally_four_labels", help: "Four labels.",
        labels: .of(Label<Method>("a"), Label<Int>("b"), Label<UInt64>("c"), Label<String>("d")), registry: registry)
    four[.get, .min, .max, ""].increment()
    four[.post, -1, 0, "x"].increment(by: 2)
    let routes = CounterFamily(
        "tally_routes", help: "A label set.", labels: .set(Route.self), registry: registry)
    routes[Route(method: .get, path: "/users/{id}")].increment(by: 5)
    CounterFunction("tally_read", help: "Read when gathered.", registry: registry) { 12_345.678 }
    CounterFunction(
        "tally_read_by_label", help: "Read when gathered.", labels: .of(Label<String>("pool")), registry: registry
    ) { [("a", 1), ("b\"\\\n", 1e15)] }
}

private func fillGauges(_ registry: Registry) {
    let extreme = GaugeFamily(
        "level_extreme", help: "Extreme values.", labels: .of(Label<String>("number")), registry: registry)
    for (name, value) in Extreme.numbers { extreme[name].set(value) }
    Gauge("level_plain", unit: .celsius, help: "Set and added to.", registry: registry).set(-273.15)
    Gauge("level_age", unit: .seconds, help: "A duration.", registry: registry).set(.milliseconds(1_500))
    GaugeFunction("level_read", unit: .ratio, help: "Read when gathered.", registry: registry) { 2.0 / 3 }
    GaugeFunction(
        "level_read_by_label", help: "Read when gathered.", labels: .of(Label<Method>("method")), registry: registry
    ) { [(.get, -0.0), (.odd, .infinity)] }
    UpDownCounter("balance_below", help: "Below zero.", registry: registry).decrement(by: 9_007_199_254_740_993)
    let balances = UpDownCounterFamily(
        "balance", help: "Ups and downs.", labels: .of(Label<String>("kind")), registry: registry)
    balances["least"].increment(by: Int.min)
    balances["most"].increment(by: Int.max)
    balances["mixed"].increment(by: 2)
    balances["mixed"].decrement(by: 0.25)
}

private func fillHistograms(_ registry: Registry) {
    let time = Histogram(
        "spread_time", unit: .seconds, help: "Durations, exact to the nanosecond.", registry: registry)
    for duration in [Duration.nanoseconds(1), .milliseconds(5), .milliseconds(5) + .nanoseconds(1), .seconds(10)] {
        time.observe(duration)
    }
    let ages = HistogramFamily(
        "spread_ages", unit: .seconds, help: "Durations of centuries.",
        buckets: .exponential(start: 1, factor: 1_000, count: 4),
        labels: .of(Label<String>("kind")), registry: registry)
    ages["long"].observe(.nanoseconds(9_007_199_254_740_993))
    ages["longer"].observe(.nanoseconds(Int64.max))
    ages["mixed"].observe(.milliseconds(250))
    ages["mixed"].observe(0.5)
    let bounds = HistogramFamily(
        "spread_bounds", help: "Bounds of all sizes.",
        buckets: [0, .leastNonzeroMagnitude, 1e-5, 0.0001, 0.1, 1, 2.5, 100_000, 1e6, 123_456_789.5, 1e21, 1e308],
        labels: .of(Label<Method>("method")), registry: registry)
    for (_, value) in Extreme.finite where value < 1e300 { bounds[.get].observe(value) }
    bounds[.odd].observe(.infinity)
    Histogram(
        "spread_untouched", unit: .bytes, help: "No observation.", buckets: .linear(start: 1, width: 1, count: 3),
        registry: registry
    )
    .observe(.seconds(-1))
}

private func fillSummaries(_ registry: Registry) {
    let window = Duration.seconds(86_400 * 30)
    let values = Summary(
        "digest_values", help: "Numbers.", quantiles: [0, 0.5, 0.999, 1], window: window, registry: registry)
    for value in 1...1_000 { values.observe(Double(value)) }
    let times = SummaryFamily(
        "digest_times", unit: .seconds, help: "Durations.", window: window, labels: .of(Label<String>("hook")),
        registry: registry)
    for step in 1...100 { times["a\"b\\c\nd"].observe(.microseconds(step)) }
    _ = times["untouched"]
}

private func fillTexts(_ registry: Registry) {
    let texts = CounterFamily(
        "text_labels", help: "Label values that must be escaped or left alone.",
        labels: .of(Label<String>("name"), Label<String>("text")), registry: registry)
    for (name, text) in Hostile.texts { texts[name, text].increment() }
    for (index, (_, text)) in Hostile.texts.enumerated() where !text.isEmpty {
        Gauge("text_help_\(index)", help: text, registry: registry).set(Double(index))
    }
    Gauge(String(Hostile.long(10_000)), help: "A name of 10,000 letters.", registry: registry).set(1)
    Gauge("text_with_0123456789", help: "Digits in a name.", registry: registry)
        .set(1)
    Info(
        "text_build", help: "Facts.", ["version": "1.4.2", "odd": Hostile.everything, "empty": ""], registry: registry)
}

private func fillStates(_ registry: Registry) {
    _ = StateSet("phase", help: "A state with a hostile name.", initial: Phase.draining, registry: registry)
    let phases = StateSetFamily<Phase, Labels1<String>>(
        "phases", help: "By part.", labels: .of(Label<String>("part")), registry: registry)
    phases["front"].set(.serving)
    phases["\\\""].set(.draining)
}

private func fillOverflow(_ registry: Registry) {
    let limited = CounterFamily(
        "overflowing", help: "Three series and one for the rest.",
        labels: .of(Label<Int>("tenant"), Label<Method>("method")),
        limit: 3, registry: registry)
    for tenant in 0..<10 { limited[tenant, .get].increment(by: tenant) }
    let removed = CounterFamily(
        "removed", help: "One of two is left.", labels: .of(Label<Int>("id")), registry: registry)
    removed[1].increment()
    removed[2].increment(by: 2)
    removed.remove(1)
}

private struct Broken: Error {}

private func fillCompounds(_ registry: Registry) async {
    let render = Operation("operation", help: "Rendering.", registry: registry)
    render.measure {}
    try? render.measure { () throws(Broken) in throw Broken() }
    try? render.measure { throw CancellationError() }
    _ = render.start()
    let hooks = OperationFamily("operations", help: "Hooks.", labels: .of(Label<String>("hook")), registry: registry)
    await hooks["\"pre\\post\"\n"].measure { await Task.yield() }
    let stream = StreamMetrics("stream", help: "Elements.", registry: registry)
    let elements = AsyncStream { continuation in
        for element in 0..<5 { continuation.yield(element) }
        continuation.finish()
    }
    for await _ in elements.metered(by: stream) {}
}

/// Adds a family of many counters.
func addSeries(_ count: Int, to registry: Registry) {
    let many = CounterFamily(
        "many", help: "Many series.", labels: .of(Label<Int>("n")), limit: count, registry: registry)
    for number in 0..<count { many[number].increment(by: number) }
}

import Synchronization
public import Vernier

/// Pages: from the registry's families to bytes that a closure takes.
extension Workloads {
    /// A hundred families of a hundred counters with three labels; a unit is one series.
    public static let counterPage = Workload(
        "text of 10,000 counters", "100 families, 3 labels", .scrape, units: 10_000
    ) {
        let registry = Registry()
        fillCounters(registry)
        return { pageLoop(registry, .text, $0) }
    }

    /// A thousand histograms of eleven bounds, fourteen lines each; a unit is one histogram.
    public static let histogramPage = Workload("text of 1,000 histograms", "11 bounds", .scrape, units: 1_000) {
        let registry = Registry()
        fillHistograms(registry)
        return { pageLoop(registry, .text, $0) }
    }

    /// The counters in the other format.
    public static let counterPageOpenMetrics = Workload(
        "OpenMetrics of 10,000 counters", "100 families, 3 labels", .scrape, units: 10_000
    ) {
        let registry = Registry()
        fillCounters(registry)
        return { pageLoop(registry, .openMetrics, $0) }
    }

    /// Counters and histograms with all that OpenMetrics shows of them; a unit is one series.
    public static let fullPage = Workload(
        "OpenMetrics with created and exemplars", "900 counters, 100 histograms of 3 bounds", .scrape, units: 1_000
    ) {
        let registry = Registry()
        fillMarked(registry)
        return { count in
            var format = ExpositionFormat.openMetrics
            format.showsCreated = true
            pageLoop(registry, format, count)
        }
    }

    /// Counters whose name and labels are not those of the first format, as they are; a unit is one series.
    public static let dottedPage = Workload(
        "text with UTF-8 names", "10 families of 100 counters, 2 labels", .scrape, units: 1_000
    ) {
        let registry = Registry()
        fillDotted(registry)
        return { pageLoop(registry, .utf8Text, $0) }
    }

    /// The same for a scraper that does not read such names.
    public static let escapedPage = Workload(
        "text with UTF-8 names, escaped", "10 families of 100 counters, 2 labels", .scrape, units: 1_000
    ) {
        let registry = Registry()
        fillDotted(registry)
        return { pageLoop(registry, .text, $0) }
    }

    /// The counters as messages.
    public static let counterPageProtobuf = Workload(
        "protobuf of 10,000 counters", "100 families, 3 labels", .scrape, units: 10_000
    ) {
        let registry = Registry()
        fillCounters(registry)
        return { pageLoop(registry, .protobuf, $0) }
    }

    /// The histograms as messages.
    public static let histogramPageProtobuf = Workload(
        "protobuf of 1,000 histograms", "11 bounds", .scrape, units: 1_000
    ) {
        let registry = Registry()
        fillHistograms(registry)
        return { pageLoop(registry, .protobuf, $0) }
    }

    /// All pages.
    public static var gather: [Workload] {
        [
            counterPage, histogramPage, counterPageOpenMetrics, fullPage, dottedPage, escapedPage, counterPageProtobuf,
            histogramPageProtobuf,
        ]
    }

    /// Registers a hundred families of a hundred counters, each with a value of its own.
    public static func fillCounters(_ registry: Registry) {
        for number in 0..<100 {
            let family = CounterFamily(
                "requests_\(number)", help: "Requests served.",
                labels: .of(Label<String>("method"), Label<String>("path"), Label<Int>("status")), registry: registry)
            for series in 0..<100 {
                family[["GET", "POST", "PUT", "DELETE"][series % 4], "/path/\(series)", 200 + series % 5]
                    .increment(by: 1 + number * 1_000 + series)
            }
        }
    }

    /// Registers ten families of a hundred histograms, each with observations in all buckets.
    public static func fillHistograms(_ registry: Registry) {
        for number in 0..<10 {
            let family = HistogramFamily(
                "duration_\(number)", unit: .seconds, help: "Time to answer.",
                labels: .of(Label<String>("method"), Label<String>("path"), Label<Int>("status")), registry: registry)
            for series in 0..<100 {
                let histogram = family[
                    ["GET", "POST", "PUT", "DELETE"][series % 4], "/path/\(series)", 200 + series % 5]
                for value in observations { histogram.observe(value) }
            }
        }
    }
}

private func fillDotted(_ registry: Registry) {
    for number in 0..<10 {
        let family = CounterFamily(
            "http.requests.\(number)", help: "Requests served.",
            labels: .of(Label<String>("http.route"), Label<Int>("http.status")), registry: registry)
        for series in 0..<100 {
            family["/path/\(series)", 200 + series % 5].increment(by: 1 + number * 1_000 + series)
        }
    }
}

/// Registers counters and histograms with an exemplar in each counter and bucket.
private func fillMarked(_ registry: Registry) {
    let trace: ExemplarLabels = ["trace_id": "4bf92f3577b34da6a3ce929d0e0e4736"]
    let counters = CounterFamily(
        "marked", help: "Counters.", labels: .of(Label<String>("path")), limit: 900, registry: registry)
    for series in 0..<900 { counters["/path/\(series)"].increment(by: 1 + series, exemplar: trace) }
    let histograms = HistogramFamily(
        "marked_size", unit: .bytes, help: "Sizes.", buckets: [10, 100, 1000], labels: .of(Label<String>("path")),
        registry: registry)
    for series in 0..<100 {
        let histogram = histograms["/path/\(series)"]
        for value in [5.0, 50, 500, 5000] { histogram.observe(value, exemplar: trace) }
    }
}

/// How many bytes pages had, so that no page is left out of the work.
private let written = Atomic<Int>(0)

@inline(never)
private func pageLoop(_ registry: Registry, _ format: ExpositionFormat, _ count: Int) {
    for _ in 0..<count {
        var bytes = 0
        // The closure throws nothing.
        try? registry.expose(as: format) { bytes += $0.byteCount }
        written.wrappingAdd(bytes, ordering: .relaxed)
    }
}

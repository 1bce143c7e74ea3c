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
            counterPage, histogramPage, counterPageOpenMetrics, dottedPage, escapedPage, counterPageProtobuf,
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

import CoreMetrics
import Vernier
import VernierSwiftMetrics

/// Making metrics of swift-metrics that were made before, as libraries do for each request.
extension Workloads {
    /// Two dimensions with short texts, sixteen series.
    public static let factoryLookup = factoryLookup("2 short dimensions, 16 series", "updates", "method", "path")

    /// The same under names as OpenTelemetry has them, longer than what a lookup compares directly.
    public static let factoryLookupLong = factoryLookup(
        "2 dimensions with long names, 16 series", "http.server.requests", "http.request.method",
        "http.response.status_code")

    /// Lookups of the factory for swift-metrics.
    public static var factory: [Workload] { [factoryLookup, factoryLookupLong] }

    private static func factoryLookup(
        _ variant: String, _ label: String, _ first: String, _ second: String
    ) -> Workload {
        Workload("factory lookup", variant) {
            let factory = VernierMetricsFactory(registry: Registry())
            let dimensions = shortTexts.map { [(first, $0.0), (second, $0.1)] }
            for set in dimensions { factory.makeCounter(label: label, dimensions: set).increment(by: 1) }
            return { factoryLoop(factory, label, dimensions, $0) }
        }
    }
}

@inline(never)
private func factoryLoop(
    _ factory: VernierMetricsFactory, _ label: String, _ dimensions: [[(String, String)]], _ count: Int
) {
    for turn in 0..<count { _ = factory.makeCounter(label: label, dimensions: dimensions[turn & 15]) }
}

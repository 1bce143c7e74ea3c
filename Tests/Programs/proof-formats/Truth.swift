import ProgramSupport
import Vernier

/// What a registry holds as JSON, made from values and by no code that writes pages.
enum Truth {
    /// A list of families, as `Registry.gather` shows them.
    static func json(of families: [MetricFamilySnapshot]) -> [UInt8] {
        Array((JSON.list(families.map(json)) + "\n").utf8)
    }

    private static func json(_ family: MetricFamilySnapshot) -> String {
        JSON.object([
            "name": JSON.text(family.name), "type": JSON.text(family.type.rawValue), "unit": JSON.text(family.unit),
            "help": JSON.text(family.help), "metrics": JSON.list(family.metrics.map(json)),
        ])
    }

    private static func json(_ metric: MetricSnapshot) -> String {
        JSON.object([
            "labels": json(metric.labels), "created": json(metric.created), "exemplar": json(metric.exemplar),
            "point": json(metric.point),
        ])
    }

    private static func json(_ point: MetricPoint) -> String {
        switch point {
        case .counter(let value), .gauge(let value), .unknown(let value):
            return JSON.object(["value": JSON.number(value)])
        case .info: return "{}"
        case .stateSet(let states):
            return JSON.object([
                "states": JSON.list(states.map { JSON.list([JSON.text($0.name), $0.isOn ? "1" : "0"]) })
            ])
        case .histogram(let histogram):
            let buckets = histogram.buckets.map { bucket in
                JSON.object([
                    "bound": JSON.number(bucket.upperBound), "count": String(bucket.cumulativeCount),
                    "exemplar": json(bucket.exemplar),
                ])
            }
            return JSON.object([
                "buckets": JSON.list(buckets), "count": String(histogram.count), "sum": json(histogram.sum),
                "native": histogram.native.map(json) ?? "null",
            ])
        case .summary(let summary):
            let quantiles = summary.quantiles.map { JSON.list([JSON.number($0.quantile), JSON.number($0.value)]) }
            return JSON.object([
                "quantiles": JSON.list(quantiles), "count": summary.count.map { String($0) } ?? "null",
                "sum": json(summary.sum),
            ])
        }
    }

    private static func json(_ native: NativeHistogramPoint) -> String {
        func pairs(_ buckets: [NativeHistogramPoint.Bucket]) -> String {
            JSON.list(buckets.map { JSON.list([String($0.index), String($0.count)]) })
        }
        return JSON.object([
            "schema": String(native.schema), "zero_threshold": JSON.number(native.zeroThreshold),
            "zero_count": String(native.zeroCount), "positive": pairs(native.positive),
            "negative": pairs(native.negative), "exemplars": JSON.list(native.exemplars.map(json)),
        ])
    }

    private static func json(_ exemplar: Exemplar?) -> String { exemplar.map(json) ?? "null" }

    private static func json(_ exemplar: Exemplar) -> String {
        JSON.object([
            "labels": json(exemplar.labels), "value": JSON.number(exemplar.value),
            "timestamp": json(exemplar.timestamp),
        ])
    }

    private static func json(_ number: Double?) -> String { number.map(JSON.number) ?? "null" }

    private static func json(_ labels: [LabelPair]) -> String {
        "{" + labels.map { "\(JSON.text($0.name)):\(JSON.text($0.value))" }.joined(separator: ",") + "}"
    }
}

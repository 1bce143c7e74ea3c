import Vernier

/// Families as JSON of one line in which numbers stand as their bits, so that two dumps are equal when the values are; every NaN is one.
enum Dump {
    static func text(_ families: [MetricFamilySnapshot]) -> String { list(families.map(family)) }

    private static func family(_ family: MetricFamilySnapshot) -> String {
        object([
            ("name", string(family.name)), ("type", string(family.type.rawValue)), ("unit", string(family.unit)),
            ("help", string(family.help)), ("omitsTotal", "\(family.omitsTotal)"),
            ("metrics", list(family.metrics.map(metric))),
        ])
    }

    private static func metric(_ metric: MetricSnapshot) -> String {
        object([
            ("labels", labels(metric.labels)), ("point", point(metric.point)), ("created", optional(metric.created)),
            ("timestamp", optional(metric.timestamp)), ("exemplar", exemplar(metric.exemplar)),
        ])
    }

    private static func point(_ point: MetricPoint) -> String {
        switch point {
        case .counter(let value), .gauge(let value), .unknown(let value): object([("value", bits(value))])
        case .info: object([("value", bits(1))])
        case .stateSet(let states): object([("states", list(states.map { list([string($0.name), "\($0.isOn)"]) }))])
        case .summary(let summary):
            object([
                ("quantiles", list(summary.quantiles.map { list([bits($0.quantile), bits($0.value)]) })),
                ("count", summary.count.map { string("\($0)") } ?? "null"), ("sum", optional(summary.sum)),
            ])
        case .histogram(let histogram):
            object([
                (
                    "buckets",
                    list(
                        histogram.buckets.map {
                            list([bits($0.upperBound), string("\($0.cumulativeCount)"), exemplar($0.exemplar)])
                        })
                ), ("sum", optional(histogram.sum)),
            ])
        }
    }

    private static func exemplar(_ exemplar: Exemplar?) -> String {
        guard let exemplar else { return "null" }
        return object([
            ("labels", labels(exemplar.labels)), ("value", bits(exemplar.value)),
            ("timestamp", optional(exemplar.timestamp)),
        ])
    }

    private static func labels(_ pairs: [LabelPair]) -> String {
        list(pairs.map { list([string($0.name), string($0.value)]) })
    }

    private static func optional(_ value: Double?) -> String { value.map(bits) ?? "null" }

    private static func bits(_ value: Double) -> String {
        if value.isNaN { return "\"NaN\"" }
        let digits = String(value.bitPattern, radix: 16)
        return "\"\(String(repeating: "0", count: 16 - digits.count))\(digits)\""
    }

    private static func list(_ items: [String]) -> String { "[\(items.joined(separator: ","))]" }

    static func object(_ members: [(String, String)]) -> String {
        "{\(members.map { "\"\($0)\":\($1)" }.joined(separator: ","))}"
    }

    static func string(_ text: String) -> String {
        var result = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"", "\\": result += "\\" + String(scalar)
            case _ where scalar.value < 0x20 || scalar.value == 0x7F:
                let digits = String(scalar.value, radix: 16)
                result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result + "\""
    }
}

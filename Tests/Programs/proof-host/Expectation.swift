import ProgramSupport
import Vernier

/// Every sample of a page as JSON, made from values and by no code that writes pages.
enum Expectation {
    /// A list of `{"name": …, "labels": {…}, "value": …}`, one a line.
    static func json(of families: [MetricFamilySnapshot]) -> [UInt8] {
        var text: [UInt8] = Array("[".utf8)
        var isFirst = true
        for family in families {
            for metric in family.metrics {
                forEachSample(of: metric, in: family.name) { name, labels, value in
                    text += (isFirst ? "\n" : ",\n").utf8
                    isFirst = false
                    text += #"{"name":\#(JSON.text(name)),"labels":{"#.utf8
                    text += labels.map { "\(JSON.text($0.name)):\(JSON.text($0.value))" }.joined(separator: ",").utf8
                    text += "},\"value\":\(JSON.number(value))}".utf8
                }
            }
        }
        text += "\n]\n".utf8
        return text
    }

    private static func forEachSample(
        of metric: MetricSnapshot, in family: String, _ body: (String, [LabelPair], Double) -> Void
    ) {
        let labels = metric.labels
        switch metric.point {
        case .counter(let value): body(family + "_total", labels, value)
        case .gauge(let value), .unknown(let value): body(family, labels, value)
        case .info: body(family + "_info", labels, 1)
        case .stateSet(let states):
            for state in states { body(family, labels + [LabelPair(family, state.name)], state.isOn ? 1 : 0) }
        case .histogram(let histogram):
            for bucket in histogram.buckets {
                body(
                    family + "_bucket", labels + [LabelPair("le", canonical(bucket.upperBound))],
                    Double(bucket.cumulativeCount))
            }
            body(family + "_count", labels, Double(histogram.count))
            if let sum = histogram.sum { body(family + "_sum", labels, sum) }
        case .summary(let summary):
            for quantile in summary.quantiles {
                body(family, labels + [LabelPair("quantile", canonical(quantile.quantile))], quantile.value)
            }
            if let count = summary.count { body(family + "_count", labels, Double(count)) }
            if let sum = summary.sum { body(family + "_sum", labels, sum) }
        }
    }

    /// A bound in the form that OpenMetrics asks for: `0.1`, `1.0`, `1e-05`, `1e+06` (1.0.0, "Canonical Numbers").
    static func canonical(_ value: Double) -> String {
        if value.isInfinite { return value < 0 ? "-Inf" : "+Inf" }
        if value == 0 { return "0.0" }
        // Swift's text has the shortest digits too, in another layout.
        let parts = value.magnitude.description.split(separator: "e")
        let halves = parts[0].split(separator: ".")
        let fraction = halves.count > 1 && halves[1] != "0" ? halves[1] : ""
        let all = String(halves[0]) + fraction
        let digits = all.drop { $0 == "0" }
        var significant = String(digits)
        while significant.last == "0" { significant.removeLast() }
        let power = (parts.count > 1 ? Int(parts[1]) ?? 0 : 0) + halves[0].count - 1 - (all.count - digits.count)
        let sign = value < 0 ? "-" : ""
        if power < -4 || power >= 6 {
            let rest = significant.dropFirst()
            let size = String(power.magnitude)
            return sign + significant.prefix(1) + (rest.isEmpty ? "" : "." + rest) + (power < 0 ? "e-" : "e+")
                + (size.count < 2 ? "0" : "") + size
        }
        if power < 0 { return sign + "0." + String(repeating: "0", count: -power - 1) + significant }
        while significant.count < power + 1 { significant += "0" }
        let rest = significant.dropFirst(power + 1)
        return sign + significant.prefix(power + 1) + "." + (rest.isEmpty ? "0" : rest)
    }
}

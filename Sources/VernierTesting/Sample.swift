import Vernier

/// One line of a page as a value: what a sample's name and labels are compared with.
struct Sample {
    /// The name as it is exposed, suffix included.
    let name: String
    /// The labels that the type does not write itself.
    let labels: [LabelPair]
    /// The label that the type writes as a number, `le` or `quantile`.
    var rank: (label: String, value: Double)?
    let value: Double

    /// Whether these are the sample's labels; those in `optional` may be left out.
    ///
    /// `le` and `quantile` are compared as numbers: `"1"` finds `le="1.0"`.
    func matches(_ wanted: [String: String], optional: [LabelPair]) -> Bool {
        var rest = wanted
        if let rank {
            guard let text = rest.removeValue(forKey: rank.label), Double(text) == rank.value else { return false }
        }
        for label in labels {
            switch rest.removeValue(forKey: label.name) {
            case label.value: continue
            case nil where optional.contains(label): continue
            default: return false
            }
        }
        return rest.isEmpty
    }
}

extension MetricFamilySnapshot {
    /// The samples of the family, as a page has them.
    var samples: [Sample] { metrics.flatMap(samples(of:)) }

    private func samples(of metric: MetricSnapshot) -> [Sample] {
        func sample(_ suffix: String, _ value: Double, _ rank: (label: String, value: Double)? = nil) -> Sample {
            Sample(name: name + suffix, labels: metric.labels, rank: rank, value: value)
        }
        return switch metric.point {
        case .counter(let value): [sample("_total", value)]
        case .gauge(let value), .unknown(let value): [sample("", value)]
        case .info: [sample("_info", 1)]
        case .stateSet(let states):
            states.map { state in
                Sample(
                    name: name, labels: metric.labels + [LabelPair(name, state.name)], value: state.isOn ? 1 : 0)
            }
        case .histogram(let histogram):
            histogram.buckets.map { sample("_bucket", Double($0.cumulativeCount), ("le", $0.upperBound)) }
                + [sample(type == .histogram ? "_count" : "_gcount", Double(histogram.count))]
                + (histogram.sum.map { [sample(type == .histogram ? "_sum" : "_gsum", $0)] } ?? [])
        case .summary(let summary):
            summary.quantiles.map { sample("", $0.value, ("quantile", $0.quantile)) }
                + (summary.count.map { [sample("_count", Double($0))] } ?? [])
                + (summary.sum.map { [sample("_sum", $0)] } ?? [])
        }
    }
}

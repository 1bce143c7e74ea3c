import Vernier

/// One line of a page as a value: what a sample's name and labels are compared with.
struct Sample {
    let id: SampleID
    let value: Double
    var exemplar: Exemplar?

    /// Whether these are the sample's labels; those in `optional` may be left out.
    ///
    /// `le` and `quantile` are compared as numbers: `"1"` finds `le="1.0"`.
    func matches(_ wanted: [String: String], optional: [LabelPair]) -> Bool {
        var rest = wanted
        if case .label(let name, let value) = id.rank {
            guard let text = rest.removeValue(forKey: name), Double(text) == value else { return false }
        }
        return rest.areLabels(id.labels, optional: optional)
    }
}

extension [String: String] {
    /// Whether these are all of the labels; those in `optional` may be left out.
    func areLabels(_ labels: [LabelPair], optional: [LabelPair]) -> Bool {
        var rest = self
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

    /// The name that a page has before the value of a counter.
    var totalName: String { omitsTotal ? name : name + "_total" }

    /// The samples of one metric, as a page has them.
    func samples(of metric: MetricSnapshot) -> [Sample] {
        func sample(_ name: String, _ value: Double, _ rank: SampleID.Rank? = nil, _ exemplar: Exemplar? = nil)
            -> Sample
        {
            Sample(id: SampleID(name, metric.labels, rank), value: value, exemplar: exemplar)
        }
        return switch metric.point {
        case .counter(let value): [sample(totalName, value, nil, metric.exemplar)]
        case .gauge(let value), .unknown(let value): [sample(name, value)]
        case .info: [sample(name + "_info", 1)]
        case .stateSet(let states):
            states.map { state in
                let labels = metric.labels + [LabelPair(name, state.name)]
                return Sample(id: SampleID(name, labels), value: state.isOn ? 1 : 0)
            }
        case .histogram(let histogram):
            histogram.buckets.map {
                sample(name + "_bucket", Double($0.cumulativeCount), .label("le", $0.upperBound), $0.exemplar)
            }
                + [sample(name + (type == .histogram ? "_count" : "_gcount"), Double(histogram.count))]
                + (histogram.sum.map { [sample(name + (type == .histogram ? "_sum" : "_gsum"), $0)] } ?? [])
        case .summary(let summary):
            summary.quantiles.map { sample(name, $0.value, .label("quantile", $0.quantile)) }
                + (summary.count.map { [sample(name + "_count", Double($0))] } ?? [])
                + (summary.sum.map { [sample(name + "_sum", $0)] } ?? [])
        }
    }

    /// The native buckets of one metric as samples, which no text page has: each by its range.
    func nativeSamples(of metric: MetricSnapshot) -> [Sample] {
        guard case .histogram(let histogram) = metric.point, let native = histogram.native else { return [] }
        return native.ranges.map { range in
            Sample(id: SampleID(name, metric.labels, .native(range)), value: Double(range.count))
        }
    }
}

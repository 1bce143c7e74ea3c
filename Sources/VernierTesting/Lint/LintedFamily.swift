public import Vernier

/// A family as a page in Prometheus' text format 0.0.4 shows it, which is what `promtool` judges.
///
/// Such a page has underscores for the characters that names did not have before UTF-8 names.
public struct LintedFamily: Sendable {
    /// The name with the suffix of its samples: `_total` of a counter, `_info` of an info.
    public let name: String
    /// The type; info and state set are gauges on such a page, a gauge histogram is a histogram.
    public let type: MetricType
    /// The help text; empty when there is none.
    public let help: String
    /// The metrics.
    public let metrics: [MetricSnapshot]
    /// The names of all labels of all metrics, each once, by name; without `le` and `quantile` where the type writes them.
    public let labelNames: [String]

    /// Makes the family of a page from one that was gathered or parsed.
    public init(_ snapshot: MetricFamilySnapshot) {
        var labels = Set(snapshot.metrics.flatMap { $0.labels.map(\.name) })
        var shown = (name: snapshot.name, type: snapshot.type)
        switch snapshot.type {
        case .counter: shown.name = snapshot.totalName
        case .info: shown = (snapshot.name + "_info", .gauge)
        case .stateSet:
            shown.type = .gauge
            labels.insert(snapshot.name)
        case .gaugeHistogram: shown.type = .histogram
        case .gauge, .histogram, .summary, .unknown: break
        }
        name = EscapingScheme.underscores.written(metric: shown.name)
        type = shown.type
        help = snapshot.help
        metrics = snapshot.metrics
        labelNames = Set(labels.map { EscapingScheme.underscores.written(label: $0) }).sorted()
    }

    /// The name's words, which stand between underscores.
    var words: [Substring] { name.split(separator: "_", omittingEmptySubsequences: false) }

    /// Whether a word stands in the name after another one: `ms` in `wait_ms` and not in `ms_wait`, in any case of letters.
    func hasWord(_ word: String) -> Bool {
        words.dropFirst().contains { $0.lowercased() == word }
    }
}

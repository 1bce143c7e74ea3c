import Vernier

/// What differs between the formats for their reader.
struct Dialect: Sendable {
    /// Whether the page is OpenMetrics, where every byte between tokens is laid down, and not one of Prometheus' text formats.
    let isOpenMetrics: Bool
    /// Whether names may be quoted and have any characters then.
    let allowsQuotedNames: Bool

    init?(_ format: ExpositionFormat) {
        guard format.syntax != .protobuf else { return nil }
        isOpenMetrics = format.syntax == .openMetrics
        allowsQuotedNames = format.syntax == .utf8Text || format.escaping == .allowUTF8
    }

    /// The type that a word after `# TYPE` stands for.
    func type(_ word: String) -> MetricType? {
        switch word {
        case "counter": .counter
        case "gauge": .gauge
        case "histogram": .histogram
        case "summary": .summary
        case "untyped": isOpenMetrics ? nil : .unknown
        case "unknown", "info", "stateset", "gaugehistogram": isOpenMetrics ? MetricType(rawValue: word) : nil
        default: nil
        }
    }

    /// The words that ``type(_:)`` knows, for messages.
    var typeWords: String {
        isOpenMetrics
            ? "counter, gauge, histogram, gaugehistogram, summary, info, stateset or unknown"
            : "counter, gauge, histogram, summary or untyped"
    }

    /// The samples that a family of a type has: what their names add to the family's, and what they say.
    func roles(of type: MetricType) -> [(suffix: [UInt8], role: SampleRole)] {
        let created: (suffix: [UInt8], role: SampleRole) = (Array("_created".utf8), .created)
        let common: [(suffix: [UInt8], role: SampleRole)] =
            switch type {
            case .counter: isOpenMetrics ? [(Array("_total".utf8), .total), created] : [([], .total)]
            case .gauge, .unknown: [([], .value)]
            case .info: [(Array("_info".utf8), .info)]
            case .stateSet: [([], .state)]
            case .histogram:
                [(Array("_bucket".utf8), .bucket), (Array("_count".utf8), .count), (Array("_sum".utf8), .sum)]
            case .gaugeHistogram:
                [(Array("_bucket".utf8), .bucket), (Array("_gcount".utf8), .count), (Array("_gsum".utf8), .sum)]
            case .summary: [([], .quantile), (Array("_count".utf8), .count), (Array("_sum".utf8), .sum)]
            }
        return isOpenMetrics && (type == .histogram || type == .summary) ? common + [created] : common
    }
}

/// What one sample says about its metric.
enum SampleRole: Sendable {
    /// The value of a gauge or of a metric of unknown kind.
    case value
    /// The value of a counter.
    case total
    /// When the metric was made.
    case created
    /// One bucket.
    case bucket
    /// The count of a histogram or summary.
    case count
    /// Their sum.
    case sum
    /// One quantile.
    case quantile
    /// That the metric is an info.
    case info
    /// One state.
    case state
}

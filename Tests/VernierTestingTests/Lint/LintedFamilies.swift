import Vernier
import VernierTesting

/// A family without a problem but for what a test gives it.
func family(
    _ name: String, _ type: MetricType = .gauge, labels: [[String]] = [], help: String = "Help."
) -> LintedFamily {
    let metrics = labels.map { MetricSnapshot(labels: $0.map { LabelPair($0, "v") }, .gauge(1)) }
    return LintedFamily(MetricFamilySnapshot(name, type: type, help: help, metrics: metrics))
}

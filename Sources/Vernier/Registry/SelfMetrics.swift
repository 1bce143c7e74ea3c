import Synchronization

/// What a registry says about itself on its page.
final class SelfMetrics: Sendable {
    /// Declarations that were detached.
    let detached = Atomic<UInt64>(0)
    private let collectors = Lock<[String: CollectorFigures]>([:])

    /// Why a collector's families are missing.
    enum CollectorError: String, CaseIterable {
        /// Its reading threw.
        case threw
        /// Its reading was not there in time.
        case late
        /// What it handed over cannot be shown.
        case invalid
        /// A name is taken by another family.
        case clash
    }

    private struct CollectorFigures {
        var errors: [CollectorError: UInt64] = [:]
        var duration: Duration?
    }

    /// Counts an error of a collector, and says the first of each kind on standard error.
    func count(_ error: CollectorError, of collector: String, _ reason: String) {
        let count = collectors.withLock { collectors in
            collectors[collector, default: CollectorFigures()].errors[error, default: 0] += 1
            return collectors[collector]?.errors[error]
        }
        if count == 1 {
            Platform.complain("the collector \(collector) is not on the page (\(error.rawValue)): \(reason)")
        }
    }

    /// Keeps how long a reading took, and shows the collector from now on.
    func note(_ duration: Duration?, of collector: String) {
        collectors.withLock {
            $0[collector, default: CollectorFigures()].duration = duration ?? $0[collector]?.duration
        }
    }

    /// The families, without the registry's prefix and labels.
    func families(of sources: [any MetricFamilySource]) -> [MetricFamilySnapshot] {
        var families = [
            MetricFamilySnapshot(
                "vernier_detached_metrics", type: .counter,
                help: "Declarations that clashed with another one and are not exposed.",
                metrics: [MetricSnapshot(.counter(Double(detached.load(ordering: .relaxed))))]),
            perFamily(
                "vernier_rejected_updates", "Updates that were refused because of their amount.", sources,
                \.rejectedCount),
            perFamily(
                "vernier_rejected_exemplars", "Exemplars that were dropped because no page may show them.", sources,
                \.rejectedExemplarCount),
            perFamily(
                "vernier_overflowed_lookups", "Lookups that ended at the series for all beyond the limit.",
                sources, \.overflowedCount),
        ]
        families += collectorFamilies()
        return families.filter { !$0.metrics.isEmpty }
    }

    private func perFamily(
        _ name: String, _ help: String, _ sources: [any MetricFamilySource], _ value: (SeriesStore) -> UInt64
    ) -> MetricFamilySnapshot {
        MetricFamilySnapshot(
            name, type: .counter, help: help,
            // Only where there is something to say: a page should not grow by a line for every family.
            metrics: sources.compactMap { source in
                guard let count = source.store.map(value), count > 0 else { return nil }
                return MetricSnapshot(labels: [LabelPair("family", source.descriptor.name)], .counter(Double(count)))
            })
    }

    private func collectorFamilies() -> [MetricFamilySnapshot] {
        let figures = collectors.withLock { $0.sorted { $0.key < $1.key } }
        return [
            MetricFamilySnapshot(
                "vernier_collector_errors", type: .counter, help: "Readings of a collector that are not on the page.",
                metrics: figures.flatMap { name, figures in
                    CollectorError.allCases.map { error in
                        MetricSnapshot(
                            labels: [LabelPair("collector", name), LabelPair("kind", error.rawValue)],
                            .counter(Double(figures.errors[error] ?? 0)))
                    }
                }),
            MetricFamilySnapshot(
                "vernier_collector_duration_seconds", type: .gauge, unit: "seconds",
                help: "How long the last reading of a collector took.",
                metrics: figures.compactMap { name, figures in
                    figures.duration.map {
                        MetricSnapshot(labels: [LabelPair("collector", name)], .gauge($0 / .seconds(1)))
                    }
                }),
        ]
    }
}

extension SeriesStore {
    fileprivate var rejectedCount: UInt64 { shared.rejectedCount }
    fileprivate var rejectedExemplarCount: UInt64 { shared.rejectedExemplarCount }
}

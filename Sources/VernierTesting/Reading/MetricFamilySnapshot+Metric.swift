public import Vernier

extension Registry {
    /// Reads one metric with all that belongs to it: its value, when it was made, its exemplars.
    ///
    /// ```swift
    /// let orders = registry.metric(of: "orders", labels: ["shop": "north"])
    /// #expect(orders?.point == .counter(3))
    /// ```
    ///
    /// It reads all collectors and blocks the calling thread until they are done.
    ///
    /// - Parameters:
    ///   - name: the name of the family or of a sample, with prefix and unit.
    ///   - labels: the metric's labels, without `le`, `quantile` and a state set's own; constant labels may be left out.
    /// - Returns: the metric, or `nil` when there is none.
    /// - Complexity: linear in the number of series of the family.
    public func metric(of name: String, labels: [String: String] = [:]) -> MetricSnapshot? {
        gather(names: [name]).metric(of: name, labels: labels, optional: constantLabels)
    }

    /// Reads one histogram: its buckets, its sum and its native buckets.
    ///
    /// ```swift
    /// let waits = registry.histogram(of: "wait_seconds")
    /// #expect(waits?.count == 3)
    /// #expect(waits?.native?.zeroCount == 0)
    /// ```
    ///
    /// - Parameters:
    ///   - name: the name of the family, with prefix and unit.
    ///   - labels: its labels without `le`; constant labels may be left out.
    /// - Returns: the histogram, or `nil` when there is none.
    public func histogram(of name: String, labels: [String: String] = [:]) -> HistogramPoint? {
        metric(of: name, labels: labels)?.histogram
    }

    /// Reads when a metric was made or last set back.
    ///
    /// - Parameters:
    ///   - name: the name of the family or of a sample.
    ///   - labels: its labels, see ``metric(of:labels:)``.
    /// - Returns: seconds since 1970, or `nil` when the metric is not there or does not know.
    public func created(of name: String, labels: [String: String] = [:]) -> Double? {
        metric(of: name, labels: labels)?.created
    }

    /// Reads the exemplar that stands beside one sample.
    ///
    /// ```swift
    /// let exemplar = registry.exemplar(of: "wait_seconds_bucket", labels: ["le": "0.5"])
    /// #expect(exemplar?.labels == [LabelPair("trace_id", "4bf92f35")])
    /// ```
    ///
    /// - Parameters:
    ///   - name: the sample's name: `_total` of a counter, `_bucket` of a histogram.
    ///   - labels: all labels of the sample, `le` included; constant labels may be left out.
    /// - Returns: the exemplar, or `nil` when the sample is not there or has none.
    public func exemplar(of name: String, labels: [String: String] = [:]) -> Exemplar? {
        gather(names: [name]).sample(name, labels: labels, optional: constantLabels)?.exemplar
    }

    /// Reads all exemplars of a metric: those of its classic buckets by rising bound, then those of its native buckets.
    ///
    /// - Parameters:
    ///   - name: the name of the family or of a sample.
    ///   - labels: the metric's labels, see ``metric(of:labels:)``.
    /// - Returns: the exemplars; none when the metric is not there.
    public func exemplars(of name: String, labels: [String: String] = [:]) -> [Exemplar] {
        metric(of: name, labels: labels)?.exemplars ?? []
    }
}

extension Array<MetricFamilySnapshot> {
    /// Reads one metric from what was gathered.
    ///
    /// - Parameters:
    ///   - name: the name of the family or of a sample, with prefix and unit.
    ///   - labels: the metric's labels, constant ones included, without `le`, `quantile` and a state set's own.
    /// - Returns: the metric, or `nil` when there is none.
    /// - Complexity: linear in the number of series.
    public func metric(of name: String, labels: [String: String] = [:]) -> MetricSnapshot? {
        metric(of: name, labels: labels, optional: [])
    }

    func metric(of name: String, labels: [String: String], optional: [LabelPair]) -> MetricSnapshot? {
        // A family of the name goes before one whose sample has it: a page may have `wait_count` and `wait`.
        for isFamily in [true, false] {
            for family in self where isFamily ? family.name == name : family.hasSample(name) {
                if let metric = family.metrics.first(where: { labels.areLabels($0.labels, optional: optional) }) {
                    return metric
                }
            }
        }
        return nil
    }
}

extension MetricSnapshot {
    /// The histogram that the metric is, or `nil` when it is none.
    public var histogram: HistogramPoint? {
        if case .histogram(let histogram) = point { histogram } else { nil }
    }

    /// All exemplars: those of classic buckets by rising bound, then those of native buckets.
    public var exemplars: [Exemplar] {
        let ofBuckets = histogram?.buckets.compactMap(\.exemplar) ?? []
        return (exemplar.map { [$0] } ?? []) + ofBuckets + (histogram?.native?.exemplars ?? [])
    }
}

extension MetricFamilySnapshot {
    fileprivate func hasSample(_ name: String) -> Bool {
        name.hasPrefix(self.name) && metrics.contains { samples(of: $0).contains { $0.id.name == name } }
    }
}

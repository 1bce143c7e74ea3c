import Vernier

/// One metric at one time, put together from the samples that say something about it.
struct PointReader {
    let labels: [LabelPair]
    let timestamp: Double?
    /// The line of its first sample.
    let line: Int
    private var created: Double?
    private var value: Double?
    private var exemplar: Exemplar?
    private var buckets: [HistogramPoint.Bucket] = []
    private var count: UInt64?
    private var sum: Double?
    private var quantiles: [SummaryPoint.Quantile] = []
    private var states: [StatePoint] = []

    init(labels: [LabelPair], timestamp: Double?, line: Int) {
        self.labels = labels
        self.timestamp = timestamp
        self.line = line
    }

    /// Takes what a sample says.
    ///
    /// A sample that comes again with the same timestamp counts once: two moments of an OpenMetrics page may be one for a `Double`.
    mutating func take(_ sample: borrowing ReadSample, _ reader: LineReader) throws(ExpositionError) {
        switch sample.role {
        case .total:
            if value != nil { return try again(reader) }
            value = sample.number.value
            exemplar = sample.exemplar
        case .created:
            if created != nil { return try again(reader) }
            created = sample.number.value
        case .sum:
            if sum != nil { return try again(reader) }
            sum = sample.number.value
        case .count:
            if count != nil { return try again(reader) }
            count = try sample.count(reader)
        case .bucket: try take(bucket: sample, reader)
        case .quantile: try take(quantile: sample, reader)
        case .state: states.append(StatePoint(sample.state, isOn: sample.number.value == 1))
        case .value, .info: break
        }
    }

    private func again(_ reader: LineReader) throws(ExpositionError) {
        if timestamp == nil || !reader.dialect.isOpenMetrics { throw reader.repeated() }
    }

    private mutating func take(bucket sample: borrowing ReadSample, _ reader: LineReader) throws(ExpositionError) {
        let (bound, new) = (sample.rank, try sample.count(reader))
        if let last = buckets.last {
            if bound <= last.upperBound {
                if bound == last.upperBound || hasBucket(bound) { return try again(reader) }
                throw reader.error(
                    at: sample.rankColumn, found: "a bucket up to \(bound) after one up to \(last.upperBound)",
                    expected: "buckets by rising bound")
            }
            if new < last.cumulativeCount {
                throw reader.error(
                    at: sample.valueColumn, found: "the count \(new) after \(last.cumulativeCount) in a smaller bucket",
                    expected: "counts that include those of smaller buckets")
            }
        }
        buckets.append(HistogramPoint.Bucket(upperBound: bound, cumulativeCount: new, exemplar: sample.exemplar))
    }

    private func hasBucket(_ bound: Double) -> Bool {
        var (low, high) = (0, buckets.count)
        while low < high {
            let middle = (low + high) / 2
            if buckets[middle].upperBound < bound { low = middle + 1 } else { high = middle }
        }
        return low < buckets.count && buckets[low].upperBound == bound
    }

    private mutating func take(quantile sample: borrowing ReadSample, _ reader: LineReader) throws(ExpositionError) {
        if !reader.dialect.isOpenMetrics, let last = quantiles.last, sample.rank <= last.quantile {
            if sample.rank == last.quantile { throw reader.repeated() }
            throw reader.error(
                at: sample.rankColumn, found: "the quantile \(sample.rank) after \(last.quantile)",
                expected: "quantiles by rising rank")
        }
        quantiles.append(SummaryPoint.Quantile(quantile: sample.rank, value: sample.number.value))
    }
}

// MARK: The whole point

extension PointReader {
    /// The metric, once all its samples were read.
    func snapshot(of type: MetricType, _ dialect: Dialect) throws(ExpositionError) -> MetricSnapshot {
        let point: MetricPoint
        switch type {
        case .counter:
            guard let value else {
                throw problem("a counter without its sample", "a sample \"_total\" for each counter")
            }
            point = .counter(value)
        case .histogram, .gaugeHistogram: point = .histogram(try histogram(type, dialect))
        case .summary: point = .summary(SummaryPoint(quantiles: try sortedQuantiles(), count: count, sum: sum))
        case .stateSet: point = .stateSet(try distinctStates())
        // These have one sample and need no reader of this kind.
        case .gauge, .unknown, .info: point = .info
        }
        return MetricSnapshot(labels: labels, point, created: created, timestamp: timestamp, exemplar: exemplar)
    }

    private func problem(_ found: String, _ expected: String) -> ExpositionError {
        ExpositionError(line: line, column: 1, found: found, expected: expected)
    }

    /// A point has its `+Inf` bucket, whose count is the histogram's (OpenMetrics 1.0.0, "Histogram"; Prometheus, "Text format details").
    private func histogram(_ type: MetricType, _ dialect: Dialect) throws(ExpositionError) -> HistogramPoint {
        guard let last = buckets.last, last.upperBound == .infinity else {
            throw problem("a histogram without the bucket le=\"+Inf\"", "that bucket in each histogram")
        }
        if let count, count != last.cumulativeCount {
            throw problem(
                "a histogram with the count \(count) and \(last.cumulativeCount) in its bucket le=\"+Inf\"",
                "the same number in both")
        }
        if dialect.isOpenMetrics {
            if (count == nil) != (sum == nil) {
                throw problem("a histogram with one of count and sum", "both or neither")
            }
            let reachesBelowZero = buckets[0].upperBound < 0
            if type == .histogram, reachesBelowZero, sum != nil {
                throw problem("a histogram with a sum and a negative bound", "no sum, as it could fall")
            }
            if !reachesBelowZero, let sum, sum < 0 {
                throw problem("a gauge histogram with a negative sum", "a negative bound to go with it")
            }
        }
        return HistogramPoint(buckets: buckets, sum: sum)
    }

    private func sortedQuantiles() throws(ExpositionError) -> [SummaryPoint.Quantile] {
        if zip(quantiles, quantiles.dropFirst()).allSatisfy({ $0.quantile < $1.quantile }) { return quantiles }
        // Of equal ones the first of the page comes first.
        let sorted = quantiles.enumerated().sorted {
            ($0.element.quantile, $0.offset) < ($1.element.quantile, $1.offset)
        }
        var distinct: [SummaryPoint.Quantile] = []
        for (_, quantile) in sorted {
            if quantile.quantile != distinct.last?.quantile {
                distinct.append(quantile)
            } else if timestamp == nil {
                throw problem("a summary with the quantile \(quantile.quantile) twice", "each quantile once")
            }
        }
        return distinct
    }

    private func distinctStates() throws(ExpositionError) -> [StatePoint] {
        // As bytes: two texts that Unicode calls equal are two states.
        var seen: Set<[UInt8]> = []
        var distinct: [StatePoint] = []
        for state in states {
            if seen.insert(Array(state.name.utf8)).inserted {
                distinct.append(state)
            } else if timestamp == nil {
                throw problem("a state set with the state \(MetricName.quoted(state.name)) twice", "each state once")
            }
        }
        return distinct
    }
}

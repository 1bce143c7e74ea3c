extension TextSink {
    mutating func writeHistogram(
        _ labels: Span<UInt8>, _ bounds: HistogramBounds, _ buckets: [UInt64], _ sum: Amount?, _ times: SampleTimes,
        _ extras: HistogramExtras?
    ) {
        shared.share(family.bucket, labels)
        let (text, ends) = (bounds.labelText, bounds.labelEnds)
        let exemplars = family.showsExemplars ? extras?.exemplars ?? [] : []
        let isPlain = times.timestamp.isNaN && exemplars.isEmpty
        var (total, start): (UInt64, Int) = (0, 0)
        for index in buckets.indices {
            total &+= buckets[index]
            let label = text.span.extracting(start..<ends[index])
            if isPlain {
                page.append(line: shared, label, unsigned: total)
            } else {
                page.append(start: shared, label)
                page.append(unsigned: total)
                endLine(times, index < exemplars.count ? exemplars[index] : nil)
            }
            start = ends[index]
        }
        if family.isGaugeHistogram && !isOpenMetrics {
            // They stand behind the last bucket of the family.
            counts.append(line: family.count, labels, .unsigned(total), milliseconds: times.timestamp)
            if let sum { sums.append(line: family.sum, labels, sum, milliseconds: times.timestamp) }
        } else if !isOpenMetrics || showsEnds(sum, mayFall: bounds.values.first.map { $0 < 0 } ?? false) {
            writeEnds(labels, total, sum, times)
        }
        writeCreated(labels, times)
    }

    /// Whether a histogram has count and sum in OpenMetrics.
    ///
    /// A sum is like a counter there, neither negative nor NaN, and a count goes only with a sum (OpenMetrics 1.0.0,
    /// "Histogram"): a parser may refuse the whole page for one that is not, so both are left out then. The sum of a gauge
    /// histogram may be negative where a bucket's bound is.
    private func showsEnds(_ sum: Amount?, mayFall: Bool) -> Bool {
        guard let sum = sum?.double else { return false }
        return family.isGaugeHistogram ? mayFall || !(sum < 0) : !mayFall && sum >= 0
    }

    mutating func writeSummary(
        _ labels: Span<UInt8>, _ quantiles: [SummaryPoint.Quantile], _ count: UInt64?, _ sum: Amount?,
        _ times: SampleTimes
    ) {
        shared.share(family.plain, labels)
        // A quantile of a summary is not negative in OpenMetrics (1.0.0, "Summary").
        for quantile in quantiles where !isOpenMetrics || !(quantile.value < 0) {
            page.append(copying: shared)
            page.append("quantile=\"")
            page.append(canonicalBound: quantile.quantile)
            page.append("\"} ")
            page.append(double: quantile.value)
            endLine(times)
        }
        // Nor is a sum, and without it there is no count.
        if !isOpenMetrics || sum.map({ $0.double >= 0 }) ?? true { writeEnds(labels, count, sum, times) }
        writeCreated(labels, times)
    }

    private mutating func writeEnds(_ labels: Span<UInt8>, _ count: UInt64?, _ sum: Amount?, _ times: SampleTimes) {
        if let count {
            page.append(start: family.count, labels)
            page.append(unsigned: count)
            endLine(times)
        }
        if let sum {
            page.append(start: family.sum, labels)
            page.append(sum)
            endLine(times)
        }
    }
}

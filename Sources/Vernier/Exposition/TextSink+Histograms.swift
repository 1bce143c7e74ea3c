extension TextSink {
    package mutating func histogram(
        _ labels: Span<UInt8>, bounds: HistogramBounds, counts: [UInt64], sum: Amount?, _ times: SampleTimes,
        _ extras: HistogramExtras?
    ) {
        guard family.isPlain, times.timestamp.isNaN, extras == nil else {
            return writeRare(labels, bounds, counts, sum, times, extras)
        }
        shared.share(family.bucket, labels)
        let (text, ends) = (bounds.labelText, bounds.labelEnds)
        var (total, start): (UInt64, Int) = (0, 0)
        for index in counts.indices {
            total &+= counts[index]
            page.append(line: shared, text.span.extracting(start..<ends[index]), unsigned: total)
            start = ends[index]
        }
        guard !isOpenMetrics || showsEnds(bounds, sum) else { return }
        page.append(line: family.count, labels, .unsigned(total))
        if let sum { page.append(line: family.sum, labels, sum) }
    }

    /// Writes a histogram with all that it may have.
    @inline(never)
    private mutating func writeRare(
        _ labels: Span<UInt8>, _ bounds: HistogramBounds, _ counts: [UInt64], _ sum: Amount?, _ times: SampleTimes,
        _ extras: HistogramExtras?
    ) {
        if family.rewritesLabels {
            let text = self.labels.rewritten(labels)
            write(text.span, bounds, counts, sum, times, extras)
            self.labels.takeBack(text)
        } else {
            write(labels, bounds, counts, sum, times, extras)
        }
    }

    private mutating func write(
        _ labels: Span<UInt8>, _ bounds: HistogramBounds, _ counts: [UInt64], _ sum: Amount?, _ times: SampleTimes,
        _ extras: HistogramExtras?
    ) {
        shared.share(family.bucket, labels)
        let total = writeBuckets(bounds, counts, times, family.showsExemplars ? extras?.exemplars ?? [] : [])
        if family.isGaugeHistogram && !isOpenMetrics {
            // They stand behind the last bucket of the family.
            shared.removeAll()
            shared.append(line: family.count, labels, .unsigned(total), milliseconds: times.timestamp)
            gaugeCounts += shared.array
            shared.removeAll()
            if let sum { shared.append(line: family.sum, labels, sum, milliseconds: times.timestamp) }
            gaugeSums += shared.array
        } else if !isOpenMetrics || showsEnds(bounds, sum) {
            writeEnds(labels, total, sum, times)
        }
        writeCreated(labels, times)
    }

    /// Writes the lines of buckets behind what they share, and returns the count of all.
    private mutating func writeBuckets(
        _ bounds: HistogramBounds, _ buckets: [UInt64], _ times: SampleTimes, _ exemplars: [Exemplar?]
    ) -> UInt64 {
        let (text, ends) = (bounds.labelText, bounds.labelEnds)
        var (total, start): (UInt64, Int) = (0, 0)
        for index in buckets.indices {
            total &+= buckets[index]
            page.append(start: shared, text.span.extracting(start..<ends[index]))
            page.append(unsigned: total)
            endLine(times, index < exemplars.count ? exemplars[index] : nil)
            start = ends[index]
        }
        return total
    }

    /// Whether a histogram has count and sum in OpenMetrics.
    ///
    /// A sum is like a counter there, neither negative nor NaN, and a count goes only with a sum (OpenMetrics 1.0.0,
    /// "Histogram"): a parser may refuse the whole page for one that is not, so both are left out then. The sum of a gauge
    /// histogram may be negative where a bucket's bound is.
    private func showsEnds(_ bounds: HistogramBounds, _ sum: Amount?) -> Bool {
        guard let sum = sum?.double else { return false }
        let mayFall = bounds.values.first.map { $0 < 0 } ?? false
        return family.isGaugeHistogram ? mayFall || !(sum < 0) : !mayFall && sum >= 0
    }

    package mutating func summary(
        _ labels: Span<UInt8>, quantiles: [SummaryPoint.Quantile], count: UInt64?, sum: Amount?, _ times: SampleTimes
    ) {
        if family.rewritesLabels {
            let text = self.labels.rewritten(labels)
            write(text.span, quantiles, count, sum, times)
            self.labels.takeBack(text)
        } else {
            write(labels, quantiles, count, sum, times)
        }
    }

    private mutating func write(
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

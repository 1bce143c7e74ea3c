extension ProtobufSink {
    package mutating func histogram(
        _ labels: Span<UInt8>, bounds: HistogramBounds, counts: [UInt64], sum: Amount?, _ times: SampleTimes,
        _ extras: HistogramExtras?
    ) {
        let metric = beginMetric(labels)
        let place = page.open(.metricHistogram)
        var count: UInt64 = 0
        for bucket in counts { count &+= bucket }
        page.append(.histogramCount, varint: count)
        if let sum { page.append(.histogramSum, sum.double) }
        let native = extras?.native.flatMap { $0.isSound(count: count, sum: sum?.double) ? $0 : nil }
        appendBuckets(bounds, counts, extras?.exemplars ?? [], isNative: native != nil)
        if let native { append(native) }
        if type == .histogram { append(.histogramCreated, created: times.created) }
        if let native { append(exemplars: native.exemplars) }
        page.closeLength(at: place)
        endMetric(at: metric, times)
    }

    /// Writes the buckets with bounds of their own, cumulative.
    ///
    /// The last one, `+Inf`, is the count again, and is left out as other libraries leave it out: unless it has an exemplar, or is
    /// all there is of a histogram.
    private mutating func appendBuckets(
        _ bounds: HistogramBounds, _ counts: [UInt64], _ exemplars: [Exemplar?], isNative: Bool
    ) {
        let values = bounds.values
        if exemplars.isEmpty, !values.isEmpty || isNative { return page.append(bounds: values, counts: counts) }
        var total: UInt64 = 0
        for index in values.indices {
            total &+= counts[index]
            append(bucket: total, values[index], exemplars.isEmpty ? nil : exemplars[index])
        }
        guard let last = counts.last else { return }
        let exemplar = exemplars.last ?? nil
        if exemplar != nil || values.isEmpty && !isNative { append(bucket: total &+ last, .infinity, exemplar) }
    }

    @inline(__always)
    private mutating func append(bucket count: UInt64, _ bound: Double, _ exemplar: Exemplar?) {
        let place = page.open(.histogramBucket)
        page.append(.bucketCount, varint: count)
        page.append(.bucketBound, bound)
        if let exemplar { append(.bucketExemplar, exemplar) }
        page.closeLength(at: place)
    }

    private mutating func append(_ native: NativeHistogramPoint) {
        page.append(.histogramSchema, zigzag: Int64(native.schema))
        page.append(.histogramZeroThreshold, native.zeroThreshold)
        page.append(.histogramZeroCount, varint: native.zeroCount)
        append(.histogramNegativeSpan, .histogramNegativeDelta, native.negative)
        append(.histogramPositiveSpan, .histogramPositiveDelta, native.positive)
        // What is empty and has no zero bucket is known for a native histogram by a span of nothing.
        if native.zeroThreshold == 0, native.zeroCount == 0, native.positive.isEmpty, native.negative.isEmpty {
            append(.histogramPositiveSpan, offset: 0, length: 0)
        }
    }

    private mutating func append(_ span: ProtobufTag, _ delta: ProtobufTag, _ buckets: [NativeHistogramPoint.Bucket]) {
        let (spans, deltas) = NativeHistogramPoint.spans(of: buckets)
        for each in spans { append(span, offset: each.offset, length: each.length) }
        for each in deltas { page.append(delta, zigzag: each) }
    }

    private mutating func append(_ tag: ProtobufTag, offset: Int32, length: UInt32) {
        let place = page.open(tag)
        page.append(.spanOffset, zigzag: Int64(offset))
        page.append(.spanLength, varint: UInt64(length))
        page.closeLength(at: place)
    }

    /// Writes the exemplars of native buckets: those with a time, as readers drop the others.
    private mutating func append(exemplars: [Exemplar]) {
        for exemplar in exemplars where exemplar.timestamp != nil {
            // Field 16 has two bytes before its value, and not the one of a tag: 130 as a varint, of which the second byte is 1.
            page.append(0x82)
            append(.histogramExemplarsEnd, exemplar)
        }
    }
}

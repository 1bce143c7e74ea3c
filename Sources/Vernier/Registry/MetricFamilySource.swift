/// A registered family: what the registry asks for metrics.
package protocol MetricFamilySource: AnyObject, Sendable {
    /// What was declared.
    var descriptor: FamilyDescriptor { get }

    /// Hands the family's metrics to a sink, after `begin`.
    ///
    /// - Parameter pause: called now and then without a lock held, so that the sink's content can be handed on.
    /// - Returns: what to confirm when all of it has reached whoever asked; nil when nothing depends on that.
    func write<Sink: SampleSink & ~Copyable>(to sink: inout Sink, pause: (inout Sink) throws -> Void) throws -> Reading?

    /// The cells behind the family, when it has some.
    var store: SeriesStore? { get }
}

/// One reading of a store's series.
package struct Reading {
    let store: SeriesStore
    let number: UInt64

    /// Tells the store that the reading has reached whoever asked for it.
    func confirm() { store.confirm(reading: number) }
}

/// A family whose values are in cells.
final class StoredFamily: MetricFamilySource {
    /// What is particular to the type.
    enum Shape: Sendable {
        case counter
        case upDownCounter
        case gauge
        case histogram
        case summary(quantiles: [Double])
        case stateSet(states: [String], places: [Int: Int])
    }

    let descriptor: FamilyDescriptor
    let series: SeriesStore
    let shape: Shape

    init(_ descriptor: FamilyDescriptor, _ store: SeriesStore, _ shape: Shape) {
        self.descriptor = descriptor
        series = store
        self.shape = shape
    }

    var store: SeriesStore? { series }

    func write<Sink: SampleSink & ~Copyable>(
        to sink: inout Sink, pause: (inout Sink) throws -> Void
    ) throws -> Reading? {
        switch shape {
        case .counter:
            return try series.shared.hasExemplars
                ? writeCountersWithExemplars(to: &sink, pause: pause) : writeCounters(to: &sink, pause: pause)
        case .upDownCounter:
            return try forEach(&sink, pause) { sink, labels, cell, _ in
                let sums = cell.balance()
                sink.gauge(
                    labels, Amount(balance: Int64(bitPattern: sums.integer), floating: sums.floating), SampleTimes())
                return true
            }
        case .gauge:
            return try forEach(&sink, pause) { sink, labels, cell, _ in
                sink.gauge(labels, .floating(cell.value()), SampleTimes())
                return true
            }
        case .histogram: return try writeHistograms(to: &sink, pause: pause)
        case .summary(let quantiles):
            var reading = HistogramReading(buckets: 1)
            return try forEach(&sink, pause) { sink, labels, cell, times in
                reading.clear()
                let isQuiet = cell.read(into: &reading)
                let values = cell.window.quantiles(quantiles)
                sink.summary(
                    labels, quantiles: zip(quantiles, values).map { SummaryPoint.Quantile(quantile: $0, value: $1) },
                    count: reading.buckets[0], sum: reading.total, times)
                return isQuiet
            }
        case .stateSet(let states, let places):
            return try forEach(&sink, pause) { sink, labels, cell, _ in
                let current = Int(exactly: cell.value()).flatMap { places[$0] }
                sink.stateSet(labels, states.enumerated().map { StatePoint($1, isOn: $0 == current) }, SampleTimes())
                return true
            }
        }
    }

    // Functions of their own, so that the loop that most pages spend their time in is compiled without regard to the others; apart,
    // as an exemplar that may be there costs each series some instructions.
    @inline(never)
    private func writeCounters<Sink: SampleSink & ~Copyable>(
        to sink: inout Sink, pause: (inout Sink) throws -> Void
    ) throws -> Reading {
        try forEach(&sink, pause) { sink, labels, cell, times in
            let sums = cell.sums()
            sink.counter(labels, Amount(counted: sums.integer, floating: sums.floating), times, nil)
            return true
        }
    }

    @inline(never)
    private func writeCountersWithExemplars<Sink: SampleSink & ~Copyable>(
        to sink: inout Sink, pause: (inout Sink) throws -> Void
    ) throws -> Reading {
        try forEach(&sink, pause) { sink, labels, cell, times in
            let sums = cell.sums()
            let value = Amount(counted: sums.integer, floating: sums.floating)
            sink.counter(labels, value, times, cell.exemplar(at: 0))
            return true
        }
    }

    @inline(never)
    private func writeHistograms<Sink: SampleSink & ~Copyable>(
        to sink: inout Sink, pause: (inout Sink) throws -> Void
    ) throws -> Reading {
        var reading = HistogramReading(buckets: series.bounds.bucketCount, isNative: series.shared.isNative)
        let (hasExemplars, isNative) = (series.shared.hasExemplars, series.shared.isNative)
        var exemplars: [Exemplar?] = []
        return try forEach(&sink, pause) { sink, labels, cell, times in
            reading.clear()
            // Before the counts: these may be newer, but are not of a time before the one that is shown. The two times are not
            // compared: the clock may have been set back between them.
            let restart = isNative ? NativeCell(cell).restart : 0
            let created = restart == 0 ? times.created : restart
            let isQuiet = cell.read(into: &reading)
            if hasExemplars { cell.readExemplars(into: &exemplars) }
            sink.histogram(
                labels, bounds: series.bounds, counts: reading.buckets, sum: reading.total,
                SampleTimes(created: created), extras(reading.native, exemplars))
            return isQuiet
        }
    }

    /// What a histogram has beside its buckets.
    private func extras(_ native: NativeReading?, _ exemplars: [Exemplar?]) -> HistogramExtras? {
        guard let native else { return exemplars.isEmpty ? nil : HistogramExtras(exemplars: exemplars) }
        let all = exemplars.compactMap { $0 }
        // More than there are classic buckets: those of native buckets alone. In `+Inf` is then what is in any.
        let newest = all.max { ($0.timestamp ?? 0) < ($1.timestamp ?? 0) }
        return HistogramExtras(
            native: native.point(exemplars: all),
            exemplars: exemplars.count > series.bounds.bucketCount ? [newest] : exemplars)
    }

    /// Hands each series to a closure, which returns whether the lock may be kept for the next one: not after it had to wait.
    @inline(__always)
    private func forEach<Sink: SampleSink & ~Copyable>(
        _ sink: inout Sink, _ pause: (inout Sink) throws -> Void,
        _ body: (inout Sink, Span<UInt8>, Cell, SampleTimes) -> Bool
    ) throws -> Reading {
        let number = try series.forEachSeries(
            into: &sink,
            { sink, labels, cell, times in
                body(&sink, labels, cell, times) && !sink.isFull
            }, pause: pause)
        return Reading(store: series, number: number)
    }
}

/// A family whose values a closure reads when it is gathered.
final class FunctionFamily: MetricFamilySource {
    let descriptor: FamilyDescriptor
    private let read: @Sendable () -> [(labels: [String], value: Double)]

    init(_ descriptor: FamilyDescriptor, _ read: @escaping @Sendable () -> [(labels: [String], value: Double)]) {
        self.descriptor = descriptor
        self.read = read
    }

    var store: SeriesStore? { nil }

    func write<Sink: SampleSink & ~Copyable>(
        to sink: inout Sink, pause: (inout Sink) throws -> Void
    ) throws -> Reading? {
        var seen: Set<[UInt8]> = []
        for (values, value) in read() {
            var labels: [UInt8] = []
            LabelText.append(names: descriptor.labelNames, values: values, to: &labels)
            // The first of several values for the same labels counts: a page has each series once.
            guard seen.insert(labels).inserted else { continue }
            if descriptor.type == .counter {
                // A counter is a number from zero up (OpenMetrics 1.0.0, "Counter"). Since when it counts only its owner knows.
                sink.counter(labels.span, .floating(value >= 0 ? value : 0), SampleTimes(), nil)
            } else {
                sink.gauge(labels.span, .floating(value), SampleTimes())
            }
            if sink.isFull { try pause(&sink) }
        }
        return nil
    }
}

/// A family of one metric that only says what is.
final class InfoFamily: MetricFamilySource {
    let descriptor: FamilyDescriptor
    private let labels: [UInt8]

    init(_ descriptor: FamilyDescriptor, _ labels: [LabelPair]) {
        self.descriptor = descriptor
        self.labels = LabelText.rendered(labels)
    }

    var store: SeriesStore? { nil }

    func write<Sink: SampleSink & ~Copyable>(
        to sink: inout Sink, pause: (inout Sink) throws -> Void
    ) throws -> Reading? {
        let labels = labels
        sink.info(labels.span, SampleTimes())
        return nil
    }
}

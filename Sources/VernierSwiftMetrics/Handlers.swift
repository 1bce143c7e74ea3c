#if SwiftMetrics
    import CoreMetrics
    import Vernier

    /// What a metric of swift-metrics is here.
    ///
    /// A number of its own for each, that differs from zero and from what marks an entry as taken away.
    enum Kind: UInt8, Sendable, Hashable {
        /// Counter and floating-point counter.
        case counter = 1
        /// Meter, gauge, and recorder that does not aggregate.
        case gauge = 2
        /// Recorder that aggregates.
        case histogram = 3
        case timer = 4
    }

    /// What the factory gives out: where it came from, to be destroyed by.
    protocol ReportedMetric: AnyObject, Sendable {
        var origin: Origin { get }
    }

    /// Where a handler came from.
    struct Origin: Sendable {
        let family: ObjectIdentifier
        /// What finds its series; nil for the one that takes what comes beyond the limit, and for one of all that is refused.
        let key: SeriesKey?
    }

    /// A counter, of whole amounts and others.
    final class ReportedCounter: ReportedMetric, CounterHandler, FloatingPointCounterHandler {
        let origin: Origin
        private let counter: Vernier.Counter
        private let family: DynamicFamily<Vernier.Counter>

        /// Amounts above this are added to the part of a counter that does not wrap around.
        private static var largestWhole: Int64 { 1 << 40 }

        init(_ origin: Origin, _ counter: Vernier.Counter, _ family: DynamicFamily<Vernier.Counter>) {
            self.origin = origin
            self.counter = counter
            self.family = family
        }

        func increment(by amount: Int64) {
            if amount > Self.largestWhole { return counter.increment(by: Double(amount)) }
            counter.increment(by: Int(truncatingIfNeeded: amount))
        }

        func increment(by amount: Double) { counter.increment(by: amount) }

        func reset() {
            if let key = origin.key { family.reset(counter, key) }
        }
    }

    /// A value that is set, and added to.
    final class ReportedGauge: ReportedMetric, MeterHandler, RecorderHandler {
        let origin: Origin
        private let gauge: Vernier.Gauge

        init(_ origin: Origin, _ gauge: Vernier.Gauge) {
            self.origin = origin
            self.gauge = gauge
        }

        func set(_ value: Int64) { gauge.set(Double(value)) }
        func set(_ value: Double) { gauge.set(value) }
        func record(_ value: Int64) { gauge.set(Double(value)) }
        func record(_ value: Double) { gauge.set(value) }

        func increment(by amount: Double) {
            // What is no amount is passed over, as other backends of swift-metrics do.
            if amount > 0, amount.isFinite { gauge.add(amount) }
        }

        func decrement(by amount: Double) {
            if amount > 0, amount.isFinite { gauge.subtract(amount) }
        }
    }

    /// A recorder that aggregates.
    final class ReportedHistogram: ReportedMetric, RecorderHandler {
        let origin: Origin
        private let histogram: Histogram

        init(_ origin: Origin, _ histogram: Histogram) {
            self.origin = origin
            self.histogram = histogram
        }

        func record(_ value: Int64) { histogram.observe(Double(value)) }

        func record(_ value: Double) {
            // One of those would spoil the sum for good.
            guard value.isFinite else { return histogram.reject() }
            histogram.observe(value)
        }
    }

    /// A timer: a histogram in seconds.
    final class ReportedTimer: ReportedMetric, TimerHandler {
        let origin: Origin
        private let histogram: Histogram

        /// Durations above this, of 104 days, are added to the part of a sum that does not wrap around: there they are no whole nanoseconds
        /// in floating numbers either.
        private static var longestWhole: Int64 { 1 << 53 }

        init(_ origin: Origin, _ histogram: Histogram) {
            self.origin = origin
            self.histogram = histogram
        }

        func recordNanoseconds(_ duration: Int64) {
            // swift-metrics makes the largest number of NaN, of infinity and of all that is too long: that is no duration.
            guard duration >= 0, duration < .max else { return histogram.reject() }
            if duration > Self.longestWhole { return histogram.observe(Double(duration) / 1e9) }
            histogram.observe(nanoseconds: UInt64(duration))
        }
    }
#endif

#if SwiftMetrics
    public import CoreMetrics
    public import Vernier

    /// A backend of swift-metrics: what a program and its libraries report through it is on the page of a registry.
    ///
    /// ```swift
    /// MetricsSystem.bootstrap(VernierMetricsFactory())
    /// ```
    ///
    /// A counter is a counter; a meter, a gauge and a recorder that does not aggregate are gauges; a recorder that aggregates is a histogram, and a
    /// timer one in seconds, whose name ends so. Metrics of one label may have different dimensions each; their order says nothing, and of
    /// several of one name the last counts. Names that a page cannot show are repaired, and counted. What cannot stand beside another metric
    /// — a label that is a counter and a gauge, or that a typed metric has — works and is not exposed: said once on standard
    /// error, and counted in `vernier_detached_metrics_total`. Nothing here stops the program.
    ///
    /// Making a metric that was made before is a lookup: no lock, no allocation, no look at its names but to hash them. `destroy()` takes a
    /// metric off the page. A registry should have one factory: those of several show the same series, and one that is destroyed
    /// through the first counts no more through the second.
    public final class VernierMetricsFactory: MetricsFactory {
        private let configuration: Configuration
        private let keys = PairKeys()
        private let table = HandlerTable()
        private let counts: ReportCounts
        private let repair: NameRepair
        private let families = Lock(Families())

        /// What was asked for by name.
        private struct Families {
            /// By what callers say.
            var asked: [Name: ReportedFamily] = [:]
            /// By the name that is shown.
            var shown: [Name: ReportedFamily] = [:]
            /// For `destroy`.
            var all: [ObjectIdentifier: ReportedFamily] = [:]
            /// Those of all that is refused.
            var refusals: [Kind: ReportedFamily] = [:]
        }

        private struct Name: Hashable {
            let kind: Kind
            let text: String
        }

        /// How many bytes a label may have.
        private static var longestName: Int { 1_024 }

        /// Makes a factory.
        ///
        /// - Parameter configuration: how metrics are shown, and in which registry.
        public init(_ configuration: Configuration = Configuration()) {
            self.configuration = configuration
            counts = ReportCounts(configuration.registry)
            repair = NameRepair(configuration, counts)
        }

        /// Makes a factory whose metrics go to a registry.
        public convenience init(registry: Registry) { self.init(Configuration(registry: registry)) }

        // MARK: Making

        /// The counter with these dimensions, in whatever order they are.
        ///
        /// A negative amount is refused and counted in `vernier_rejected_updates_total`; amounts above 2⁴⁰ are added as floating numbers, so that
        /// a few of them do not make the counter wrap around.
        ///
        /// - Complexity: No lock and no allocation for one that was made before.
        public func makeCounter(label: String, dimensions: [(String, String)]) -> any CounterHandler {
            counter(label, dimensions)
        }

        /// The counter with these dimensions: the same as the one of whole amounts.
        ///
        /// - Complexity: As of the others.
        public func makeFloatingPointCounter(
            label: String, dimensions: [(String, String)]
        ) -> any FloatingPointCounterHandler {
            counter(label, dimensions)
        }

        /// The gauge with these dimensions.
        ///
        /// - Complexity: As of the others.
        public func makeMeter(label: String, dimensions: [(String, String)]) -> any MeterHandler {
            gauge(label, dimensions)
        }

        /// The histogram with these dimensions, or the gauge when it does not aggregate.
        ///
        /// - Complexity: As of the others.
        public func makeRecorder(
            label: String, dimensions: [(String, String)], aggregate: Bool
        ) -> any RecorderHandler {
            guard aggregate else { return gauge(label, dimensions) }
            let key = keys.key(of: label, dimensions, domain: UInt64(Kind.histogram.rawValue))
            return found(key, .histogram) ?? made(key, .histogram, label, dimensions) as ReportedHistogram
        }

        /// The histogram with these dimensions whose values are durations, in seconds.
        ///
        /// A negative duration is refused and counted in `vernier_rejected_updates_total`.
        ///
        /// - Complexity: As of the others.
        public func makeTimer(label: String, dimensions: [(String, String)]) -> any TimerHandler {
            let key = keys.key(of: label, dimensions, domain: UInt64(Kind.timer.rawValue))
            return found(key, .timer) ?? made(key, .timer, label, dimensions) as ReportedTimer
        }

        @inline(__always)
        private func counter(_ label: String, _ dimensions: [(String, String)]) -> ReportedCounter {
            let key = keys.key(of: label, dimensions, domain: UInt64(Kind.counter.rawValue))
            return found(key, .counter) ?? made(key, .counter, label, dimensions)
        }

        @inline(__always)
        private func gauge(_ label: String, _ dimensions: [(String, String)]) -> ReportedGauge {
            let key = keys.key(of: label, dimensions, domain: UInt64(Kind.gauge.rawValue))
            return found(key, .gauge) ?? made(key, .gauge, label, dimensions)
        }

        /// The handler that a key leads to.
        @inline(__always)
        private func found<Metric: ReportedMetric>(_ key: PairKey, _ kind: Kind) -> Metric? {
            // SAFETY: under a kind the table has handlers of its class alone; the reference was taken for the caller.
            guard let found = unsafe table.retained(key, kind) else { return nil }
            return unsafe Unmanaged<Metric>.fromOpaque(found).takeRetainedValue()
        }

        /// The handler for what was not asked for before, or not in this way.
        @inline(never)
        private func made<Metric: ReportedMetric>(
            _ key: PairKey, _ kind: Kind, _ label: String, _ dimensions: [(String, String)]
        ) -> Metric {
            let family = family(kind, label)
            let (labels, dependOnOrder) = family.isRefusal ? ([], false) : repair.labels(dimensions, of: family)
            // The key says nothing of an order.
            let metric = family.metric(labels, named: dependOnOrder ? nil : key, in: table)
            // SAFETY: a family's handlers are of the class of its kind.
            return unsafe unsafeDowncast(metric, to: Metric.self)
        }

        // MARK: Families

        private func family(_ kind: Kind, _ label: String) -> ReportedFamily {
            let asked = Name(kind: kind, text: label)
            let (known, count) = families.withLock { ($0.asked[asked], $0.asked.count) }
            if let known { return known }
            if label.utf8.count > Self.longestName { return refusal(kind, .length) }
            if count >= configuration.nameLimit { return refusal(kind, .names) }
            let shown = Name(kind: kind, text: repair.name(label, kind))
            // Outside of the lock, as a clash is told of: two that do it at once get the same series.
            let new = families.withLock { $0.shown[shown] } ?? declared(kind, shown.text, label)
            return families.withLock { families in
                let family = families.shown[shown] ?? new
                families.asked[asked] = family
                families.shown[shown] = family
                families.all[ObjectIdentifier(family)] = family
                return family
            }
        }

        /// The family of all metrics of a kind that are refused.
        private func refusal(_ kind: Kind, _ reason: Refusal) -> ReportedFamily {
            counts.count(reason)
            return families.withLock { families in
                if let family = families.refusals[kind] { return family }
                let hidden = Registry(clashPolicy: .detach)
                let family = ReportedFamily(
                    kind, instruments(kind, "refused", "", .default, hidden), isRefusal: true)
                families.refusals[kind] = family
                return family
            }
        }

        private func declared(_ kind: Kind, _ name: String, _ label: String) -> ReportedFamily {
            let help = configuration.help[label] ?? "\(name), reported through swift-metrics."
            let buckets =
                configuration.buckets[label]
                ?? (kind == .timer ? configuration.timerBuckets : configuration.recorderBuckets)
            let family = ReportedFamily(kind, instruments(kind, name, help, buckets, configuration.registry))
            repair.claimReserved(in: family)
            return family
        }

        private func instruments(
            _ kind: Kind, _ name: String, _ help: String, _ buckets: Buckets, _ registry: Registry
        ) -> ReportedFamily.Instruments {
            let names: DynamicNames = configuration.names == .kept ? .any : .legacy
            let (limit, exemplars) = (configuration.seriesLimit, configuration.exemplars)
            func histograms(_ unit: MetricUnit?) -> DynamicFamily<Histogram> {
                DynamicFamily(
                    histograms: name, unit: unit, help: help, buckets: buckets, native: configuration.native,
                    names: names, limit: limit, exemplars: exemplars, registry: registry)
            }
            switch kind {
            case .counter:
                return .counters(
                    DynamicFamily(
                        counters: name, help: help, names: names, limit: limit, exemplars: exemplars,
                        registry: registry))
            case .gauge:
                return .gauges(
                    DynamicFamily(gauges: name, help: help, names: names, limit: limit, registry: registry))
            case .histogram: return .histograms(histograms(nil))
            case .timer: return .timers(histograms(.seconds))
            }
        }

        // MARK: Destroying

        /// Takes a counter off the page; who still has it counts nothing any more, and who makes it again starts at zero.
        public func destroyCounter(_ handler: any CounterHandler) { destroy(handler) }
        /// Takes a counter off the page.
        public func destroyFloatingPointCounter(_ handler: any FloatingPointCounterHandler) { destroy(handler) }
        /// Takes a gauge off the page.
        public func destroyMeter(_ handler: any MeterHandler) { destroy(handler) }
        /// Takes a recorder off the page.
        public func destroyRecorder(_ handler: any RecorderHandler) { destroy(handler) }
        /// Takes a timer off the page.
        public func destroyTimer(_ handler: any TimerHandler) { destroy(handler) }

        private func destroy(_ handler: Any) {
            guard let metric = handler as? any ReportedMetric else { return }
            families.withLock { $0.all[metric.origin.family] }?.destroy(metric, in: table)
        }

        /// How many names lead to a handler without a lock, how much room there is, and what waits to be let go of; for tests.
        var figures: (count: Int, capacity: Int, waiting: Int) { table.figures }
    }
#endif

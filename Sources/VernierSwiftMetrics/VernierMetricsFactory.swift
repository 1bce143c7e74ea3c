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
    /// Making a metric that was made before is a lookup: no lock, no allocation, no look at its names but to hash them. Lookups that end
    /// elsewhere than at a series of their own take locks and allocate each time: those beyond ``Configuration/seriesLimit`` and
    /// ``Configuration/nameLimit``, those with names that are too long, and those of which the order of dimensions decides. So do those of a series
    /// that is named in more than eight ways in turn.
    ///
    /// `destroy()` takes a metric off the page. Several factories of one registry, of the same configuration, hand out the same metrics; where
    /// theirs differ, what is declared in other words is a clash.
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

        /// Makes a factory.
        ///
        /// - Parameter configuration: how metrics are shown, and in which registry.
        public init(_ configuration: Configuration = Configuration()) {
            self.configuration = configuration
            counts = ReportCounts(configuration.registry)
            repair = NameRepair(configuration, counts)
        }

        deinit {
            for family in families.withLock({ $0.all.values.map(\.self) }) { family.leave(table) }
        }

        /// Makes a factory whose metrics go to a registry.
        public convenience init(registry: Registry) { self.init(Configuration(registry: registry)) }

        // MARK: Making

        /// The counter with these dimensions, in whatever order they are.
        ///
        /// A negative amount is refused and counted in `vernier_rejected_updates_total`; amounts above 2⁴⁰ are added as floating numbers, so that
        /// a few of them do not make the counter wrap around.
        ///
        /// - Complexity: No lock and no allocation for one that was made before: see ``VernierMetricsFactory``.
        public func makeCounter(label: String, dimensions: [(String, String)]) -> any CounterHandler {
            counter(label, dimensions)
        }

        /// The counter with these dimensions: the same as the one of whole amounts.
        ///
        /// - Complexity: No lock and no allocation for one that was made before: see ``VernierMetricsFactory``.
        public func makeFloatingPointCounter(
            label: String, dimensions: [(String, String)]
        ) -> any FloatingPointCounterHandler {
            counter(label, dimensions)
        }

        /// The gauge with these dimensions.
        ///
        /// - Complexity: No lock and no allocation for one that was made before: see ``VernierMetricsFactory``.
        public func makeMeter(label: String, dimensions: [(String, String)]) -> any MeterHandler {
            gauge(label, dimensions)
        }

        /// The histogram with these dimensions, or the gauge when it does not aggregate.
        ///
        /// NaN and infinities are refused by a histogram, whose sum they would spoil for good, and counted in
        /// `vernier_rejected_updates_total`; a gauge shows them.
        ///
        /// - Complexity: No lock and no allocation for one that was made before: see ``VernierMetricsFactory``.
        public func makeRecorder(
            label: String, dimensions: [(String, String)], aggregate: Bool
        ) -> any RecorderHandler {
            guard aggregate else { return gauge(label, dimensions) }
            let key = keys.key(of: label, dimensions, domain: UInt64(Kind.histogram.rawValue))
            return found(key, .histogram) ?? made(key, .histogram, label, dimensions) as ReportedHistogram
        }

        /// The histogram with these dimensions whose values are durations, in seconds.
        ///
        /// A negative duration is refused and counted in `vernier_rejected_updates_total`; and so is `Int64.max`, which swift-metrics makes of
        /// NaN, of infinity and of what is too long. Those of up to 104 days are summed exactly. The unit that a caller prefers to see
        /// (`preferredDisplayUnit`) is passed over: Prometheus counts in seconds.
        ///
        /// - Complexity: No lock and no allocation for one that was made before: see ``VernierMetricsFactory``.
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
            let metric: any ReportedMetric
            if family.isRefusal {
                metric = family.only
            } else if let (labels, dependOnOrder) = repair.labels(dimensions, of: family) {
                // The key says nothing of an order.
                metric = family.metric(labels, named: dependOnOrder ? nil : key, in: table)
            } else {
                metric = family.overflow()
            }
            // SAFETY: a family's handlers are of the class of its kind.
            return unsafe unsafeDowncast(metric, to: Metric.self)
        }

        // MARK: Families

        private func family(_ kind: Kind, _ label: String) -> ReportedFamily {
            // Before anything looks at all of it.
            if label.utf8.count > NameRepair.longestName { return refusal(kind, .length) }
            let asked = Name(kind: kind, text: label)
            let (found, new) = families.withLock { families -> (ReportedFamily?, ReportedFamily.Instruments?) in
                if let known = families.asked[asked] { return (known, nil) }
                if families.asked.count >= configuration.nameLimit { return (nil, nil) }
                let name = repair.name(label)
                let (type, unit): (MetricType, MetricUnit?) =
                    switch kind {
                    case .counter: (.counter, nil)
                    case .gauge: (.gauge, nil)
                    case .histogram: (.histogram, nil)
                    case .timer: (.histogram, .seconds)
                    }
                // What the registry knows it by: labels that become one name have one family.
                let full = FamilyDescriptor.fullName(name, type, unit, prefix: configuration.registry.prefix)
                let shown = Name(kind: kind, text: full)
                if let family = families.shown[shown] {
                    families.asked[asked] = family
                    return (family, nil)
                }
                let new = declared(kind, name, label, full)
                let family = SharedFamilies.family(kind, new)
                family.join()
                repair.claimReserved(in: family)
                families.asked[asked] = family
                families.shown[shown] = family
                families.all[ObjectIdentifier(family)] = family
                return (family, new)
            }
            // Not under the lock, as it writes to standard error.
            new?.reportClash(in: configuration.registry)
            return found ?? refusal(kind, .names)
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

        /// The instruments of a label, under the name that it is declared with and becomes another one.
        private func declared(
            _ kind: Kind, _ name: String, _ label: String, _ shown: String
        ) -> ReportedFamily.Instruments {
            // Of the name that is shown: the same for all labels that become it.
            let help = configuration.help[label] ?? "\(shown), reported through swift-metrics."
            let buckets =
                configuration.buckets[label]
                ?? (kind == .timer ? configuration.timerBuckets : configuration.recorderBuckets)
            return instruments(kind, name, help, buckets, configuration.registry)
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
            families.withLock { $0.all[metric.origin.family] }?.destroy(metric)
        }

        /// How many names lead to a handler without a lock, how much room there is, and what waits to be let go of; for tests.
        var figures: (count: Int, capacity: Int, waiting: Int) { table.figures }
    }
#endif

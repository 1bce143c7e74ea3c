#if SwiftMetrics
    import Vernier

    /// The metrics of one name, and the handlers that were given out for them.
    final class ReportedFamily: Sendable {
        /// The instruments behind it.
        enum Instruments: Sendable {
            case counters(DynamicFamily<Counter>)
            case gauges(DynamicFamily<Gauge>)
            case histograms(DynamicFamily<Histogram>)
            case timers(DynamicFamily<Histogram>)
        }

        /// A handler, and what callers named to get it.
        private struct Known {
            let metric: any ReportedMetric
            var names: [PairKey] = []
        }

        let kind: Kind
        let instruments: Instruments
        /// Whether all its metrics are one, as there are too many names.
        let isRefusal: Bool
        private let known = Lock<[SeriesKey: Known]>([:])

        /// In how many ways a series may be named that are found without a lock.
        private static var nameLimit: Int { 8 }

        init(_ kind: Kind, _ instruments: Instruments, isRefusal: Bool = false) {
            self.kind = kind
            self.instruments = instruments
            self.isRefusal = isRefusal
        }

        /// The handler of the series with these labels, which the name, if there is one, leads to from now on.
        ///
        /// All under one lock: a series that is destroyed at the same time is so before or after.
        func metric(_ labels: [LabelPair], named name: PairKey?, in table: HandlerTable) -> any ReportedMetric {
            let lookup = lookup(labels)
            if let overflow = overflow(lookup) { return overflow }
            return known.withLock { known in
                let (found, make) = series(lookup)
                guard let key = found else { return make() }
                var entry = known[key] ?? Known(metric: make())
                if let name, !isRefusal, entry.names.count < Self.nameLimit, !entry.names.contains(name) {
                    entry.names.append(name)
                    table.insert(name, kind, entry.metric)
                }
                known[key] = entry
                return entry.metric
            }
        }

        /// Takes a handler's series off the page, and its names with it; does nothing for one that was destroyed before.
        func destroy(_ metric: any ReportedMetric, in table: HandlerTable) {
            guard let key = metric.origin.key, !isRefusal else { return }
            known.withLock { known in
                guard let entry = known[key], entry.metric === metric else { return }
                known[key] = nil
                remove(key)
                for name in entry.names { table.remove(name, kind) }
            }
        }

        // MARK: By type

        private func lookup(_ labels: [LabelPair]) -> DynamicLookup {
            switch instruments {
            case .counters(let family): family.lookup(labels)
            case .gauges(let family): family.lookup(labels)
            case .histograms(let family), .timers(let family): family.lookup(labels)
            }
        }

        private func remove(_ key: SeriesKey) {
            switch instruments {
            case .counters(let family): family.remove(key)
            case .gauges(let family): family.remove(key)
            case .histograms(let family), .timers(let family): family.remove(key)
            }
        }

        private func origin(_ key: SeriesKey?) -> Origin { Origin(family: ObjectIdentifier(self), key: key) }

        /// A handler of the series beyond the limit, when the lookup ends there.
        private func overflow(_ lookup: DynamicLookup) -> (any ReportedMetric)? {
            switch instruments {
            case .counters(let family):
                family.overflow(lookup).map { ReportedCounter(origin(nil), $0, family) }
            case .gauges(let family): family.overflow(lookup).map { ReportedGauge(origin(nil), $0) }
            case .histograms(let family): family.overflow(lookup).map { ReportedHistogram(origin(nil), $0) }
            case .timers(let family): family.overflow(lookup).map { ReportedTimer(origin(nil), $0) }
            }
        }

        /// The series, made if need be, and what makes its handler.
        private func series(_ lookup: DynamicLookup) -> (SeriesKey?, () -> any ReportedMetric) {
            switch instruments {
            case .counters(let family):
                let series = family.series(lookup)
                return (series.key, { ReportedCounter(self.origin(series.key), series.instrument, family) })
            case .gauges(let family):
                let series = family.series(lookup)
                return (series.key, { ReportedGauge(self.origin(series.key), series.instrument) })
            case .histograms(let family):
                let series = family.series(lookup)
                return (series.key, { ReportedHistogram(self.origin(series.key), series.instrument) })
            case .timers(let family):
                let series = family.series(lookup)
                return (series.key, { ReportedTimer(self.origin(series.key), series.instrument) })
            }
        }

        /// The name that stands for a label's name, where names may be any.
        func claim(label name: String) -> String? {
            switch instruments {
            case .counters(let family): family.claim(label: name)
            case .gauges(let family): family.claim(label: name)
            case .histograms(let family), .timers(let family): family.claim(label: name)
            }
        }
    }
#endif

#if SwiftMetrics
    import Synchronization
    import Vernier

    /// The metrics of one name, and the handlers that were given out for them by all factories of a registry.
    final class ReportedFamily: Sendable {
        /// What callers of a factory named, under which its table has a handler.
        private struct Name {
            let key: PairKey
            let table: HandlerTable
        }

        /// A handler, and what callers named to get it, the oldest first.
        private struct Known {
            let metric: any ReportedMetric
            var names: [Name] = []
        }

        /// A handler at which many lookups end.
        private final class Common: Sendable {
            let metric: any ReportedMetric
            init(_ metric: any ReportedMetric) { self.metric = metric }
        }

        let kind: Kind
        let instruments: Instruments
        /// Whether all its metrics are one, as there are too many names.
        let isRefusal: Bool
        private let known = Lock<[SeriesKey: Known]>([:])
        /// How many times factories took it that have it still.
        private let factories = Lock(0)
        /// The handler of the series beyond the limit, or the only one of all that is refused; made when it is first asked for.
        private let common = AtomicLazyReference<Common>()

        /// In how many ways a series may be named that are found without a lock: the newest ones.
        private static var nameLimit: Int { 8 }

        init(_ kind: Kind, _ instruments: Instruments, isRefusal: Bool = false) {
            self.kind = kind
            self.instruments = instruments
            self.isRefusal = isRefusal
        }

        deinit {
            if !isRefusal { SharedFamilies.remove(kind, instruments, ObjectIdentifier(self)) }
        }

        // MARK: Finding

        /// The handler of the series with these labels, which the name, if there is one, leads to from now on.
        ///
        /// All under one lock: a series that is destroyed at the same time is so before or after.
        func metric(_ labels: [LabelPair], named name: PairKey?, in table: HandlerTable) -> any ReportedMetric {
            let lookup = instruments.lookup(labels)
            if let overflow = instruments.overflow(lookup) { return common(overflow) }
            return known.withLock { known in
                let (member, found) = instruments.series(lookup)
                guard let key = found else { return common(member) }
                var entry = known[key] ?? Known(metric: handler(member, key))
                if let name { note(name, table, in: &entry) }
                known[key] = entry
                return entry.metric
            }
        }

        private func note(_ key: PairKey, _ table: HandlerTable, in entry: inout Known) {
            if entry.names.contains(where: { $0.key == key && $0.table === table }) { return }
            if entry.names.count >= Self.nameLimit {
                let oldest = entry.names.removeFirst()
                oldest.table.remove(oldest.key, kind)
            }
            entry.names.append(Name(key: key, table: table))
            table.insert(key, kind, entry.metric)
        }

        /// The handler of the series beyond the limit, for labels that no series can have.
        ///
        /// - Complexity: Takes the lock of the family's series.
        func overflow() -> any ReportedMetric {
            // Each time, as it counts the lookup.
            let member = instruments.overflow()
            return common(member)
        }

        /// The only handler of a family of all that is refused.
        ///
        /// - Complexity: No lock, no allocation but for the first time.
        var only: any ReportedMetric { common(instruments.series(instruments.lookup([])).member) }

        private func common(_ member: @autoclosure () -> Member) -> any ReportedMetric {
            if let known = common.load() { return known.metric }
            return common.storeIfNil(Common(handler(member(), nil))).metric
        }

        private func handler(_ member: Member, _ key: SeriesKey?) -> any ReportedMetric {
            let origin = Origin(family: ObjectIdentifier(self), key: key)
            return switch member {
            case .counter(let counter, let family): ReportedCounter(origin, counter, family)
            case .gauge(let gauge): ReportedGauge(origin, gauge)
            case .histogram(let histogram): ReportedHistogram(origin, histogram)
            case .timer(let histogram): ReportedTimer(origin, histogram)
            }
        }

        // MARK: Forgetting

        /// Takes a handler's series off the page, and its names with it; does nothing for one that was destroyed before.
        func destroy(_ metric: any ReportedMetric) {
            guard let key = metric.origin.key else { return }
            known.withLock { known in
                guard let entry = known[key], entry.metric === metric else { return }
                known[key] = nil
                instruments.remove(key)
                for name in entry.names { name.table.remove(name.key, kind) }
            }
        }

        /// Notes that one factory more has it.
        func join() {
            factories.withLock { factories in
                // The last one that had it went just now, and left its names.
                if factories == 0 { forget { _ in true } }
                factories += 1
            }
        }

        /// Forgets what leads to its handlers in the table of a factory that goes; with the last one all of it goes.
        ///
        /// - Complexity: Linear in the number of handlers when another factory has the family, and otherwise constant.
        func leave(_ table: HandlerTable) {
            factories.withLock { factories in
                factories -= 1
                if factories > 0 { forget { $0.table === table } }
            }
        }

        private func forget(_ isGone: (Name) -> Bool) {
            known.withLock { known in
                for key in Array(known.keys) { known[key]?.names.removeAll(where: isGone) }
            }
        }
    }
#endif

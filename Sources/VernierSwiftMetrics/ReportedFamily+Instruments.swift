#if SwiftMetrics
    import Vernier

    extension ReportedFamily {
        /// The instruments behind a family, by their type.
        enum Instruments: Sendable {
            case counters(DynamicFamily<Counter>)
            case gauges(DynamicFamily<Gauge>)
            case histograms(DynamicFamily<Histogram>)
            case timers(DynamicFamily<Histogram>)
        }

        /// One of them.
        enum Member {
            case counter(Counter, DynamicFamily<Counter>)
            case gauge(Gauge)
            case histogram(Histogram)
            case timer(Histogram)
        }
    }

    extension ReportedFamily.Instruments {
        /// The same for all that are declared in the same words in one registry.
        var identity: ObjectIdentifier {
            switch self {
            case .counters(let family): family.identity
            case .gauges(let family): family.identity
            case .histograms(let family), .timers(let family): family.identity
            }
        }

        /// Says and counts what stands against them, if anything does.
        func reportClash(in registry: Registry) {
            switch self {
            case .counters(let family): family.reportClash(in: registry)
            case .gauges(let family): family.reportClash(in: registry)
            case .histograms(let family), .timers(let family): family.reportClash(in: registry)
            }
        }

        func lookup(_ labels: [LabelPair]) -> DynamicLookup {
            switch self {
            case .counters(let family): family.lookup(labels)
            case .gauges(let family): family.lookup(labels)
            case .histograms(let family), .timers(let family): family.lookup(labels)
            }
        }

        /// The series beyond the limit, when the lookup ends there.
        func overflow(_ lookup: DynamicLookup) -> ReportedFamily.Member? {
            switch self {
            case .counters(let family): family.overflow(lookup).map { .counter($0, family) }
            case .gauges(let family): family.overflow(lookup).map { .gauge($0) }
            case .histograms(let family): family.overflow(lookup).map { .histogram($0) }
            case .timers(let family): family.overflow(lookup).map { .timer($0) }
            }
        }

        /// The series beyond the limit, for labels that no series can have.
        func overflow() -> ReportedFamily.Member {
            switch self {
            case .counters(let family): .counter(family.overflow(), family)
            case .gauges(let family): .gauge(family.overflow())
            case .histograms(let family): .histogram(family.overflow())
            case .timers(let family): .timer(family.overflow())
            }
        }

        /// The series, made if need be, and what finds it again.
        func series(_ lookup: DynamicLookup) -> (member: ReportedFamily.Member, key: SeriesKey?) {
            switch self {
            case .counters(let family):
                let series = family.series(lookup)
                return (.counter(series.instrument, family), series.key)
            case .gauges(let family):
                let series = family.series(lookup)
                return (.gauge(series.instrument), series.key)
            case .histograms(let family):
                let series = family.series(lookup)
                return (.histogram(series.instrument), series.key)
            case .timers(let family):
                let series = family.series(lookup)
                return (.timer(series.instrument), series.key)
            }
        }

        func remove(_ key: SeriesKey) {
            switch self {
            case .counters(let family): family.remove(key)
            case .gauges(let family): family.remove(key)
            case .histograms(let family), .timers(let family): family.remove(key)
            }
        }

        /// The name that stands for a label's name, where names may be any.
        func claim(label name: String) -> String? {
            switch self {
            case .counters(let family): family.claim(label: name)
            case .gauges(let family): family.claim(label: name)
            case .histograms(let family), .timers(let family): family.claim(label: name)
            }
        }
    }
#endif

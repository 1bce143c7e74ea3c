import Vernier

/// Compares two families of one name.
struct FamilyComparison {
    typealias Entry = ExpositionDifference.Entry
    private let options: ExpositionDifference.Options
    private let name: String
    private(set) var entries: [Entry] = []

    init(_ old: MetricFamilySnapshot, _ new: MetricFamilySnapshot, _ options: ExpositionDifference.Options) {
        self.options = options
        name = old.name
        compare(.type, old.type.rawValue, new.type.rawValue)
        compare(.unit, Text.quoted(old.unit), Text.quoted(new.unit))
        if options.comparesHelp { compare(.help, Text.quoted(old.help), Text.quoted(new.help)) }
        if old.type == .counter, new.type == .counter { compare(.suffix, old.suffix, new.suffix) }
        compareSamples(old, new)
        compareMetrics(old, new)
        compareEmptyMetrics(old, new)
    }

    private mutating func compare(_ kind: Entry.Kind, of sample: SampleID? = nil, _ old: String, _ new: String) {
        if !old.utf8.elementsEqual(new.utf8) {
            entries.append(Entry(kind, name, sample?.description, before: old, after: new))
        }
    }

    /// Samples that stand several times, as they may with timestamps, are compared in their order.
    private mutating func compareSamples(_ old: MetricFamilySnapshot, _ new: MetricFamilySnapshot) {
        let (before, after) = (old.samplesByID, new.samplesByID)
        for id in Set(before.keys).union(after.keys).sorted() {
            let (ones, others) = (before[id] ?? [], after[id] ?? [])
            for (one, other) in zip(ones, others) {
                if !areEqual(one.value, other.value) {
                    compare(.value, of: id, Text.number(one.value), Text.number(other.value))
                }
                if options.comparesExemplars {
                    compare(.exemplar, of: id, text(of: one.exemplar), text(of: other.exemplar))
                }
            }
            for one in ones.dropFirst(others.count) {
                entries.append(Entry(.missingSample, name, id.description, before: Text.number(one.value)))
            }
            for other in others.dropFirst(ones.count) {
                entries.append(Entry(.extraSample, name, id.description, after: Text.number(other.value)))
            }
        }
    }

    /// What belongs to a metric and not to one of its samples.
    private mutating func compareMetrics(_ old: MetricFamilySnapshot, _ new: MetricFamilySnapshot) {
        let (before, after) = (old.metricsByID, new.metricsByID)
        for id in Set(before.keys).intersection(after.keys).sorted() {
            for (one, other) in zip(before[id] ?? [], after[id] ?? []) {
                if options.comparesCreated {
                    compare(.created, of: id, Text.number(orNone: one.created), Text.number(orNone: other.created))
                }
                if options.comparesTimestamps {
                    compare(
                        .timestamp, of: id, Text.number(orNone: one.timestamp),
                        Text.number(orNone: other.timestamp))
                }
                compareNative(one.histogram?.native, other.histogram?.native, id)
            }
        }
    }

    /// Metrics without samples, such as a state set without states, of which one side has more.
    private mutating func compareEmptyMetrics(_ old: MetricFamilySnapshot, _ new: MetricFamilySnapshot) {
        let (before, after) = (old.metricsByID, new.metricsByID)
        for id in Set(before.keys).union(after.keys).sorted() {
            let (ones, others) = (before[id] ?? [], after[id] ?? [])
            let more = old.emptyCount(of: ones) - new.emptyCount(of: others)
            // Where the other side has as many metrics of these labels, what differs are their samples, which were compared.
            for _ in 0..<max(0, min(more, ones.count - others.count)) {
                entries.append(Entry(.missingSample, name, id.description, before: "without samples"))
            }
            for _ in 0..<max(0, min(-more, others.count - ones.count)) {
                entries.append(Entry(.extraSample, name, id.description, after: "without samples"))
            }
        }
    }

    private mutating func compareNative(_ old: NativeHistogramPoint?, _ new: NativeHistogramPoint?, _ id: SampleID) {
        compare(.resolution, of: id, text(of: old), text(of: new))
        if options.comparesExemplars {
            compare(.exemplar, of: id, text(of: old?.exemplars ?? []), text(of: new?.exemplars ?? []))
        }
    }

    private func areEqual(_ one: Double, _ other: Double) -> Bool {
        if Values.same(one, other) { return true }
        let distance = abs(one - other)
        return distance <= options.tolerance
            || distance <= options.relativeTolerance * max(abs(one), abs(other)) && distance.isFinite
    }

    private func text(of exemplar: Exemplar?) -> String {
        var shown = exemplar
        if !options.comparesTimestamps { shown?.timestamp = nil }
        return Text.exemplar(shown)
    }

    private func text(of exemplars: [Exemplar]) -> String {
        exemplars.isEmpty ? "none" : exemplars.map { text(of: $0) }.joined(separator: ", ")
    }

    private func text(of native: NativeHistogramPoint?) -> String {
        guard let native else { return "no native buckets" }
        return "schema \(native.schema), zero up to \(Text.number(native.zeroThreshold))"
    }
}

extension MetricFamilySnapshot {
    fileprivate var suffix: String { omitsTotal ? "no suffix" : "_total" }

    fileprivate var samplesByID: [SampleID: [Sample]] {
        Dictionary(grouping: metrics.flatMap { samples(of: $0) + nativeSamples(of: $0) }, by: \.id)
    }

    /// How many metrics have no samples.
    fileprivate func emptyCount(of metrics: [MetricSnapshot]) -> Int {
        metrics.count { samples(of: $0).isEmpty && nativeSamples(of: $0).isEmpty }
    }

    fileprivate var metricsByID: [SampleID: [MetricSnapshot]] {
        Dictionary(grouping: metrics) { SampleID(name, $0.labels) }
    }
}

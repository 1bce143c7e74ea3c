/// A family that a collector handed over, judged and ready for a sink.
package struct CollectedFamily: Sendable {
    package let descriptor: FamilyDescriptor
    private let metrics: [(labels: [UInt8], metric: MetricSnapshot)]

    /// Why a family was refused.
    struct Problem: Error, CustomStringConvertible {
        let description: String
    }

    /// Takes a snapshot that the formats can show.
    package init(_ snapshot: MetricFamilySnapshot, prefix: String?, constantLabels: [LabelPair]) throws {
        let unit = snapshot.unit.isEmpty ? nil : MetricUnit(stringLiteral: snapshot.unit)
        try self.init(
            snapshot,
            FamilyDescriptor(
                snapshot.name, type: snapshot.type, unit: unit, help: snapshot.help, constantLabels: constantLabels,
                prefix: prefix, omitsTotal: snapshot.omitsTotal), SnapshotRules())
    }

    /// Takes a snapshot that a page of one syntax can show, under its own name.
    init(verbatim snapshot: MetricFamilySnapshot, for syntax: ExpositionFormat.Syntax) throws {
        try self.init(snapshot, FamilyDescriptor(verbatim: snapshot), SnapshotRules(syntax))
    }

    private init(_ snapshot: MetricFamilySnapshot, _ descriptor: FamilyDescriptor, _ rules: SnapshotRules) throws {
        var seen = SeenLabels(rules)
        var names: Set<String> = []
        var metrics: [(labels: [UInt8], metric: MetricSnapshot)] = []
        for metric in snapshot.metrics {
            try descriptor.judge(labels: metric.labels.map(\.name))
            names.formUnion(metric.labels.lazy.map(\.name))
            guard seen.insert(metric) else {
                throw Problem(description: "\(snapshot.name) has the labels \(metric.labels) twice")
            }
            try Self.judge(metric.point, as: snapshot.type, in: snapshot.name, rules)
            try Self.judge(extrasOf: metric, in: snapshot.name, rules)
            metrics.append((LabelText.rendered(metric.labels), metric))
        }
        if snapshot.type == .info, !rules.infoTimesMayMix, Set(snapshot.metrics.map { $0.timestamp == nil }).count > 1 {
            throw Problem(
                description:
                    "\(snapshot.name) has info metrics with a time and without one; all of them have one or none")
        }
        self.descriptor = descriptor.adding(labels: names)
        self.metrics = metrics
    }

    private static func judge(
        _ point: MetricPoint, as type: MetricType, in name: String, _ rules: SnapshotRules
    ) throws {
        switch (point, type) {
        case (.counter(let value), .counter):
            guard value >= 0 || rules.countersMayFall else {
                throw Problem(description: "the counter \(name) is \(value)")
            }
        case (.histogram(let histogram), .histogram), (.histogram(let histogram), .gaugeHistogram):
            let buckets = histogram.buckets
            let rises = zip(buckets, buckets.dropFirst()).allSatisfy {
                $0.upperBound < $1.upperBound && $0.cumulativeCount <= $1.cumulativeCount
            }
            guard rises, buckets.last?.upperBound == .infinity else {
                throw Problem(description: "the buckets of \(name) do not rise to +Inf")
            }
        case (.summary(let summary), .summary):
            let ranks = summary.quantiles.map(\.quantile)
            guard ranks.allSatisfy((0...1).contains), zip(ranks, ranks.dropFirst()).allSatisfy(<) else {
                throw Problem(description: "the quantiles of \(name) do not rise from 0 to 1")
            }
        case (.stateSet(let states), .stateSet):
            guard Set(states.map(\.name)).count == states.count else {
                throw Problem(description: "\(name) has a state twice")
            }
        case (.gauge, .gauge), (.info, .info), (.unknown, .unknown):
            break
        default:
            throw Problem(description: "\(name) is of type \(type.rawValue) and holds \(point)")
        }
    }

    /// Judges times and exemplars; native buckets are judged where they are written.
    private static func judge(extrasOf metric: MetricSnapshot, in name: String, _ rules: SnapshotRules) throws {
        for time in [metric.created, metric.timestamp] {
            if let time, !(time.magnitude <= rules.latestTime) {
                throw Problem(description: "\(name) has the time \(time)")
            }
        }
        if let exemplar = metric.exemplar {
            guard case .counter = metric.point else {
                throw Problem(description: "\(name) has an exemplar, which only counters and buckets have")
            }
            try judge(exemplar, in: name, rules)
        }
        guard case .histogram(let histogram) = metric.point else { return }
        for bucket in histogram.buckets {
            guard let exemplar = bucket.exemplar else { continue }
            try judge(exemplar, in: name, rules)
            if exemplar.value > bucket.upperBound {
                throw Problem(
                    description:
                        "the exemplar \(exemplar.value) of \(name) is not in the bucket up to \(bucket.upperBound)")
            }
        }
        for exemplar in histogram.native?.exemplars ?? [] { try judge(exemplar, in: name, rules) }
    }

    /// The most code points that names and values of an exemplar's labels have together (OpenMetrics 1.0.0, "Exemplars").
    private static let exemplarCodePoints = 128

    private static func judge(_ exemplar: Exemplar, in name: String, _ rules: SnapshotRules) throws {
        // Escaping makes some names longer, and a page in any scheme keeps to the limit.
        let points = exemplar.labels.reduce(0) { sum, label in
            let name = EscapingScheme.forms(ofLabel: label.name).map(\.unicodeScalars.count).max() ?? 0
            return sum + name + label.value.unicodeScalars.count
        }
        guard points <= exemplarCodePoints else {
            throw Problem(
                description:
                    "an exemplar of \(name) has labels of \(points) code points; \(exemplarCodePoints) are allowed")
        }
        var seen: Set<String> = []
        for label in exemplar.labels {
            if let problem = MetricName.problem(inLabel: label.name) { throw Problem(description: problem) }
            guard seen.isDisjoint(with: EscapingScheme.forms(ofLabel: label.name)) else {
                throw Problem(description: "an exemplar of \(name) has the label \(label.name) twice")
            }
            seen.formUnion(EscapingScheme.forms(ofLabel: label.name))
        }
        if let time = exemplar.timestamp, !(time.magnitude <= rules.latestTime) {
            throw Problem(description: "an exemplar of \(name) has the time \(time)")
        }
    }

    /// Hands the family to a sink.
    func write<Sink: SampleSink & ~Copyable>(to sink: inout Sink, pause: (inout Sink) throws -> Void) throws {
        sink.begin(descriptor)
        for metric in metrics {
            Self.write(metric.metric, metric.labels.span, to: &sink)
            if sink.isFull { try pause(&sink) }
        }
    }

    private static func write<Sink: SampleSink & ~Copyable>(
        _ metric: MetricSnapshot, _ labels: Span<UInt8>, to sink: inout Sink
    ) {
        let times = SampleTimes(created: metric.created ?? .nan, timestamp: metric.timestamp ?? .nan)
        switch metric.point {
        case .counter(let value): sink.counter(labels, .floating(value), times, metric.exemplar)
        case .gauge(let value), .unknown(let value): sink.gauge(labels, .floating(value), times)
        case .histogram(let histogram):
            var before: UInt64 = 0
            let counts = histogram.buckets.map { bucket in
                defer { before = bucket.cumulativeCount }
                return bucket.cumulativeCount - before
            }
            let bounds = HistogramBounds(histogram.buckets.dropLast().map(\.upperBound))
            var exemplars = histogram.buckets.map(\.exemplar)
            if exemplars.allSatisfy({ $0 == nil }) { exemplars = [] }
            let extras = HistogramExtras(native: histogram.native, exemplars: exemplars)
            sink.histogram(
                labels, bounds: bounds, counts: counts, sum: histogram.sum.map(Amount.floating), times, extras)
        case .summary(let summary):
            sink.summary(
                labels, quantiles: summary.quantiles, count: summary.count, sum: summary.sum.map(Amount.floating),
                times)
        case .info: sink.info(labels, times)
        case .stateSet(let states): sink.stateSet(labels, states, times)
        }
    }
}

/// The labels of a family's metrics, of which no two may be the same on any page.
private struct SeenLabels {
    /// As bytes: two texts that Unicode calls equal are two label values on the wire.
    private var texts: Set<[UInt8]> = []
    /// The same as each scheme writes them, of metrics with names that are escaped.
    private var escaped: [EscapingScheme: Set<[UInt8]>] = [:]
    private var last: (text: [UInt8], timestamp: Double?)?
    /// Where the times of one metric do not rise, each metric with a time is one of its own.
    private let timesRise: Bool
    private let wholeMilliseconds: Bool

    init(_ rules: SnapshotRules) {
        timesRise = rules.timesRise
        wholeMilliseconds = rules.wholeMilliseconds
    }

    /// Takes a metric's labels; false when an earlier one has them and is not the same metric at an earlier time.
    mutating func insert(_ metric: MetricSnapshot) -> Bool {
        // A label with an empty value is one that is not there (OpenMetrics 1.0.0, "Label").
        let labels = metric.labels.filter { !$0.value.isEmpty }.sorted { $0.name < $1.name }
        var text = LabelText.rendered(labels)
        // Zero is added as it makes zero of a negative one, which is no other time.
        let timestamp = metric.timestamp.map { (wholeMilliseconds ? ($0 * 1000).rounded() : $0) + 0 }
        let time = timesRise ? [] : timestamp.map { Array(" \($0.bitPattern)".utf8) } ?? []
        text += time
        defer { last = (text, timestamp) }
        if let last, last.text == text, let before = last.timestamp, let now = timestamp, before < now { return true }
        guard texts.insert(text).inserted else { return false }
        for scheme in EscapingScheme.allCases where scheme != .allowUTF8 {
            let shown = LabelText.written(labels, scheme).sorted { $0.name < $1.name }
            guard escaped[scheme, default: []].insert(LabelText.rendered(shown) + time).inserted else { return false }
        }
        return true
    }
}

import Vernier

/// Judges the readings of one collector, one after another.
struct CollectorJudge {
    typealias Kind = CollectorReport.Problem.Kind
    private let options: CollectorConformance.Options
    private(set) var report: CollectorReport
    private var readings = 0
    /// Nobody waits twice for a collector that is late.
    private var isHopeless = false
    private var known: [String: MetricFamilySnapshot] = [:]
    private var seen: Set<CollectorReport.Problem> = []

    init(_ collector: String, _ options: CollectorConformance.Options) {
        self.options = options
        report = CollectorReport(collector: collector)
    }

    var wantsMore: Bool { !isHopeless && readings < options.readings }

    mutating func take(_ reading: CollectorReading) {
        readings += 1
        switch reading {
        case .threw(let error): note(.threw, nil, "reading \(readings) threw \(error)")
        case .late(let deadline):
            isHopeless = true
            note(.late, nil, "reading \(readings) took longer than \(deadline): a page would go without its families")
        case .families(let families, let duration):
            report.durations.append(duration)
            report.families = families
            judge(merged(families))
        }
    }

    /// Notes a problem, once however many readings have it.
    private mutating func note(_ kind: Kind, _ family: String?, _ message: String) {
        let problem = CollectorReport.Problem(kind: kind, family: family, message: message)
        if seen.insert(problem).inserted { report.problems.append(problem) }
    }

    // MARK: One reading

    /// Puts the parts of a family together, as a registry does.
    private mutating func merged(_ families: [MetricFamilySnapshot]) -> [MetricFamilySnapshot] {
        var merged: [MetricFamilySnapshot] = []
        var places: [String: Int] = [:]
        for family in families {
            guard let place = places[family.name] else {
                places[family.name] = merged.count
                merged.append(family)
                continue
            }
            for difference in differences(merged[place], family) {
                note(.inconsistent, family.name, "parts of the family differ in \(difference)")
            }
            if merged[place].type == family.type { merged[place].metrics += family.metrics }
        }
        return merged
    }

    private func differences(_ one: MetricFamilySnapshot, _ other: MetricFamilySnapshot) -> [String] {
        var found: [String] = []
        if one.type != other.type { found.append("type: \(one.type.rawValue) and \(other.type.rawValue)") }
        if one.unit != other.unit { found.append("unit: \(Text.quoted(one.unit)) and \(Text.quoted(other.unit))") }
        if one.help != other.help { found.append("help: \(Text.quoted(one.help)) and \(Text.quoted(other.help))") }
        return found
    }

    private mutating func judge(_ families: [MetricFamilySnapshot]) {
        var owners: [String: String] = [:]
        for family in families {
            judgeAsARegistryDoes(family, &owners)
            judgeLabels(of: family)
            if let limit = options.maximumMetrics, family.metrics.count > limit {
                note(.growth, family.name, "\(family.metrics.count) metrics are more than \(limit)")
            }
            if let before = known[family.name] { compare(before, family) }
            known[family.name] = family
        }
        for problem in Lint.problems(in: families, rules: options.rules) {
            note(.lint, problem.family, "\(problem.message) (\(problem.rule))")
        }
    }

    private mutating func judgeAsARegistryDoes(_ family: MetricFamilySnapshot, _ owners: inout [String: String]) {
        do {
            let judged = try CollectedFamily(family, prefix: nil, constantLabels: [])
            for name in judged.descriptor.claimedNames {
                if let owner = owners[name], owner != family.name {
                    note(.clash, family.name, "its name \"\(name)\" is also one of \(owner)")
                }
                owners[name] = family.name
            }
        } catch {
            // The first problem hides the others, so metrics have a say of their own where several are wrong.
            let alone = family.metrics.compactMap { problem(of: $0, in: family) }
            for message in alone.isEmpty ? ["\(error)"] : alone { note(.invalid, family.name, message) }
        }
    }

    private func problem(of metric: MetricSnapshot, in family: MetricFamilySnapshot) -> String? {
        var single = family
        single.metrics = [metric]
        do {
            _ = try CollectedFamily(single, prefix: nil, constantLabels: [])
            return nil
        } catch {
            return "\(error)"
        }
    }

    private mutating func judgeLabels(of family: MetricFamilySnapshot) {
        guard let first = family.metrics.first else { return }
        let wanted = names(first)
        if let other = family.metrics.first(where: { names($0) != wanted }) {
            note(
                .inconsistent, family.name,
                "some metrics have the labels \(words(wanted)), others \(words(names(other))): give all the same")
        }
    }

    // MARK: Two readings

    private mutating func compare(_ before: MetricFamilySnapshot, _ after: MetricFamilySnapshot) {
        for difference in differences(before, after) {
            note(.changed, after.name, "readings differ in \(difference)")
        }
        if let one = before.metrics.first, let other = after.metrics.first, names(one) != names(other) {
            note(.changed, after.name, "readings differ in labels: \(words(names(one))) and \(words(names(other)))")
        }
        var old: [SampleID: MetricSnapshot] = [:]
        for metric in before.metrics { old[SampleID(after.name, metric.labels)] = metric }
        for metric in after.metrics {
            let id = SampleID(after.name, metric.labels)
            if let earlier = old[id] {
                // A metric that was set back has been made anew.
                if earlier.created == metric.created { compare(earlier, metric, in: after) }
            } else if !options.allowsNewMetrics {
                note(.growth, after.name, "\(id.description) was not there in the reading before")
            }
        }
    }

    private mutating func compare(_ before: MetricSnapshot, _ after: MetricSnapshot, in family: MetricFamilySnapshot) {
        switch family.type {
        case .counter, .histogram, .summary: break
        default: return
        }
        var old: [SampleID: Double] = [:]
        for sample in family.samples(of: before) { old[sample.id] = sample.value }
        // A sum falls with a negative observation, a quantile as it likes.
        let mayFall = [family.name, family.name + "_sum"]
        for sample in family.samples(of: after) where family.type == .counter || !mayFall.contains(sample.id.name) {
            guard let earlier = old[sample.id], sample.value < earlier else { continue }
            note(
                .fell, family.name,
                "\(sample.id.description) fell from \(Text.number(earlier)) to \(Text.number(sample.value))")
        }
    }

    private func names(_ metric: MetricSnapshot) -> [String] { metric.labels.map(\.name).sorted() }

    private func words(_ names: [String]) -> String { "(\(names.joined(separator: ", ")))" }
}

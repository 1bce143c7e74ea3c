import Vernier

/// What formats allow and this library does not write: the only reasons for which a page that was read may not be written again.
enum Refusals {
    /// Whether families have such a reason in a format.
    static func have(_ families: [MetricFamilySnapshot], _ format: ExpositionFormat) -> Bool {
        families.contains { family in
            (format.syntax != .openMetrics && family.metrics.contains(where: hasFarTime)) || hasKeptName(family)
        } || families.contains(where: hasEscapedName)
    }

    /// Whether a time has more milliseconds than 64 bits hold.
    private static func hasFarTime(_ metric: MetricSnapshot) -> Bool {
        var times = [metric.created, metric.timestamp, metric.exemplar?.timestamp]
        if case .histogram(let histogram) = metric.point {
            times += histogram.buckets.map(\.exemplar?.timestamp)
        }
        return times.contains { $0.map { !($0.magnitude < 9e15) } ?? false }
    }

    /// Whether a name is kept for the server that scrapes, or cannot be both that of a state set and of its label.
    private static func hasKeptName(_ family: MetricFamilySnapshot) -> Bool {
        let isStateSet = family.type == .stateSet
        return (isStateSet && (family.name.hasPrefix("__") || family.name.contains(":")))
            || labelNames(of: family).contains { $0.hasPrefix("__") }
    }

    /// Whether a name has to be escaped, and may then be that of another.
    private static func hasEscapedName(_ family: MetricFamilySnapshot) -> Bool {
        !isPlain(family.name.replacing(":", with: "_")) || !labelNames(of: family).allSatisfy(isPlain)
    }

    private static func isPlain(_ name: String) -> Bool {
        name.utf8.allSatisfy { 0x30...0x39 ~= $0 || 0x41...0x5A ~= $0 || 0x61...0x7A ~= $0 || $0 == 0x5F }
            && !(name.utf8.first.map { 0x30...0x39 ~= $0 } ?? false)
    }

    private static func labelNames(of family: MetricFamilySnapshot) -> [String] {
        family.metrics.flatMap { metric in
            var exemplars = [metric.exemplar]
            if case .histogram(let histogram) = metric.point { exemplars += histogram.buckets.map(\.exemplar) }
            return (metric.labels + exemplars.flatMap { $0?.labels ?? [] }).map(\.name)
        }
    }
}

/// What a declaration says about a family: the part that two declarations of one family must agree in.
package struct FamilyDescriptor: Sendable, Hashable {
    /// The name with prefix and unit, without suffix.
    package let name: String
    package let type: MetricType
    package let unit: String
    package let help: String
    /// The names of the labels that tell the series apart.
    package let labelNames: [String]
    /// For each of them all its values, when there are only so many.
    package let labelValues: [[String]?]
    /// Labels with one value for all series.
    package let constantLabels: [LabelPair]
    /// What else belongs to the kind: bounds, quantiles, states; for messages.
    package let shape: String

    /// Puts the full name together and judges it with its labels.
    init(
        _ name: String, type: MetricType, unit: MetricUnit?, help: String, labelNames: [String] = [],
        labelValues: [[String]?] = [], constantLabels: [LabelPair] = [], shape: String = "", prefix: String? = nil
    ) throws(RegistrationError) {
        var full = prefix.map { "\($0)_\(name)" } ?? name
        if type == .counter, full.hasSuffix("_total") { full.removeLast(6) }
        if type == .info, full.hasSuffix("_info") { full.removeLast(5) }
        if let unit, !full.hasSuffix("_\(unit.name)") { full += "_\(unit.name)" }
        self.name = full
        self.type = type
        self.unit = unit?.name ?? ""
        self.help = help
        self.labelNames = labelNames
        self.labelValues = labelValues
        self.constantLabels = constantLabels
        self.shape = shape
        try validate()
    }

    private func validate() throws(RegistrationError) {
        if let problem = MetricName.problem(inMetric: name) { throw .invalid(self, problem) }
        if type == .stateSet, let problem = MetricName.problem(inLabel: name) { throw .invalid(self, problem) }
        if !unit.isEmpty, type == .info || type == .stateSet {
            throw .invalid(self, "a metric of type \(type.rawValue) has no unit (OpenMetrics 1.0.0, \"Unit\")")
        }
        var seen: Set<String> = []
        for label in constantLabels.map(\.name) + labelNames {
            if let problem = MetricName.problem(inLabel: label) { throw .invalid(self, problem) }
            guard seen.insert(label).inserted else { throw .invalid(self, "the label name \"\(label)\" stands twice") }
            if reservedLabel == label {
                throw .invalid(self, "the label name \"\(label)\" is reserved in a metric of type \(type.rawValue)")
            }
        }
    }

    /// The label that the type itself writes.
    private var reservedLabel: String? {
        switch type {
        case .histogram, .gaugeHistogram: "le"
        case .summary: "quantile"
        case .stateSet: name
        default: nil
        }
    }

    /// The ends that samples of a type have after the family's name (OpenMetrics 1.0.0, "Suffixes").
    static func suffixes(of type: MetricType) -> [String] {
        switch type {
        case .counter: ["_total", "_created"]
        case .histogram: ["_bucket", "_count", "_sum", "_created"]
        case .gaugeHistogram: ["_bucket", "_gcount", "_gsum"]
        case .summary: ["", "_count", "_sum", "_created"]
        case .info: ["_info"]
        case .gauge, .stateSet, .unknown: [""]
        }
    }

    /// All names that the family takes: its own and those of its samples.
    var claimedNames: [String] {
        [name] + Self.suffixes(of: type).filter { !$0.isEmpty }.map { name + $0 }
    }

    /// Whether a request for some names wants this family.
    func isWanted(in names: Set<String>?) -> Bool {
        guard let names else { return true }
        return claimedNames.contains(where: names.contains)
    }
}

extension FamilyDescriptor: CustomStringConvertible {
    /// The declaration in words, for messages.
    package var description: String {
        var text = "\(type.rawValue) \"\(name)\""
        if !unit.isEmpty { text += " in \(unit)" }
        let labels = labelNames + constantLabels.map { "\($0.name)=\"\($0.value)\"" }
        text += labels.isEmpty ? " without labels" : " with labels (\(labels.joined(separator: ", ")))"
        if !shape.isEmpty { text += " and \(shape)" }
        return text + ", help \"\(help)\""
    }
}

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
    /// Whether the samples of a counter lack the suffix `_total`.
    package let omitsTotal: Bool
    /// Whether every scraper reads the family's name as it is.
    package let hasLegacyName: Bool
    /// Whether every scraper reads the names of all labels as they are.
    package private(set) var hasLegacyLabels: Bool
    /// How the names of labels are that come with each series; nil where all series have the same.
    private(set) var dynamicNames: DynamicNames?
    /// Whether its name, and the labels of each series, come at run time from who reports.
    var isDynamic: Bool { dynamicNames != nil }

    /// Puts the full name together and judges it with its labels.
    init(
        _ name: String, type: MetricType, unit: MetricUnit?, help: String, labelNames: [String] = [],
        labelValues: [[String]?] = [], constantLabels: [LabelPair] = [], shape: String = "", prefix: String? = nil,
        omitsTotal: Bool = false
    ) throws(RegistrationError) {
        let full = Self.fullName(name, type, unit, prefix: prefix, omitsTotal: omitsTotal)
        self.name = full
        self.type = type
        self.unit = unit?.name ?? ""
        self.help = help
        self.labelNames = labelNames
        self.labelValues = labelValues
        self.constantLabels = constantLabels
        self.shape = shape
        self.omitsTotal = omitsTotal && type == .counter
        hasLegacyName = MetricName.isLegacy(metric: full)
        hasLegacyLabels = Self.areLegacy(labelNames, constantLabels)
        try validate()
    }

    /// The name that a family gets: with prefix and unit, without the end that its samples have.
    package static func fullName(
        _ name: String, _ type: MetricType, _ unit: MetricUnit?, prefix: String?, omitsTotal: Bool = false
    ) -> String {
        var full = prefix.map { "\($0)_\(name)" } ?? name
        if type == .counter, !omitsTotal, full.hasSuffix("_total") { full.removeLast(6) }
        if type == .info, full.hasSuffix("_info") { full.removeLast(5) }
        if let unit, !full.hasSuffix("_\(unit.name)") { full += "_\(unit.name)" }
        return full
    }

    /// Takes a family's name and unit as a page or another program had them.
    init(verbatim family: MetricFamilySnapshot) throws(RegistrationError) {
        name = family.name
        type = family.type
        unit = family.unit
        help = family.help
        labelNames = []
        labelValues = []
        constantLabels = []
        shape = ""
        omitsTotal = family.omitsTotal && family.type == .counter
        hasLegacyName = MetricName.isLegacy(metric: family.name)
        hasLegacyLabels = true
        try validate()
        if !unit.isEmpty, !name.hasSuffix("_\(unit)") {
            throw .invalid(self, "its name does not end in \(Self.quoted("_\(unit)")) (OpenMetrics 1.0.0, \"Unit\")")
        }
    }

    /// The same family, some of whose metrics have labels of these names besides.
    func adding(labels names: Set<String>) -> FamilyDescriptor {
        var copy = self
        copy.hasLegacyLabels = hasLegacyLabels && names.allSatisfy(MetricName.isLegacy(label:))
        return copy
    }

    /// The same family, whose metrics have labels with such names besides.
    func adding(dynamic names: DynamicNames) -> FamilyDescriptor {
        var copy = self
        copy.dynamicNames = names
        if names == .any { copy.hasLegacyLabels = false }
        return copy
    }

    private static func areLegacy(_ names: [String], _ constant: [LabelPair]) -> Bool {
        names.allSatisfy(MetricName.isLegacy(label:)) && constant.allSatisfy { MetricName.isLegacy(label: $0.name) }
    }

    private func validate() throws(RegistrationError) {
        if let problem = MetricName.problem(inMetric: name) { throw .invalid(self, problem) }
        if type == .stateSet {
            if let problem = MetricName.problem(inLabel: name) { throw .invalid(self, problem) }
            // The label of a state is the family's name, which both have to be under every escaping scheme.
            if name.utf8.contains(UInt8(ascii: ":")) {
                throw .invalid(self, "the name of a state set is that of a label too, and has no \":\"")
            }
        }
        if !unit.isEmpty {
            if type == .info || type == .stateSet {
                throw .invalid(self, "a metric of type \(type.rawValue) has no unit (OpenMetrics 1.0.0, \"Unit\")")
            }
            // Metadata shows a unit without quotes or escapes.
            if !MetricName.isLegacy(metric: "_\(unit)") {
                throw .invalid(
                    self,
                    "the unit \(MetricName.quoted(unit)) has other characters than a to z, A to Z, 0 to 9, \"_\" and \":\""
                )
            }
        }
        try judge(labels: labelNames)
    }

    /// Judges the names of labels that tell a metric from others, beside those of the constant ones.
    func judge(labels names: [String]) throws(RegistrationError) {
        var seen: Set<String> = []
        var shown: [String: String] = [:]
        for label in constantLabels.map(\.name) + names {
            if let problem = MetricName.problem(inLabel: label) { throw .invalid(self, problem) }
            guard seen.insert(label).inserted else {
                throw .invalid(self, "the label name \(Self.quoted(label)) stands twice")
            }
            if reservedLabel == label {
                throw .invalid(
                    self, "the label name \(Self.quoted(label)) is reserved in a metric of type \(type.rawValue)")
            }
        }
        if let reservedLabel { seen.insert(reservedLabel) }
        if seen.allSatisfy(MetricName.isLegacy(label:)) { return }
        for label in seen.sorted() {
            for form in EscapingScheme.forms(ofLabel: label) {
                guard let other = shown.updateValue(label, forKey: form) else { continue }
                throw .invalid(
                    self,
                    "the label names \(MetricName.quoted(other)) and \(MetricName.quoted(label)) are both \(Self.quoted(form)) where they are escaped"
                )
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

    /// All names that the family takes under any escaping scheme: its own and those of its samples.
    package var claimedNames: [String] {
        let names = claimedNames(in: .openMetrics)
        guard type == .gaugeHistogram else { return names }
        return names + claimedNames(in: .text).filter { !names.contains($0) }
    }

    /// All names that the family takes on pages of one syntax, under any escaping scheme.
    ///
    /// Only OpenMetrics has samples `_created`, and keeps the name without suffix of a counter or info for it: a page in text may have
    /// a gauge of either name besides, as those of Prometheus' library for Python have.
    func claimedNames(in syntax: ExpositionFormat.Syntax) -> [String] {
        if hasLegacyName { return claimedNames(of: name, in: syntax) }
        var names: [String] = []
        for scheme in EscapingScheme.allCases {
            for name in claimedNames(of: writtenName(scheme), in: syntax) where !names.contains(name) {
                names.append(name)
            }
        }
        return names
    }

    private func claimedNames(of name: String, in syntax: ExpositionFormat.Syntax) -> [String] {
        if omitsTotal { return [name] }
        let suffixes = Self.suffixes(of: type).filter { !$0.isEmpty }
        if syntax == .openMetrics { return [name] + suffixes.map { name + $0 } }
        var shown = suffixes.filter { $0 != "_created" }.map { name + $0 }
        // The text formats call it a histogram, and these two are samples of one.
        if type == .gaugeHistogram, syntax != .protobuf { shown += [name + "_count", name + "_sum"] }
        return type == .counter || type == .info ? shown : [name] + shown
    }

    /// What a page in this scheme shows before the suffixes of the family's samples.
    ///
    /// The names of counters and infos are escaped together with `_total` and `_info`, all others without their suffixes: so does
    /// Prometheus' own library, to which those two are part of a family's name.
    package func writtenName(_ scheme: EscapingScheme) -> String {
        if hasLegacyName || scheme == .allowUTF8 { return name }
        let suffix = type == .info ? "_info" : type == .counter && !omitsTotal ? "_total" : ""
        return String(scheme.written(metric: name + suffix).dropLast(suffix.count))
    }

    /// Whether a request for some names wants this family.
    func isWanted(in names: Set<String>?) -> Bool {
        guard let names else { return true }
        return claimedNames.contains(where: names.contains)
    }
}

extension FamilyDescriptor: CustomStringConvertible {
    /// The declaration in words, for messages.
    ///
    /// All of it may come from who reports: whatever it holds, it is one line, of which the reader can tell what is quoted.
    package var description: String {
        var text = "\(type.rawValue) \(Self.quoted(name))"
        if !unit.isEmpty { text += " in \(Self.word(unit))" }
        let names = labelNames.map(Self.word) + constantLabels.map { "\(Self.word($0.name))=\(Self.quoted($0.value))" }
        let labels = [names.isEmpty ? nil : "labels (\(names.joined(separator: ", ")))", dynamicNames?.text]
        let shown = labels.compactMap(\.self).joined(separator: " and ")
        text += shown.isEmpty ? " without labels" : " with \(shown)"
        if !shape.isEmpty { text += " and \(shape)" }
        return text + ", help \(Self.quoted(help))"
    }

    /// Text in quotes: as it is while it is printable ASCII, and otherwise escaped and cut.
    static func quoted(_ text: String) -> String {
        let isPlain = text.utf8.allSatisfy { 0x20...0x7e ~= $0 && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "\\") }
        return isPlain && text.utf8.count <= 1_024 ? "\"\(text)\"" : MetricName.quoted(text)
    }

    /// A name that needs no quotes, or one in them.
    private static func word(_ name: String) -> String {
        MetricName.isLegacy(metric: "_\(name)") && name.utf8.count <= 1_024 ? name : quoted(name)
    }
}

extension EscapingScheme {
    /// The name of a metric as a page in this scheme shows it: a legacy name as it is.
    ///
    /// - Complexity: Linear in the length of the name; allocates for one that is escaped.
    package func written(metric name: String) -> String {
        self == .allowUTF8 || MetricName.isLegacy(metric: name) ? name : escaped(name, .metric)
    }

    /// The name of a label as a page in this scheme shows it: a legacy name as it is.
    ///
    /// - Complexity: Linear in the length of the name; allocates for one that is escaped.
    package func written(label name: String) -> String {
        self == .allowUTF8 || MetricName.isLegacy(label: name) ? name : escaped(name, .label)
    }

    /// All texts that pages show for the name of a label, each once.
    package static func forms(ofLabel name: String) -> Set<String> {
        MetricName.isLegacy(label: name) ? [name] : Set(allCases.map { $0.written(label: name) })
    }

    /// The name with each character escaped that the scheme does not leave (Prometheus, "Escaping schemes").
    ///
    /// The scheme `dots` escapes underscores of legacy names too; pages leave those names alone, as those of Prometheus' own
    /// library do.
    func escaped(_ name: String, _ rule: MetricName.Rule) -> String {
        switch self {
        case .allowUTF8: return name
        case .underscores:
            return replacing(name, rule) {
                $0 == "_" ? "_" : nil
            } other: { _ in
                "_"
            }
        case .dots:
            return replacing(name, rule) {
                $0 == "_" ? "__" : $0 == "." ? "_dot_" : nil
            } other: { _ in
                "__"
            }
        case .values:
            if rule.allows(name) { return name }
            return "U__"
                + replacing(name, rule) {
                    $0 == "_" ? "__" : nil
                } other: {
                    "_\(String($0.value, radix: 16))_"
                }
        }
    }

    /// Replaces some characters in any case and the others where the rule does not allow them.
    private func replacing(
        _ name: String, _ rule: MetricName.Rule, always: (Unicode.Scalar) -> StaticString?,
        other: (Unicode.Scalar) -> String
    ) -> String {
        var result = ""
        var isFirst = true
        for scalar in name.unicodeScalars {
            if let replacement = always(scalar) {
                result += "\(replacement)"
            } else if rule.allows(scalar, first: isFirst) {
                result.unicodeScalars.append(scalar)
            } else {
                result += other(scalar)
            }
            isFirst = false
        }
        return result
    }
}

/// The one validator of metric and label names.
///
/// The characters are those that every scraper reads: `[a-zA-Z_:][a-zA-Z0-9_:]*` for metrics and `[a-zA-Z_][a-zA-Z0-9_]*`
/// for labels (Prometheus, "Data model: Metric names and labels"; OpenMetrics 1.0.0, section "ABNF").
package enum MetricName {
    /// What is wrong with a metric's name, for the person who wrote it, or `nil` when it is right.
    ///
    /// - Complexity: Linear in the length of the name; allocates only for a problem.
    package static func problem(inMetric name: String) -> String? {
        Rule.metric.problem(in: name)
    }

    /// What is wrong with a label's name, for the person who wrote it, or `nil` when it is right.
    ///
    /// Names that start with `__` are kept for the server that scrapes. Whether a type of metric keeps `le` or `quantile`
    /// for itself is not known here.
    ///
    /// - Complexity: Linear in the length of the name; allocates only for a problem.
    package static func problem(inLabel name: String) -> String? {
        Rule.label.problem(in: name)
    }

    /// The name itself where it is right, and otherwise the nearest name that is.
    ///
    /// Every character that is not allowed becomes `_`, and a digit at the start gets a `_` before it.
    package static func repaired(metric name: String) -> String {
        Rule.metric.repaired(name)
    }

    /// The name itself where it is right, and otherwise the nearest name that is.
    ///
    /// Every character that is not allowed becomes `_`, a digit at the start gets a `_` before it, and of several `_` at the
    /// start one stays.
    package static func repaired(label name: String) -> String {
        Rule.label.repaired(name)
    }

    /// Text from elsewhere as it may stand in a message: in quotes, with control and invisible characters escaped, and cut
    /// after 60 characters.
    package static func quoted(_ text: String) -> String {
        var result = "\""
        for (index, scalar) in text.unicodeScalars.prefix(61).enumerated() {
            if index == 60 { return result + "…\"" }
            switch scalar.properties.generalCategory {
            case _ where scalar == "\"" || scalar == "\\": result += "\\" + String(scalar)
            case _ where scalar == " ": result += " "
            case .control, .format, .lineSeparator, .paragraphSeparator, .spaceSeparator, .privateUse, .unassigned,
                .nonspacingMark, .enclosingMark:
                result += scalar.escaped(asASCII: true)
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result + "\""
    }
}

extension MetricName {
    /// What a kind of name is made of.
    private enum Rule {
        case metric, label

        private var kind: String { self == .metric ? "metric" : "label" }

        private var allowed: String {
            self == .metric
                ? "a metric name consists of letters a to z and A to Z, digits, \"_\" and \":\", with no digit first"
                : "a label name consists of letters a to z and A to Z, digits and \"_\", with no digit first"
        }

        private func allows(_ byte: UInt8, first: Bool) -> Bool {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "_"): true
            case UInt8(ascii: "0")...UInt8(ascii: "9"): !first
            case UInt8(ascii: ":"): self == .metric
            default: false
            }
        }

        private func allows(_ scalar: Unicode.Scalar, first: Bool) -> Bool {
            scalar.isASCII && allows(UInt8(truncatingIfNeeded: scalar.value), first: first)
        }

        private func isReserved(_ name: String) -> Bool {
            self == .label && name.utf8.starts(with: "__".utf8)
        }

        private func isRight(_ name: String) -> Bool {
            var isFirst = true
            for byte in name.utf8 {
                guard allows(byte, first: isFirst) else { return false }
                isFirst = false
            }
            return !isFirst && !isReserved(name)
        }

        func problem(in name: String) -> String? {
            if isRight(name) { return nil }
            if name.utf8.isEmpty { return "The \(kind) name is empty; \(allowed)." }
            for (index, scalar) in name.unicodeScalars.enumerated() where !allows(scalar, first: index == 0) {
                let fault = MetricName.quoted(String(scalar))
                return "The \(kind) name \(MetricName.quoted(name)) has \(fault) as character \(index + 1); \(allowed)."
            }
            return
                "The label name \(MetricName.quoted(name)) starts with \"__\", which is kept for the server that scrapes."
        }

        func repaired(_ name: String) -> String {
            if isRight(name) { return name }
            var result = ""
            for scalar in name.unicodeScalars {
                let isFirst = result.utf8.isEmpty
                if allows(scalar, first: false) {
                    if isFirst && !allows(scalar, first: true) { result = "_" }
                    result.unicodeScalars.append(scalar)
                } else {
                    result += "_"
                }
            }
            if self == .label, let start = result.utf8.firstIndex(where: { $0 != UInt8(ascii: "_") }),
                isReserved(result)
            {
                result = "_" + result[start...]
            }
            return result.utf8.isEmpty || isReserved(result) ? "_" : result
        }
    }
}

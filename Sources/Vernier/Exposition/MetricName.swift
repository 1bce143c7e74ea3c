/// The one validator of metric and label names.
///
/// Every name is allowed that has a character (Prometheus, "Data model: Metric names and labels"). Those that every scraper reads
/// are called legacy names here: `[a-zA-Z_:][a-zA-Z0-9_:]*` for metrics and `[a-zA-Z_][a-zA-Z0-9_]*` for labels. The others stand in
/// quotes, and who does not read that gets them as an ``EscapingScheme`` writes them.
package enum MetricName {
    /// What is wrong with a metric's name, for the person who wrote it, or `nil` when it is right.
    ///
    /// - Complexity: Constant.
    package static func problem(inMetric name: String) -> String? {
        name.utf8.isEmpty ? "The metric name is empty; a metric name consists of at least one character." : nil
    }

    /// What is wrong with a label's name, for the person who wrote it, or `nil` when it is right.
    ///
    /// Names that start with `__` are kept for the server that scrapes, and so are those that the scheme `underscores` makes one of
    /// them. The scheme `dots` doubles underscores, so that `_x.y` is `__x_dot_y` there: that is allowed, and only what becomes
    /// `__name__` is not. Whether a type of metric keeps `le` or `quantile` for itself is not known here.
    ///
    /// - Complexity: Linear in the length of the name; allocates only for a name that is not legacy.
    package static func problem(inLabel name: String) -> String? {
        if name.utf8.isEmpty { return "The label name is empty; a label name consists of at least one character." }
        if name.utf8.starts(with: "__".utf8) {
            return "The label name \(quoted(name)) starts with \"__\", which is kept for the server that scrapes."
        }
        if isLegacy(label: name) { return nil }
        let underscored = EscapingScheme.underscores.written(label: name)
        if underscored.utf8.starts(with: "__".utf8) || EscapingScheme.dots.written(label: name) == "__name__" {
            return """
                The label name \(quoted(name)) starts with "__" where scrapers get it escaped, which is kept for the server that scrapes.
                """
        }
        return nil
    }

    /// Whether every scraper reads the name of a metric as it is.
    package static func isLegacy(metric name: String) -> Bool { Rule.metric.allows(name) }

    /// Whether every scraper reads the name of a label as it is.
    package static func isLegacy(label name: String) -> Bool { Rule.label.allows(name) }

    /// The name itself where it is a legacy name, and otherwise the nearest one.
    ///
    /// Every other character becomes `_`, and a digit at the start gets a `_` before it.
    package static func repaired(metric name: String) -> String {
        Rule.metric.repaired(name)
    }

    /// The name itself where it is a legacy name that is right, and otherwise the nearest one.
    ///
    /// Every other character becomes `_`, a digit at the start gets a `_` before it, and of several `_` at the
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
    /// What a kind of legacy name is made of.
    enum Rule {
        case metric, label

        private func allows(_ byte: UInt8, first: Bool) -> Bool {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "_"): true
            case UInt8(ascii: "0")...UInt8(ascii: "9"): !first
            case UInt8(ascii: ":"): self == .metric
            default: false
            }
        }

        func allows(_ scalar: Unicode.Scalar, first: Bool) -> Bool {
            scalar.isASCII && allows(UInt8(truncatingIfNeeded: scalar.value), first: first)
        }

        func allows(_ name: String) -> Bool {
            var isFirst = true
            for byte in name.utf8 {
                guard allows(byte, first: isFirst) else { return false }
                isFirst = false
            }
            return !isFirst
        }

        private func isReserved(_ name: String) -> Bool {
            self == .label && name.utf8.starts(with: "__".utf8)
        }

        func repaired(_ name: String) -> String {
            if allows(name), !isReserved(name) { return name }
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

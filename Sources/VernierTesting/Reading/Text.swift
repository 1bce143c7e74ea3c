import Vernier

/// How values stand in what this module says.
enum Text {
    /// A number as a page shows it.
    static func number(_ value: Double) -> String {
        var text = PageBuffer(minimumCapacity: 32)
        text.append(double: value)
        return String(decoding: text.array, as: UTF8.self)
    }

    /// A bound or a quantile as a page shows it, with `.0` where it is a whole number.
    static func bound(_ value: Double) -> String {
        var text = PageBuffer(minimumCapacity: 32)
        text.append(canonicalBound: value)
        return String(decoding: text.array, as: UTF8.self)
    }

    /// A value or its absence.
    static func number(orNone value: Double?) -> String { value.map(number) ?? "none" }

    /// By how much a value changed, with its sign.
    static func delta(_ value: Double) -> String { (value > 0 ? "+" : "") + number(value) }

    /// Text in quotes, all of it, with what cannot be seen escaped.
    static func quoted(_ text: String) -> String {
        var result = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\\": result += "\\\\"
            case "\"": result += "\\\""
            case "\n": result += "\\n"
            default:
                switch scalar.properties.generalCategory {
                case .control, .format, .lineSeparator, .paragraphSeparator: result += scalar.escaped(asASCII: true)
                default: result.unicodeScalars.append(scalar)
                }
            }
        }
        return result + "\""
    }

    /// An exemplar in words.
    static func exemplar(_ exemplar: Exemplar?) -> String {
        guard let exemplar else { return "none" }
        let labels = exemplar.labels.map { "\($0.name)=\(quoted($0.value))" }.joined(separator: ",")
        return "{\(labels)} \(number(exemplar.value))" + (exemplar.timestamp.map { " at \(number($0))" } ?? "")
    }

    /// A count with its noun: `1 sample`, `2 samples`.
    static func count(_ count: Int, _ noun: String) -> String { "\(count) \(noun)\(count == 1 ? "" : "s")" }
}

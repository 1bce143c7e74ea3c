/// A page put together from lines that octets choose, so that the search does not spend its time on what is malformed.
enum MadePage {
    /// The first octet of an input that chooses lines; other inputs are pages as they stand.
    static let mark: UInt8 = 0x80

    /// The octets of a page: each line takes four octets, for its kind and name and for three parts of it.
    static func octets(_ choices: ArraySlice<UInt8>) -> [UInt8] {
        var text = ""
        var rest = choices
        while rest.count >= 4 {
            let part = Array(rest.prefix(4))
            rest = rest.dropFirst(4)
            let name = chosen(names, part[0] / 8)
            switch part[0] % 8 {
            case 0: text += "# TYPE \(name) \(chosen(types, part[1]))\n"
            case 1: text += "# HELP \(name) \(chosen(helps, part[1]))\n"
            case 2: text += "# UNIT \(name) \(chosen(units, part[1]))\n"
            default:
                text += sample(name, chosen(suffixes, part[1]), chosen(labels, part[2]))
                text += " \(chosen(values, part[3]))\(chosen(tails, part[3] / 16))\n"
            }
        }
        return Array((text + "# EOF\n").utf8)
    }

    private static func sample(_ name: String, _ suffix: String, _ labels: String) -> String {
        guard name.hasPrefix("\"") else { return name + suffix + (labels.isEmpty ? "" : "{\(labels)}") }
        return "{\(name.dropLast())\(suffix)\"\(labels.isEmpty ? "" : ",")\(labels)}"
    }

    private static func chosen(_ parts: [String], _ choice: UInt8) -> String { parts[Int(choice) % parts.count] }

    private static let names = ["a", "a", "a", "b", "a_seconds", "\"a\"", "\"a.b\"", "a_total", "c:d"]

    private static let types = [
        "counter", "gauge", "histogram", "summary", "info", "stateset", "gaugehistogram", "unknown", "untyped",
    ]

    private static let suffixes = [
        "", "_total", "_bucket", "_count", "_sum", "_created", "_info", "_gcount", "_gsum", "_bucket", "_x",
    ]

    private static let labels = [
        "", "le=\"+Inf\"", "le=\"1.0\"", "le=\"2.5\"", "quantile=\"0.5\"", "quantile=\"1.0\"", "a=\"x\"", "b=\"y\"",
        "a=\"on\"", "a=\"off\"", "a=\"x\",le=\"+Inf\"", "a=\"x\",le=\"1.0\"", "le=\"1\"", "\"l.m\"=\"x\"",
        "a=\"\\\"\\\\\\n\"", "le=\"-1.0\"", "b=\"y\",a=\"x\"", "a=\"\"", "quantile=\"NaN\"", "le=\"1e-06\"",
    ]

    private static let values = [
        "0", "1", "2", "2.5", "NaN", "+Inf", "-1", "-Inf", "1e3", "0.1", "-0", "18446744073709551615", "1e300",
        "4.9e-324", "3", "123456789.123456789",
    ]

    private static let tails = [
        "", "", "", "", " 1", " 1.5", " 1000", " # {} 1", " # {trace_id=\"x\"} 0.5", " # {trace_id=\"x\"} 2 1.5",
        " 2 # {a=\"b\"} 1", " -1", " 1e3", "  ", " # {a=\"\"} NaN", " 9007199254740993",
    ]

    private static let helps = ["", "Text.", "A \\\\ and\\n a line", "\\\"quoted\\\"", " blank "]

    private static let units = ["", "seconds", "bytes"]
}

/// A header put together from parts that octets choose, so that the search does not spend its time on what is malformed.
enum MadeHeader {
    /// The first octet of an input that chooses parts; other inputs are headers as they stand.
    static let mark: UInt8 = 0x80

    /// The text of a header: each of at most 32 ranges takes four octets, for its type, two parameters and its quality.
    static func text(_ choices: ArraySlice<UInt8>) -> String {
        var ranges: [String] = []
        var rest = choices
        while rest.count >= 4, ranges.count < 32 {
            let part = Array(rest.prefix(4))
            rest = rest.dropFirst(4)
            ranges.append(
                chosen(types, part[0]) + chosen(parameters, part[1]) + chosen(parameters, part[2])
                    + chosen(qualities, part[3]))
        }
        return ranges.joined(separator: ",")
    }

    private static func chosen(_ parts: [String], _ choice: UInt8) -> String { parts[Int(choice) % parts.count] }

    private static let types = [
        "*/*", "text/*", "application/*", "text/plain", "application/openmetrics-text",
        "application/vnd.google.protobuf", "TEXT/Plain", "application/json", "*/plain", "text/openmetrics-text",
    ]

    private static let parameters = [
        "", ";version=0.0.4", ";version=1.0.0", ";version=0.0.1", ";charset=utf-8", "; charset=\"UTF-8\"",
        ";escaping=allow-utf-8", ";escaping=underscores", " ; escaping=dots", ";escaping=values", ";escaping=none",
        ";proto=io.prometheus.client.MetricFamily", ";encoding=delimited",
        ";proto=io.prometheus.client.MetricFamily;encoding=delimited", ";encoding=text", ";note=\"a,b;q=1\"",
        ";version=\"1\\.0.0\"", ";", ";broken",
    ]

    private static let qualities = [
        "", ";q=0", ";q=0.5", ";q=1", ";q=0.000", ";q=0.001", ";q=0.501", ";q=2", ";q=\"0.5\"", " ;\tQ=0.9", ";q=.3",
        ";q=x", ";q=0.0000000001",
    ]
}

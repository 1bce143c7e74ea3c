import Testing

@testable import Vernier

/// The formats by short names, for tables.
private let text = ExpositionFormat.text
private let openMetrics = ExpositionFormat.openMetrics
private let protobuf = ExpositionFormat.protobuf

@Suite struct NegotiationTests {
    /// What one kind of client sends, and what it gets.
    struct Client: Sendable, CustomTestStringConvertible {
        let name: String
        let accept: String?
        let answer: ExpositionFormat
        let contentType: String
        var testDescription: String { name }

        init(_ name: String, _ accept: String?, _ answer: ExpositionFormat, _ contentType: String) {
            self.name = name
            self.accept = accept
            self.answer = answer
            self.contentType = contentType
        }
    }

    private static let plain = "text/plain; version=0.0.4; charset=utf-8"
    private static let open = "application/openmetrics-text; version=1.0.0; charset=utf-8"
    private static let delimited =
        "application/vnd.google.protobuf; proto=io.prometheus.client.MetricFamily; encoding=delimited"

    static let clients: [Client] = [
        Client(
            "Prometheus 2.40",
            "application/openmetrics-text;version=1.0.0;q=0.75,application/openmetrics-text;q=0.6,text/plain;version=0.0.4;q=0.5,*/*;q=0.1",
            openMetrics, open),
        Client(
            "Prometheus 2.42 to 2.48",
            "application/openmetrics-text;version=1.0.0,application/openmetrics-text;version=0.0.1;q=0.75,text/plain;version=0.0.4;q=0.5,*/*;q=0.1",
            openMetrics, open),
        Client(
            "Prometheus 2.42 to 2.48, native histograms",
            "application/vnd.google.protobuf;proto=io.prometheus.client.MetricFamily;encoding=delimited,application/openmetrics-text;version=1.0.0;q=0.8,application/openmetrics-text;version=0.0.1;q=0.75,text/plain;version=0.0.4;q=0.5,*/*;q=0.1",
            protobuf, delimited),
        Client(
            "Prometheus 2.49.0, whose last quality is wrong",
            "application/openmetrics-text;version=1.0.0;q=0.5,application/openmetrics-text;version=0.0.1;q=0.4,text/plain;version=0.0.4;q=0.3,*/*;q=2",
            openMetrics, open),
        Client(
            "Prometheus 2.50 to 2.55",
            "application/openmetrics-text;version=1.0.0;q=0.5,application/openmetrics-text;version=0.0.1;q=0.4,text/plain;version=0.0.4;q=0.3,*/*;q=0.2",
            openMetrics, open),
        Client(
            "Prometheus 3.0 to 3.2",
            "application/openmetrics-text;version=1.0.0;escaping=allow-utf-8;q=0.6,application/openmetrics-text;version=0.0.1;escaping=allow-utf-8;q=0.5,text/plain;version=1.0.0;escaping=allow-utf-8;escaping=allow-utf-8;q=0.4,text/plain;version=0.0.4;escaping=allow-utf-8;q=0.3,*/*;q=0.2",
            ExpositionFormat(.openMetrics, escaping: .allowUTF8), open + "; escaping=allow-utf-8"),
        Client(
            "Prometheus 3.3",
            "application/openmetrics-text;version=1.0.0;escaping=allow-utf-8;q=0.6,application/openmetrics-text;version=0.0.1;escaping=allow-utf-8;q=0.5,text/plain;version=1.0.0;escaping=allow-utf-8;q=0.4,text/plain;version=0.0.4;escaping=allow-utf-8;q=0.3,*/*;q=0.2",
            ExpositionFormat(.openMetrics, escaping: .allowUTF8), open + "; escaping=allow-utf-8"),
        Client(
            "Prometheus 3.4 to 3.14",
            "application/openmetrics-text;version=1.0.0;escaping=allow-utf-8;q=0.6,application/openmetrics-text;version=0.0.1;q=0.5,text/plain;version=1.0.0;escaping=allow-utf-8;q=0.4,text/plain;version=0.0.4;q=0.3,*/*;q=0.2",
            ExpositionFormat(.openMetrics, escaping: .allowUTF8), open + "; escaping=allow-utf-8"),
        Client(
            "Prometheus 3.4 on, native histograms",
            "application/vnd.google.protobuf;proto=io.prometheus.client.MetricFamily;encoding=delimited;q=0.6,application/openmetrics-text;version=1.0.0;escaping=allow-utf-8;q=0.5,application/openmetrics-text;version=0.0.1;q=0.4,text/plain;version=1.0.0;escaping=allow-utf-8;q=0.3,text/plain;version=0.0.4;q=0.2,*/*;q=0.1",
            protobuf, delimited),
        Client(
            "Prometheus 3 with underscores asked for",
            "application/openmetrics-text;version=1.0.0;escaping=underscores;q=0.6,text/plain;version=1.0.0;escaping=underscores;q=0.4,*/*;q=0.2",
            ExpositionFormat(.openMetrics, escaping: .underscores), open + "; escaping=underscores"),
        Client(
            "Prometheus 3 configured for text 1.0.0 alone",
            "text/plain;version=1.0.0;escaping=allow-utf-8;q=0.6,*/*;q=0.5", .utf8Text,
            "text/plain; version=1.0.0; charset=utf-8; escaping=allow-utf-8"),
        Client(
            "Prometheus 3.0 configured for text 0.0.4 alone",
            "text/plain;version=0.0.4;escaping=allow-utf-8;q=0.6,*/*;q=0.5",
            ExpositionFormat(.text, escaping: .allowUTF8), plain + "; escaping=allow-utf-8"),
        Client("Prometheus 2.49.0 configured for text alone", "text/plain;version=0.0.4;q=0.3,*/*;q=2", text, plain),
        Client(
            "Telegraf",
            "application/vnd.google.protobuf;proto=io.prometheus.client.MetricFamily;encoding=delimited;q=0.7,text/plain;version=0.0.4;q=0.3",
            protobuf, delimited),
        Client("VictoriaMetrics, netdata", "text/plain;version=0.0.4;q=1,*/*;q=0.1", text, plain),
        Client("curl, wget", "*/*", text, plain), Client("no header", nil, text, plain),
        Client("an empty header", "", text, plain),
        Client(
            "Firefox",
            "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8", text, plain),
        Client(
            "Chrome",
            "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,image/apng,*/*;q=0.8,application/signed-exchange;v=b3;q=0.7",
            text, plain),
        Client("Safari", "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", text, plain),
        Client("Java's HttpURLConnection", "text/html, image/gif, image/jpeg, *; q=.2, */*; q=.2", text, plain),
        Client("a client of something else", "application/json", text, plain),
    ]

    @Test(arguments: clients) func `every client gets the best that it can take, and is told what it is`(client: Client)
    {
        let format = ExpositionFormat.negotiated(accept: client.accept)
        #expect(format == client.answer)
        #expect(format.contentType == client.contentType)
    }

    private static let proto = "application/vnd.google.protobuf"
    private static let named = proto + ";proto=io.prometheus.client.MetricFamily"

    private static let protobufRanges: [(String, ExpositionFormat)] = [
        (named + ";encoding=delimited", protobuf),
        (proto + ";encoding=delimited;proto=io.prometheus.client.MetricFamily", protobuf),
        (named + ";encoding=delimited;escaping=values", ExpositionFormat(.protobuf, escaping: .values)),
        (named + ";encoding=text", text), (named + ";encoding=compact-text", text), (named, text),
        (proto + ";encoding=delimited", text), (proto, text), (proto + ";proto=other.Message;encoding=delimited", text),
        ("application/*", openMetrics), ("application/*,application/openmetrics-text;q=0", text),
        ("*/*,text/plain;q=0,application/openmetrics-text;q=0", text),
        (named + ";encoding=delimited;q=0.1,text/plain;q=0.5", text),
        (named + ";encoding=delimited;q=0.5,text/plain;version=1.0.0;q=0.1", protobuf),
        (named + ";encoding=delimited,application/openmetrics-text,text/plain", openMetrics),
        (named + ";encoding=delimited,text/plain;version=1.0.0,text/plain", protobuf),
        (named + ";encoding=delimited;q=0,text/plain;q=0.1", text),
    ]

    @Test(arguments: protobufRanges)
    func `protobuf is for those who name it with message and encoding`(accept: String, expected: ExpositionFormat) {
        #expect(ExpositionFormat.negotiated(accept: accept) == expected)
    }

    private static let textRanges: [(String, ExpositionFormat)] = [
        ("text/plain;version=1.0.0", ExpositionFormat(.utf8Text, escaping: .underscores)),
        ("text/plain;version=1.0.0,text/plain;version=0.0.4", ExpositionFormat(.utf8Text, escaping: .underscores)),
        ("text/plain;version=1.0.0;q=0.3,text/plain;version=0.0.4;q=0.4", text),
        ("text/plain;version=1.0.0;charset=latin1", text), ("text/plain;version=1.0.1", text),
        ("text/plain;escaping=allow-utf-8", ExpositionFormat(.text, escaping: .allowUTF8)),
        ("text/*,text/plain;version=0.0.4;q=0", text),
    ]

    @Test(arguments: textRanges)
    func `text 1.0.0 is for those who name the version`(accept: String, expected: ExpositionFormat) {
        #expect(ExpositionFormat.negotiated(accept: accept) == expected)
    }

    @Test func `of ranges that are alike the scheme counts that leaves most of a name, in any order`() {
        let ranges = ["", ";escaping=values", ";escaping=dots", ";escaping=underscores", ";escaping=allow-utf-8"]
        let schemes: [EscapingScheme?] = [nil, .values, .dots, .underscores, .allowUTF8]
        for (first, one) in ranges.enumerated() {
            for (second, other) in ranges.enumerated() {
                let accept = "application/openmetrics-text\(one),application/openmetrics-text\(other)"
                let expected = ExpositionFormat(.openMetrics, escaping: schemes[max(first, second)])
                #expect(ExpositionFormat.negotiated(accept: accept) == expected)
            }
        }
    }

    private static let schemes: [(String, EscapingScheme?)] = [
        ("escaping=allow-utf-8", EscapingScheme.allowUTF8), ("escaping=underscores", .underscores),
        ("escaping=dots", .dots), ("escaping=values", .values), ("ESCAPING=Allow-UTF-8", .allowUTF8),
        ("escaping=\"dots\"", .dots), ("escaping=dots;escaping=values", .values),
        ("escaping=dots;escaping=dots", .dots), ("escaping=dots;escaping=rot13", .dots), ("escaping=rot13", nil),
        ("escaping=\"\"", nil), ("escapings=dots", nil), ("q=1", nil),
    ]

    @Test(arguments: schemes)
    func `the scheme is that of the range that decides`(parameter: String, scheme: EscapingScheme?) {
        let range = "application/openmetrics-text;version=1.0.0;"
        let expected = ExpositionFormat(.openMetrics, escaping: scheme)
        #expect(ExpositionFormat.negotiated(accept: range + parameter) == expected)
        let others = "text/plain;escaping=values;q=0.1,application/openmetrics-text;escaping=dots;q=0.2,"
        #expect(ExpositionFormat.negotiated(accept: others + range + parameter) == expected)
        #expect(ExpositionFormat.negotiated(accept: range + parameter + "," + others) == expected)
        #expect(
            ExpositionFormat.negotiated(accept: "\(range)\(parameter),*/*;escaping=underscores") == expected)
    }

    @Test(arguments: [
        ("application/openmetrics-text", openMetrics),
        ("application/openmetrics-text;version=1.0.0", openMetrics),
        ("application/openmetrics-text;version=0.0.1", text),
        ("application/openmetrics-text;version=2.0.0", text),
        ("application/openmetrics-text;version=2.0.0,application/openmetrics-text;version=1.0.0;q=0.1", openMetrics),
        ("application/openmetrics-text;version=1.0.0;version=0.0.1", text),
        ("application/openmetrics-text;charset=utf-8", openMetrics),
        ("application/openmetrics-text;charset=UTF-8", openMetrics),
        ("application/openmetrics-text;charset=iso-8859-1", text),
        ("application/openmetrics-text;foo=bar", openMetrics),
        ("APPLICATION/OpenMetrics-Text;VERSION=1.0.0;Q=0.5", openMetrics),
        ("application/openmetrics-text ; version=1.0.0\t;\tq=1 , text/plain", openMetrics),
        ("application/openmetrics-text;version=\"1.0.0\"", openMetrics),
        ("application/openmetrics-text;version=\"1\\.0.\\0\"", openMetrics),
        ("application/openmetrics-text;version=\"1.0.1\"", text),
        ("application/openmetrics-text;note=\"a,b;c\\\"d\";version=1.0.0", openMetrics),
        ("application/openmetrics-text;;version=1.0.0; ;", openMetrics),
        (",, ,application/openmetrics-text,,", openMetrics),
        ("application/openmetrics-textual", text),
        ("application/openmetrics", text),
        ("text/openmetrics-text", text),
    ])
    func `a range is matched by type and parameters`(accept: String, expected: ExpositionFormat) {
        #expect(ExpositionFormat.negotiated(accept: accept) == expected)
    }

    @Test(arguments: [
        ("text/plain,application/openmetrics-text", openMetrics),
        ("text/plain;q=0.8,application/openmetrics-text;q=0.8", openMetrics),
        ("text/plain;q=0.801,application/openmetrics-text;q=0.8", text),
        ("text/plain;q=0.000000001,application/openmetrics-text;q=0.000000002", openMetrics),
        ("text/plain,application/openmetrics-text;q=0.9", text),
        ("text/plain;q=2,application/openmetrics-text;q=1", openMetrics),
        ("text/plain;q=99999999999999999999999999999999,application/openmetrics-text", openMetrics),
        ("application/openmetrics-text,*/*", openMetrics),
        ("application/openmetrics-text;q=0.5,*/*;q=0.9", text),
        ("application/openmetrics-text;q=0.5,*/*;q=0.4", openMetrics),
        ("application/openmetrics-text;q=0.5,text/*;q=0.9", text),
        ("application/openmetrics-text;q=0.5,text/*;q=0.9,text/plain;q=0.1", openMetrics),
        (
            "application/openmetrics-text;q=0.1,application/openmetrics-text;version=1.0.0;q=0.9,text/plain;q=0.5",
            openMetrics
        ),
        ("application/openmetrics-text;version=1.0.0;q=0.1,application/openmetrics-text;q=0.9,text/plain;q=0.5", text),
        ("application/openmetrics-text;q=0.1,application/openmetrics-text;q=0.9,text/plain;q=0.5", openMetrics),
        ("application/openmetrics-text;q=0.9,application/openmetrics-text;q=0.1,text/plain;q=0.5", openMetrics),
    ])
    func `the better quality of the closest range wins, OpenMetrics among equals`(
        accept: String, expected: ExpositionFormat
    ) {
        #expect(ExpositionFormat.negotiated(accept: accept) == expected)
    }

    @Test(arguments: [
        ("*/*", text), ("text/*", text), ("text/*,application/*", text), ("*/*;q=0", text),
        ("text/plain;q=0.1,*/*", text), ("text/plain;q=0.1,application/*", text),
        ("application/*", openMetrics), ("application/*;q=0.1", openMetrics), ("*/*,text/plain;q=0", openMetrics),
        ("*/*,text/*;q=0", openMetrics), ("*/*,application/openmetrics-text;q=0", text),
        ("application/openmetrics-text;q=0", text), ("application/openmetrics-text;q=0.000,text/plain;q=0", text),
        ("application/openmetrics-text;version=1.0.0;q=0,application/openmetrics-text", text),
        ("image/*", text), ("*/plain", text),
    ])
    func `a wildcard stands for text unless text is excluded`(accept: String, expected: ExpositionFormat) {
        #expect(ExpositionFormat.negotiated(accept: accept) == expected)
    }

    @Test(arguments: [
        "/", ";", "=", "\"", "\\", "q=1", "application", "application/", "/openmetrics-text",
        "application//openmetrics-text",
        "application/openmetrics-text/x", "application/openmetrics-text x", "application /openmetrics-text",
        "application/openmetrics-text;q", "application/openmetrics-text;q=", "application/openmetrics-text;q=a",
        "application/openmetrics-text;q=-1", "application/openmetrics-text;q=1e1",
        "application/openmetrics-text;q=0.5.5",
        "application/openmetrics-text;q=.", "application/openmetrics-text;q= 1", "application/openmetrics-text;q =1",
        "application/openmetrics-text;q=1;q=1", "application/openmetrics-text;version",
        "application/openmetrics-text;@",
        "application/openmetrics-text;version=\"1.0.0", "application/openmetrics-text;version=\"1.0.0\\",
        "application/openmetrics-text;version=\"1.0.0\"x", "application/openmetrics-t\u{e9}xt", "\u{1F600}/\u{1F600}",
        "application/openmetrics-text\u{0}", "application/openmetrics-text\r\n",
    ])
    func `a malformed range counts for nothing and spoils no other`(broken: String) {
        #expect(ExpositionFormat.negotiated(accept: broken) == text)
        #expect(ExpositionFormat.negotiated(accept: "application/openmetrics-text," + broken) == openMetrics)
        if !broken.contains("\"") || broken.hasSuffix("x") {
            #expect(ExpositionFormat.negotiated(accept: broken + ",application/openmetrics-text") == openMetrics)
        }
    }

    @Test(arguments: [
        ",", ";", "\"", "\\", "a", "a/b,", "a/b;c=d", "\"\"", "a/b;c=\"d\",", "*/*;q=0.1,", " ", "/", ";q=1", "\",\"",
    ])
    func `a hostile header of a megabyte costs its length`(unit: String) {
        let accept = String(repeating: unit, count: 1_000_000 / unit.utf8.count)
        let clock = ContinuousClock()
        let time = clock.measure { #expect(ExpositionFormat.negotiated(accept: accept) == text) }
        #expect(time < .seconds(10))
    }
}

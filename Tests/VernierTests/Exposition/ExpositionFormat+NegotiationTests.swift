import Testing

@testable import Vernier

/// The formats by short names, for tables.
private let text = ExpositionFormat.text
private let openMetrics = ExpositionFormat.openMetrics

@Suite struct NegotiationTests {
    @Test(arguments: [
        "application/openmetrics-text;version=1.0.0;q=0.75,application/openmetrics-text;q=0.6,text/plain;version=0.0.4;q=0.5,*/*;q=0.1",
        "application/openmetrics-text;version=1.0.0,application/openmetrics-text;version=0.0.1;q=0.75,text/plain;version=0.0.4;q=0.5,*/*;q=0.1",
        "application/vnd.google.protobuf;proto=io.prometheus.client.MetricFamily;encoding=delimited,application/openmetrics-text;version=1.0.0;q=0.8,application/openmetrics-text;version=0.0.1;q=0.75,text/plain;version=0.0.4;q=0.5,*/*;q=0.1",
        "application/openmetrics-text;version=1.0.0;q=0.5,application/openmetrics-text;version=0.0.1;q=0.4,text/plain;version=0.0.4;q=0.3,*/*;q=2",
        "application/openmetrics-text;version=1.0.0;q=0.5,application/openmetrics-text;version=0.0.1;q=0.4,text/plain;version=0.0.4;q=0.3,*/*;q=0.2",
        "application/openmetrics-text;version=1.0.0;escaping=allow-utf-8;q=0.6,application/openmetrics-text;version=0.0.1;escaping=allow-utf-8;q=0.5,text/plain;version=1.0.0;escaping=allow-utf-8;escaping=allow-utf-8;q=0.4,text/plain;version=0.0.4;escaping=allow-utf-8;q=0.3,*/*;q=0.2",
        "application/openmetrics-text;version=1.0.0;escaping=allow-utf-8;q=0.6,application/openmetrics-text;version=0.0.1;q=0.5,text/plain;version=1.0.0;escaping=allow-utf-8;q=0.4,text/plain;version=0.0.4;q=0.3,*/*;q=0.2",
        "application/vnd.google.protobuf;proto=io.prometheus.client.MetricFamily;encoding=delimited;q=0.6,application/openmetrics-text;version=1.0.0;escaping=allow-utf-8;q=0.5,application/openmetrics-text;version=0.0.1;q=0.4,text/plain;version=1.0.0;escaping=allow-utf-8;q=0.3,text/plain;version=0.0.4;q=0.2,*/*;q=0.1",
    ])
    func `every Prometheus from 2.40 on gets OpenMetrics`(accept: String) {
        #expect(ExpositionFormat.negotiated(accept: accept) == openMetrics)
    }

    @Test(arguments: [
        nil,
        "",
        // curl, wget
        "*/*",
        // VictoriaMetrics, netdata
        "text/plain;version=0.0.4;q=1,*/*;q=0.1",
        // Telegraf
        "application/vnd.google.protobuf;proto=io.prometheus.client.MetricFamily;encoding=delimited;q=0.7,text/plain;version=0.0.4;q=0.3",
        // Prometheus 2.49.0 configured for text alone
        "text/plain;version=0.0.4;q=0.3,*/*;q=2",
        // Prometheus 3 configured for text 1.0.0 alone
        "text/plain;version=1.0.0;escaping=allow-utf-8;q=0.6,*/*;q=0.5",
        // Browsers
        "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8",
        "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,image/apng,*/*;q=0.8,application/signed-exchange;v=b3;q=0.7",
        "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
        // Java's HttpURLConnection
        "text/html, image/gif, image/jpeg, *; q=.2, */*; q=.2",
        "application/json",
    ])
    func `other clients get text`(accept: String?) {
        #expect(ExpositionFormat.negotiated(accept: accept) == text)
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
        ("application/openmetrics-text;escaping=dots;foo=bar", openMetrics),
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

    /// The formats that a later version speaks, with the two of today standing in for them.
    private static let later = [
        MediaOffer(
            format: .openMetrics, type: "application", subtype: "vnd.google.protobuf",
            rules: [
                .init(name: "proto", values: ["io.prometheus.client.metricfamily"], isRequired: true),
                .init(name: "encoding", values: ["delimited"], isRequired: true),
            ]),
        MediaOffer(
            format: .text, type: "text", subtype: "plain",
            rules: [
                .init(name: "version", values: ["1.0.0"], isRequired: true),
                .init(name: "escaping", values: ["allow-utf-8", "underscores"]),
            ]),
    ]

    @Test(arguments: [
        ("application/vnd.google.protobuf;proto=io.prometheus.client.MetricFamily;encoding=delimited", openMetrics),
        ("application/vnd.google.protobuf;encoding=delimited;proto=io.prometheus.client.MetricFamily", openMetrics),
        ("application/vnd.google.protobuf;proto=io.prometheus.client.MetricFamily;encoding=text", text),
        ("application/vnd.google.protobuf;encoding=delimited", text),
        ("application/vnd.google.protobuf", text),
        ("application/*", openMetrics),
        (
            "application/vnd.google.protobuf;proto=io.prometheus.client.MetricFamily;encoding=delimited;q=0.1,text/plain;q=0.5",
            openMetrics
        ),
        (
            "application/vnd.google.protobuf;proto=io.prometheus.client.MetricFamily;encoding=delimited;q=0.1,text/plain;version=1.0.0;q=0.5",
            text
        ),
    ])
    func `a row of the table can ask for parameters`(accept: String, expected: ExpositionFormat) {
        #expect(MediaOffer.best(for: accept, of: NegotiationTests.later, fallback: .text) == expected)
    }
}

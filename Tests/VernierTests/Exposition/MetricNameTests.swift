import Testing

@testable import Vernier

@Suite struct MetricNameTests {
    @Test(arguments: [
        "a", "Z", "_", "http_requests", "HTTP2", "a0", "_0", "__internal", "go_gc_duration_seconds", "zZ9_",
        "abcdefghijklmnopqrstuvwxyz_ABCDEFGHIJKLMNOPQRSTUVWXYZ_0123456789", "le",
    ])
    func `legal names have no problem and need no repair`(name: String) {
        #expect(MetricName.problem(inMetric: name) == nil)
        #expect(MetricName.repaired(metric: name) == name)
        if name != "__internal" {
            #expect(MetricName.problem(inLabel: name) == nil)
            #expect(MetricName.repaired(label: name) == name)
        }
    }

    @Test(arguments: [":", "a:b", "job:requests:rate5m", ":a"]) func `a colon is for metrics alone`(name: String) {
        #expect(MetricName.isLegacy(metric: name))
        #expect(!MetricName.isLegacy(label: name))
        #expect(MetricName.problem(inMetric: name) == nil)
        #expect(MetricName.problem(inLabel: name) == nil)
    }

    @Test(arguments: [
        ("5xx", "_5xx"), ("0", "_0"), ("http requests", "http_requests"),
        ("http.requests-total", "http_requests_total"), ("a\nb", "a_b"), ("a\u{0}", "a_"), ("\u{1B}[31m", "__31m"),
        ("a\"b\\", "a_b_"), ("größe", "gr__e"), ("e\u{301}", "e_"), ("\u{202E}abc", "_abc"), ("a\u{A0}b", "a_b"),
        ("💡", "_"), ("a@", "a_"), ("a[", "a_"), ("a`", "a_"), ("a{", "a_"), ("a/", "a_"), ("a;", "a_"), ("٣", "_"),
        (".", "_"), (" ", "_"), ("#", "_"), ("\u{7F}", "_"), ("\u{10FFFF}", "_"),
    ])
    func `any characters make a metric's name, and have a legacy name next to them`(name: String, repaired: String) {
        #expect(MetricName.problem(inMetric: name) == nil)
        #expect(!MetricName.isLegacy(metric: name))
        #expect(MetricName.repaired(metric: name) == repaired)
    }

    @Test func `an empty name is none`() {
        #expect(MetricName.problem(inMetric: "")?.hasPrefix("The metric name is empty; ") == true)
        #expect(MetricName.problem(inLabel: "")?.hasPrefix("The label name is empty; ") == true)
        #expect(!MetricName.isLegacy(metric: ""))
        #expect(!MetricName.isLegacy(label: ""))
        #expect(MetricName.repaired(metric: "") == "_")
        #expect(MetricName.repaired(label: "") == "_")
    }

    @Test(arguments: [
        ("9lives", "_9lives"), ("a:b", "a_b"), ("..a", "_a"), ("http.method", "http_method"), ("--", "_"),
        ("::a", "_a"), ("_.", "_"), ("größe", "gr__e"), ("__name__", "_name__"), ("__", "_"), ("____1", "_1"),
        ("-name-", "_name_"), ("a name", "a_name"),
    ])
    func `a label's name has a legacy name next to it`(name: String, repaired: String) {
        #expect(MetricName.repaired(label: name) == repaired)
        #expect(MetricName.isLegacy(label: repaired))
        #expect(MetricName.problem(inLabel: repaired) == nil)
    }

    @Test(arguments: [
        ("__name__", "The label name \"__name__\" starts with \"__\", which is kept for the server"),
        ("__", "starts with \"__\", which"), ("____1", "starts with \"__\", which"),
        ("__ä", "starts with \"__\", which"), ("..a", "starts with \"__\" where scrapers get it escaped"),
        ("_.", "where scrapers get it escaped"), ("--", "where scrapers get it escaped"),
        ("::a", "where scrapers get it escaped"), ("1-", "where scrapers get it escaped"),
        ("-name-", "where scrapers get it escaped"),
    ])
    func `two underscores begin no label's name, however it is written`(name: String, problem: String) {
        let text = MetricName.problem(inLabel: name)
        #expect(text?.contains(problem) == true, "\(text ?? "no problem")")
        #expect(text?.hasSuffix("kept for the server that scrapes.") == true)
    }

    @Test(arguments: ["9lives", "http.method", "a:b", "größe", "a name", "-x", "a\n", "💡", "_name_", "-name_x", "_x.y"])
    func `any other characters make a label's name`(name: String) {
        #expect(MetricName.problem(inLabel: name) == nil)
        #expect(MetricName.isLegacy(label: name) == (name == "_name_"))
    }

    @Test func `a label that only the scheme of dots gives two underscores is allowed`() {
        #expect(EscapingScheme.dots.written(label: "_x.y") == "__x_dot_y")
        #expect(MetricName.problem(inLabel: "_x.y") == nil)
    }

    @Test func `a repaired name is legal, whatever it was`() {
        var random = SplitMix(seed: 3)
        let pieces: [String] = ["a", "Z", "_", "_", ":", "1", "9", " ", ".", "é", "\u{0}", "💡", "\u{301}", "-"]
        for _ in 0..<5000 {
            var name = ""
            for _ in 0..<(random.next() % 6) { name += pieces[Int(random.next() % UInt64(pieces.count))] }
            let metric = MetricName.repaired(metric: name)
            let label = MetricName.repaired(label: name)
            #expect(MetricName.problem(inMetric: metric) == nil, "\(name) repaired to \(metric)")
            #expect(MetricName.problem(inLabel: label) == nil, "\(name) repaired to \(label)")
            #expect(MetricName.isLegacy(metric: metric), "\(name) repaired to \(metric)")
            #expect(MetricName.isLegacy(label: label), "\(name) repaired to \(label)")
        }
    }

    @Test(arguments: [
        (String(repeating: "a", count: 60), "\"" + String(repeating: "a", count: 60) + "\""),
        (String(repeating: "a", count: 61), "\"" + String(repeating: "a", count: 60) + "…\""),
        (String(repeating: "\n", count: 100), "\"" + String(repeating: "\\n", count: 60) + "…\""),
        ("", "\"\""), ("a b", "\"a b\""), ("tab\t", "\"tab\\t\""), ("\u{7F}\u{85}", "\"\\u{7F}\\u{0085}\""),
    ])
    func `text in a message is cut and escaped`(text: String, expected: String) {
        #expect(MetricName.quoted(text) == expected)
    }

    @Test func `the message for a long name is short`() {
        let problem = MetricName.problem(inLabel: "__" + String(repeating: "a", count: 1_000_000))
        #expect(problem?.contains("\"__aaa") == true)
        #expect((problem?.count ?? 0) < 300)
    }
}

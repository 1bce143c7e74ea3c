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
        #expect(MetricName.problem(inMetric: name) == nil)
        #expect(MetricName.problem(inLabel: name)?.contains("has \":\" as character") == true)
    }

    @Test(arguments: [
        ("", "The metric name is empty; ", "_"),
        ("5xx", "has \"5\" as character 1; ", "_5xx"),
        ("0", "has \"0\" as character 1; ", "_0"),
        ("http requests", "The metric name \"http requests\" has \" \" as character 5; ", "http_requests"),
        ("http.requests-total", "has \".\" as character 5; ", "http_requests_total"),
        ("a\nb", "The metric name \"a\\nb\" has \"\\n\" as character 2; ", "a_b"),
        ("a\u{0}", "has \"\\0\" as character 2; ", "a_"),
        ("\u{1B}[31m", "The metric name \"\\u{1B}[31m\" has \"\\u{1B}\" as character 1; ", "__31m"),
        ("a\"b\\", "The metric name \"a\\\"b\\\\\" has \"\\\"\" as character 2; ", "a_b_"),
        ("größe", "The metric name \"größe\" has \"ö\" as character 3; ", "gr__e"),
        ("e\u{301}", "has \"\\u{0301}\" as character 2; ", "e_"),
        ("\u{202E}abc", "has \"\\u{202E}\" as character 1; ", "_abc"),
        ("a\u{A0}b", "has \"\\u{00A0}\" as character 2; ", "a_b"),
        ("💡", "has \"💡\" as character 1; ", "_"),
        ("a@", "has \"@\" as character 2; ", "a_"), ("a[", "has \"[\" as character 2; ", "a_"),
        ("a`", "has \"`\" as character 2; ", "a_"), ("a{", "has \"{\" as character 2; ", "a_"),
        ("a/", "has \"/\" as character 2; ", "a_"), ("a;", "has \";\" as character 2; ", "a_"),
        ("٣", "has \"٣\" as character 1; ", "_"),
    ])
    func `a wrong metric name is explained and repaired`(name: String, problem: String, repaired: String) {
        let text = MetricName.problem(inMetric: name)
        #expect(text?.contains(problem) == true, "\(text ?? "no problem")")
        #expect(text?.hasSuffix("digits, \"_\" and \":\", with no digit first.") == true)
        #expect(MetricName.repaired(metric: name) == repaired)
    }

    @Test(arguments: [
        ("", "The label name is empty; ", "_"),
        ("9lives", "has \"9\" as character 1; ", "_9lives"),
        ("a:b", "has \":\" as character 2; ", "a_b"),
        ("::a", "has \":\" as character 1; ", "_a"),
        ("..a", "has \".\" as character 1; ", "_a"),
        ("__name__", "The label name \"__name__\" starts with \"__\", which is kept for the server", "_name__"),
        ("__", "starts with \"__\"", "_"),
        ("____1", "starts with \"__\"", "_1"),
        ("--", "has \"-\" as character 1; ", "_"),
    ])
    func `a wrong label name is explained and repaired`(name: String, problem: String, repaired: String) {
        let text = MetricName.problem(inLabel: name)
        #expect(text?.contains(problem) == true, "\(text ?? "no problem")")
        #expect(MetricName.repaired(label: name) == repaired)
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
        let problem = MetricName.problem(inMetric: String(repeating: "a", count: 1_000_000) + " ")
        #expect(problem?.contains("has \" \" as character 1000001; ") == true)
        #expect((problem?.count ?? 0) < 300)
    }
}

import Testing
import Vernier
import VernierParsing

@Suite("What OpenMetrics 1.0.0 does not allow")
struct OpenMetricsRefusalTests {
    /// A page without its end, and what the message about it says.
    struct Case: Sendable, CustomTestStringConvertible {
        let page: String
        let line: Int
        let column: Int
        let expected: String

        init(_ page: String, _ line: Int, _ column: Int, _ expected: String) {
            self.page = page
            self.line = line
            self.column = column
            self.expected = expected
        }

        var testDescription: String { page }
    }

    private func check(_ test: Case, _ format: ExpositionFormat = .openMetrics) throws {
        let error = try problem(test.page + "\n# EOF\n", format)
        #expect(error.line == test.line)
        #expect(error.column == test.column)
        #expect(error.expected.contains(test.expected), "\(error)")
    }

    @Test(
        "lines",
        arguments: [
            Case("a 1\n", 2, 1, "the name of a metric"), Case(" a 1", 1, 1, "the name of a metric"),
            Case("#", 1, 1, "# TYPE"), Case("#a_sum 0", 1, 1, "# TYPE"), Case("# FOO a x", 1, 1, "# TYPE"),
            Case("# EOF \na 1", 1, 1, "# EOF"), Case("# EOF\n", 2, 1, "nothing after"),
            Case("# EOF\na 1", 2, 1, "nothing after"),
            Case("\u{FEFF}a 1", 1, 1, "the name of a metric"), Case("a 1\r", 1, 3, "a value"),
            Case("\"a\" 1", 1, 1, "quoted ones stand"),
        ])
    func lines(_ test: Case) throws { try check(test) }

    @Test(
        "metadata",
        arguments: [
            Case("# TYPE", 1, 7, "the name of a family"), Case("# TYPE ", 1, 8, "the name of a metric"),
            Case("# TYPE  a counter", 1, 8, "the name of a metric"), Case("# TYPE a", 1, 9, "a type"),
            Case("# TYPE a counter ", 1, 10, "a type: counter"), Case("# TYPE a untyped", 1, 10, "unknown"),
            Case("# TYPE a Counter", 1, 10, "a type"), Case("# TYPE a \nb 1", 1, 10, "a type"),
            Case("# HELP a", 1, 9, "a text"),
            Case("# UNIT a", 1, 9, "a unit"), Case("# UNIT a_seconds bytes", 1, 1, "ends with its unit"),
            Case("# UNIT seconds seconds", 1, 1, "ends with its unit"),
            Case("# TYPE a_b info\n# UNIT a_b b", 2, 1, "no unit"),
            Case("# UNIT a_b b\n# TYPE a_b stateset", 2, 1, "no unit"),
            Case("# TYPE a gauge\n# TYPE a gauge", 2, 1, "one"),
            Case("# HELP a x\n# HELP a x", 2, 1, "one"), Case("# UNIT a \n# UNIT a ", 2, 1, "one"),
            Case("a 1\n# TYPE a gauge", 2, 1, "before the first sample"),
            Case("# TYPE 0a gauge", 1, 8, "the name of a metric"),
            Case("# TYPE \"a\" gauge", 1, 8, "without quotes"),
        ])
    func metadata(_ test: Case) throws { try check(test) }

    @Test(
        "families",
        arguments: [
            Case("a 1\nb 1\na{x=\"y\"} 1", 3, 1, "together"),
            Case("# TYPE a counter\n# TYPE b gauge\n# TYPE a counter", 3, 1, "together"),
            Case("# TYPE a_created gauge\n# TYPE a counter", 2, 1, "share no name"),
            Case("# TYPE a counter\na 1", 2, 1, "share no name"),
            Case("# TYPE a histogram\na_bucket{le=\"+Inf\"} 1\na 1", 3, 1, "share no name"),
            Case("a_count 1\n# TYPE a summary", 2, 1, "share"),
        ])
    func families(_ test: Case) throws { try check(test) }

    @Test(
        "labels",
        arguments: [
            Case("a{a=\"1\",} 1", 1, 9, "the name of a label"), Case("a{,} 1", 1, 3, "the name of a label"),
            Case("a{ } 1", 1, 3, "the name of a label"), Case("a{a =\"1\"} 1", 1, 4, "\"=\""),
            Case("a{a= \"1\"} 1", 1, 5, "double quotes"),
            Case("a{a='1'} 1", 1, 5, "double quotes"), Case("a{a=\"1\" } 1", 1, 8, "\",\" or \"}\""),
            Case("a{a=\"1\"b=\"2\"} 1", 1, 8, "\",\" or"), Case("a{a=\"1} 1", 1, 10, "a closing quote"),
            Case("a{a=\"1\\", 1, 8, "a closing quote"),
            Case("a{a=\"1\"}1", 1, 9, "one space"), Case("a {a=\"1\"} 1", 1, 3, "a value"),
            Case("a{a=\"1\",a=\"1\"} 1", 1, 1, "each label once"),
            Case("a{b=\"1\",a=\"2\",b=\"\"} 1", 1, 1, "each label once"), Case("a{a:b=\"1\"} 1", 1, 4, "\"=\""),
            Case("a{__a=\"1\"} 1", 1, 3, "does not start with"),
            Case("a{__name__=\"1\"} 1", 1, 3, "does not start with"),
            Case("a{\"b\"=\"1\"} 1", 1, 3, "without quotes"), Case("{\"a\"} 1", 1, 2, "without quotes"),
            Case("{a=\"1\"} 1", 1, 2, "in quotes"),
            Case("# TYPE a histogram\na_count{le=\"1\"} 1", 2, 1, "only where"),
            Case("# TYPE a summary\na_sum{quantile=\"1\"} 1", 2, 1, "only where"),
        ])
    func labels(_ test: Case) throws { try check(test) }

    @Test(
        "names in quotes",
        arguments: [
            Case("{\"\"} 1", 1, 2, "in UTF-8"), Case("{\"a\",} 1", 1, 6, "the name of a label"),
            Case("{\"a\" } 1", 1, 5, "\",\" or"),
            Case("{\"a\"b=\"1\"} 1", 1, 5, "\",\" or"), Case("{b=\"1\",\"a\"} 1", 1, 2, "in quotes"),
            Case("a{\"b\"} 1", 1, 6, "\"=\""),
            Case("{\"a} 1", 1, 7, "closing quote"), Case("a{\"\"=\"1\"} 1", 1, 3, "in UTF-8"),
            Case("a{\"__b\"=\"1\"} 1", 1, 3, "does not start"),
            Case("# TYPE \"a gauge", 1, 16, "closing quote"), Case("# TYPE \"a\"gauge", 1, 11, "one space"),
        ])
    func quotedNames(_ test: Case) throws { try check(test, .quotedOpenMetrics) }

    @Test(
        "values",
        arguments: [
            Case("a", 1, 2, "one space and a value"), Case("a ", 1, 3, "a value"), Case("a  1", 1, 3, "a value"),
            Case("a 1 ", 1, 5, "a timestamp"),
            Case("a 1_0", 1, 3, "a value"), Case("a 0x1p3", 1, 3, "a value"),
            Case("a 1e999", 1, 3, "that a Double can hold"),
            Case("a 1 NaN", 1, 5, "a timestamp"), Case("a 1 +Inf", 1, 5, "a timestamp"),
            Case("a 1 1 1", 1, 7, "an exemplar"),
            Case("# TYPE a counter\na_total -1", 2, 9, "from 0 up"),
            Case("# TYPE a counter\na_total NaN", 2, 9, "from 0 up"),
            Case("# TYPE a counter\na_created +Inf", 2, 11, "a time"),
            Case("# TYPE a counter\na_created 1", 2, 1, "_total"),
            Case("# TYPE a info\na_info 2", 2, 8, "1, the value of every info"),
            Case("# TYPE a stateset\na{a=\"x\"} 2", 2, 10, "0 or 1"),
            Case("# TYPE a stateset\na 1", 2, 1, "named as the family"),
            Case("# TYPE a summary\na{quantile=\"0\"} -1", 2, 17, "from 0 up"),
            Case("# TYPE a summary\na_count 1.5", 2, 9, "a whole number"),
            Case("# TYPE a summary\na_sum -1", 2, 7, "from 0 up"),
            Case("# TYPE a gaugehistogram\na_gsum NaN", 2, 8, "a number"),
            Case("# TYPE a summary\na 1", 2, 1, "that label"),
            Case("# TYPE a summary\na{quantile=\"1.1\"} 1", 2, 13, "from 0 to 1"),
            Case("# TYPE a summary\na{quantile=\"\"} 1", 2, 13, "from 0 to 1"),
        ])
    func values(_ test: Case) throws { try check(test) }

    @Test(
        "histograms",
        arguments: [
            Case("# TYPE a histogram\na_bucket 1", 2, 1, "that label"),
            Case("# TYPE a histogram\na_bucket{le=\"Inf\"} 1", 2, 14, "+Inf"),
            Case("# TYPE a histogram\na_bucket{le=\"NaN\"} 1", 2, 14, "a bound"),
            Case("# TYPE a histogram\na_bucket{le=\"1\",le=\"2\"} 1", 2, 17, "each label once"),
            Case("# TYPE a histogram\na_bucket{le=\"1\"} 1", 2, 1, "that bucket"),
            Case("# TYPE a histogram\na_count 1\na_sum 1", 2, 1, "that bucket"),
            Case("# TYPE a histogram\na_bucket{le=\"2\"} 1\na_bucket{le=\"1\"} 1", 3, 14, "by rising bound"),
            Case("# TYPE a histogram\na_bucket{le=\"2\"} 1\na_bucket{le=\"2.0\"} 1", 3, 1, "each sample once"),
            Case("# TYPE a histogram\na_bucket{le=\"2\"} 2\na_bucket{le=\"+Inf\"} 1", 3, 21, "smaller buckets"),
            Case("# TYPE a histogram\na_bucket{le=\"+Inf\"} 1.5", 2, 21, "a whole number"),
            Case("# TYPE a histogram\na_bucket{le=\"+Inf\"} 18446744073709551616", 2, 21, "a whole number"),
            Case("# TYPE a histogram\na_bucket{le=\"+Inf\"} 1\na_count 2\na_sum 1", 2, 1, "the same number"),
            Case("# TYPE a histogram\na_bucket{le=\"+Inf\"} 1\na_count 1", 2, 1, "both or neither"),
            Case(
                "# TYPE a histogram\na_bucket{le=\"-1\"} 1\na_bucket{le=\"+Inf\"} 1\na_count 1\na_sum 1", 2, 1, "no sum"
            ),
            Case("# TYPE a gaugehistogram\na_bucket{le=\"+Inf\"} 1\na_gcount 1\na_gsum -1", 2, 1, "a negative bound"),
            Case("# TYPE a histogram\na_count 1\na_count 1", 3, 1, "each sample once"),
            Case("# TYPE a histogram\na_sum 1\na_sum 1", 3, 1, "each sample once"),
        ])
    func histograms(_ test: Case) throws { try check(test) }

    @Test(
        "the order of samples",
        arguments: [
            Case("a 1\na 1", 2, 1, "each sample once"), Case("a{b=\"\"} 1\na 1", 2, 1, "each sample once"),
            Case("a{x=\"1\"} 1\na{x=\"2\"} 1\na{x=\"1\"} 2 5", 3, 1, "all samples of a metric together"),
            Case("# TYPE a counter\na_total 1\na_total 1", 3, 1, "each sample once"),
            Case("# TYPE a counter\na_total 1\na_created 1\na_created 1", 4, 1, "once"),
            Case("a 1 5\na 1 4.9", 2, 1, "that rise"), Case("a 1\na 1 5", 2, 1, "one kind"),
            Case("a 1 5\na 1", 2, 1, "one kind"),
            Case("# TYPE a info\na_info{x=\"1\"} 1 5\na_info{x=\"2\"} 1", 3, 1, "one kind"),
            Case("# TYPE a stateset\na{a=\"x\"} 1\na{a=\"x\"} 1", 2, 1, "each state once"),
            Case(
                "# TYPE a summary\na{quantile=\"1\"} 1\na{quantile=\"0\"} 1\na{quantile=\"1\"} 1", 2, 1,
                "each quantile once"),
        ])
    func order(_ test: Case) throws { try check(test) }

    @Test(
        "exemplars",
        arguments: [
            Case("# TYPE a counter\na_total 1 #", 2, 11, "begins with"),
            Case("# TYPE a counter\na_total 1 # {}", 2, 15, "one space"),
            Case("# TYPE a counter\na_total 1 # {} ", 2, 16, "the value of an exemplar"),
            Case("# TYPE a counter\na_total 1 # {} 1 ", 2, 18, "a timestamp"),
            Case("# TYPE a counter\na_total 1 # {} 1 1 ", 2, 19, "the end of the line"),
            Case("# TYPE a counter\na_total 1 # {} 1 NaN", 2, 18, "a timestamp"),
            Case("# TYPE a counter\na_created 1 # {} 1", 2, 13, "at counters and buckets only"),
            Case("a 1 # {} 1", 1, 5, "at counters and buckets only"),
            Case("# TYPE a counter\na_total 1 # {x=\"1\",x=\"2\"} 1", 2, 11, "each label once"),
            Case("# TYPE a histogram\na_bucket{le=\"1\"} 1 # {} 1.5", 2, 20, "the bucket counts"),
            Case("# TYPE a counter\na_total 1 # {a=\"\(String(repeating: "☃", count: 128))\"} 1", 2, 11, "at most 128"),
        ])
    func exemplars(_ test: Case) throws { try check(test) }

    @Test("a page without its end")
    func noEnd() throws {
        #expect(try problem("").expected.contains("# EOF"))
        #expect(try problem("a 1\n").expected.contains("# EOF"))
        #expect(try problem("a 1").expected.contains("line feed"))
        #expect(try problem("a 1\n# EO").line == 2)
    }

    @Test("bytes that are not UTF-8")
    func notUTF8() throws {
        for page in [
            "a{b=\"\u{1}\"} 1", "# HELP a \u{1}", "a{b=\"\\n\u{1}\"} 1", "{\"\u{1}\"} 1", "a{\"\u{1}\"=\"\"} 1",
        ] {
            let bytes = "\(page)\n# EOF\n".utf8.map { $0 == 1 ? 0xFF : $0 }
            var parser = ExpositionParser(.quotedOpenMetrics)
            let error = try #require(throws: ExpositionError.self) { try parser.parse(bytes) { _ in } }
            #expect(error.expected.contains("UTF-8"))
        }
    }
}

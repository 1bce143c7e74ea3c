import Testing
import Vernier
import VernierParsing

@Suite("Pages in Prometheus text 0.0.4 and 1.0.0")
struct TextFormatTests {
    @Test("a counter loses its suffix, and one without it says so")
    func counters() throws {
        let found = try families(
            "# TYPE a_total counter\na_total 1\n# TYPE b counter\nb 2\n# TYPE _total counter\n# TYPE c_total counter\n# HELP a_created x\na_created 7\n",
            .text)
        #expect(found.map(\.name) == ["a", "b", "_total", "c", "a_created"])
        #expect(found.map(\.omitsTotal) == [false, true, true, false, false])
        #expect(found.map(\.type) == [.counter, .counter, .counter, .counter, .unknown])
        #expect(found[1].metrics == [MetricSnapshot(.counter(2))])
    }

    @Test("blanks, blank lines and comments are skipped")
    func tolerance() throws {
        let page =
            "\n  \t\n# a comment\n#\n#comment\n \t#\tTYPE  a\tgauge \t\n#HELP a  he\\\\l\\np \\\"\\t \n"
            + "a{ foo = \"bar\" , b=\"c\" , } 1\t\n a\t{\t}2  3000 \n a{foo=\"x\"}NaN\na { , } 7 5\n# EOF\n# UNIT a x\n   "
        let found = try families(page, .text)
        #expect(found.count == 1)
        #expect(found[0].help == "he\\l\np \\\"\\t ")
        #expect(
            found[0].metrics.map(\.labels) == [
                [LabelPair("foo", "bar"), LabelPair("b", "c")], [], [LabelPair("foo", "x")], [],
            ])
        #expect(found[0].metrics.map(\.timestamp) == [nil, 3, nil, 0.005])
        #expect(try families("", .text) == [])
        #expect(try families("# HELP a\na 1\n", .text)[0].help == "")
    }

    @Test("the samples of a histogram or summary come in any order of metrics")
    func interleaving() throws {
        let page = """
            # TYPE a histogram
            a_bucket{x="1",le="1"} 1
            a_bucket{x="2",le="1"} 2
            a_bucket{x="1",le="Inf"} 3
            a_bucket{x="2",le="+Inf"} 4
            a_sum{x="1"} -5
            a_count{x="1"} 3
            # TYPE b summary
            b{x="1",quantile="0.5"} -1
            b{x="2",quantile="0.5"} 1
            b_sum{x="1"} NaN
            b_count{x="2"} 9
            b{x="1",quantile="0.9"} 3

            """
        let found = try families(page, .text)
        func bucket(_ bound: Double, _ count: UInt64) -> HistogramPoint.Bucket {
            HistogramPoint.Bucket(upperBound: bound, cumulativeCount: count)
        }
        #expect(
            found[0].metrics == [
                MetricSnapshot(
                    labels: [LabelPair("x", "1")],
                    .histogram(HistogramPoint(buckets: [bucket(1, 1), bucket(.infinity, 3)], sum: -5))),
                MetricSnapshot(
                    labels: [LabelPair("x", "2")],
                    .histogram(HistogramPoint(buckets: [bucket(1, 2), bucket(.infinity, 4)], sum: nil))),
            ])
        guard case .summary(let first) = found[1].metrics[0].point,
            case .summary(let second) = found[1].metrics[1].point
        else {
            Issue.record("no summary")
            return
        }
        #expect(first.quantiles.map(\.value) == [-1, 3])
        #expect(first.sum?.isNaN == true)
        #expect(second.count == 9)
    }

    @Test("a timestamp makes another sample, in any order")
    func timestamps() throws {
        let found = try families("# TYPE b counter\nb 2  1234567890\nb 88   1234566000   \nb 1\nb 3 -1\n", .text)
        #expect(found[0].metrics.map(\.timestamp) == [1_234_567.89, 1_234_566, nil, -0.001])
    }

    @Test("counters may have any value")
    func counterValues() throws {
        #expect(try families("# TYPE a counter\na -1\n", .text)[0].metrics[0].point == .counter(-1))
    }

    @Test("version 1.0.0 has names in quotes, version 0.0.4 where it was told so")
    func quotedNames() throws {
        let page = "# TYPE \"my.total\" counter\n{ \"my.total\" , \"a.b\" = \"c\" , } 1\n"
        for format in [ExpositionFormat.utf8Text, ExpositionFormat(.text, escaping: .allowUTF8)] {
            let found = try families(page, format)
            #expect(found[0].name == "my.total")
            #expect(found[0].omitsTotal)
            #expect(found[0].metrics[0].labels == [LabelPair("a.b", "c")])
        }
        #expect(try problem(page, .text).column == 8)
    }

    @Test(
        "what the formats do not allow",
        arguments: [
            ("a 1", 1, 4, "a line feed"), ("# TYPE a gauge", 1, 15, "a line feed"), ("a 1 1.5\n", 1, 5, "milliseconds"),
            ("a 1 2 3\n", 1, 7, "the end of the line"),
            ("a 1 9223372036854775808\n", 1, 5, "milliseconds"), ("a 1 # {} 1\n", 1, 5, "milliseconds"),
            ("a\n", 1, 2, "a space and a value"),
            ("a-b 1\n", 1, 2, "a space and a value"), ("# TYPE a info\n", 1, 10, "untyped"),
            ("# TYPE a counter x\n", 1, 10, "untyped"),
            ("# TYPE a\n", 1, 9, "a space and a type"), ("# HELP\n", 1, 7, "the name of a family"),
            ("a 1\nb 1\na{x=\"y\"} 1\n", 3, 1, "together"),
            ("a 1\n# HELP a x\n", 2, 1, "before the first sample"), ("a 1\na 2\n", 2, 1, "each sample once"),
            ("a 1 5\na 2 5\n", 2, 1, "each sample once"),
            ("a{x=\"1\"} 1\na{x=\"2\"} 1\na{x=\"1\"} 1\n", 3, 1, "each sample once"),
            ("a{,x=\"1\"} 1\n", 1, 4, "\"}\""),
            ("a{x=\"1\",,} 1\n", 1, 9, "the name of a label"), ("# TYPE a histogram\na 1\n", 2, 1, "share no name"),
            ("# TYPE a histogram\na_bucket{le=\"1\"} 1\n", 2, 1, "that bucket"),
            ("# TYPE a histogram\na_bucket{le=\"+Inf\"} 1\na_count 2\n", 2, 1, "the same"),
            ("# TYPE a histogram\na_bucket{le=\"2\"} 1\na_bucket{le=\"1\"} 1\n", 3, 14, "by rising bound"),
            ("# TYPE a histogram\na_sum 1 5\na_sum 1 5\n", 3, 1, "each sample once"),
            ("# TYPE a histogram\na_count 1\na_count 1\n", 3, 1, "once"),
            ("# TYPE a summary\na{quantile=\"1\"} 1\na{quantile=\"0\"} 1\n", 3, 13, "by rising rank"),
            ("# TYPE a summary\na{quantile=\"1\"} 1\na{quantile=\"1\"} 1\n", 3, 1, "once"),
            ("a 1\r\n", 1, 3, "a value"),
        ])
    func refusals(_ page: String, _ line: Int, _ column: Int, _ expected: String) throws {
        let error = try problem(page, .text)
        #expect(error.line == line)
        #expect(error.column == column)
        #expect(error.expected.contains(expected), "\(error)")
    }
}

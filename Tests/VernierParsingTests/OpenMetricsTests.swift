import Testing
import Vernier
import VernierParsing

@Suite("Pages in OpenMetrics 1.0.0")
struct OpenMetricsTests {
    @Test("a counter has its value, created, timestamp and exemplar in one metric")
    func counter() throws {
        let page = """
            # TYPE cc_seconds counter
            # UNIT cc_seconds seconds
            # HELP cc_seconds A \\"counter\\"\\n\\\\ \\x
            cc_seconds_total{a="x"} 1.5 123.5 # {trace_id="abc"} 0.5 1.25
            cc_seconds_created{a="x"} 100 123.5
            # EOF

            """
        let family = MetricFamilySnapshot(
            "cc_seconds", type: .counter, unit: "seconds", help: "A \"counter\"\n\\ \\x",
            metrics: [
                MetricSnapshot(
                    labels: [LabelPair("a", "x")], .counter(1.5), created: 100, timestamp: 123.5,
                    exemplar: Exemplar(labels: [LabelPair("trace_id", "abc")], value: 0.5, timestamp: 1.25))
            ])
        #expect(try families(page) == [family])
    }

    @Test("gauges and metrics without metadata")
    func gauges() throws {
        let found = try families("# TYPE a gauge\na -1e3\na{b=\"c\"} +Inf\nb{} 7\n# EOF")
        #expect(
            found == [
                MetricFamilySnapshot(
                    "a", type: .gauge, help: "",
                    metrics: [
                        MetricSnapshot(.gauge(-1000)), MetricSnapshot(labels: [LabelPair("b", "c")], .gauge(.infinity)),
                    ]),
                MetricFamilySnapshot("b", type: .unknown, help: "", metrics: [MetricSnapshot(.unknown(7))]),
            ])
    }

    @Test("a histogram has cumulative buckets with exemplars, whatever the order of labels and of count and sum")
    func histogram() throws {
        let page = """
            # TYPE a histogram
            a_count{x="1",y="2"} 3
            a_bucket{x="1",le="1.0",y="2"} 2 # {} 0.5
            a_bucket{y="2",x="1",le="+Inf"} 3 # {a="☃"} NaN 7
            a_sum{y="2",x="1"} 4.5
            a_created{x="1",y="2"} 17.25
            a_bucket{le="+Inf"} 18446744073709551615
            # EOF
            """
        let buckets = [
            HistogramPoint.Bucket(upperBound: 1, cumulativeCount: 2, exemplar: Exemplar(labels: [], value: 0.5)),
            HistogramPoint.Bucket(upperBound: .infinity, cumulativeCount: 3),
        ]
        var family = try #require(try families(page).first)
        guard case .histogram(var first) = family.metrics[0].point else {
            Issue.record("no histogram")
            return
        }
        #expect(first.buckets[1].exemplar?.value.isNaN == true)
        #expect(first.buckets[1].exemplar?.timestamp == 7)
        first.buckets[1].exemplar = nil
        family.metrics[0].point = .histogram(first)
        #expect(
            family.metrics == [
                MetricSnapshot(
                    labels: [LabelPair("x", "1"), LabelPair("y", "2")],
                    .histogram(HistogramPoint(buckets: buckets, sum: 4.5)), created: 17.25),
                MetricSnapshot(
                    .histogram(
                        HistogramPoint(
                            buckets: [HistogramPoint.Bucket(upperBound: .infinity, cumulativeCount: .max)], sum: nil))),
            ])
    }

    @Test("gauge histograms, infos and state sets")
    func otherTypes() throws {
        let page = """
            # TYPE g gaugehistogram
            g_bucket{le="-1.0"} 1
            g_bucket{le="+Inf"} 3
            g_gcount 3
            g_gsum -5
            # TYPE i info
            i_info{version="1"} 1
            # TYPE s stateset
            s{s="on",x="y"} 1
            s{s="off",x="y"} 0.0
            # EOF
            """
        let found = try families(page)
        #expect(found.map(\.type) == [.gaugeHistogram, .info, .stateSet])
        #expect(
            found[0].metrics == [
                MetricSnapshot(
                    .histogram(
                        HistogramPoint(
                            buckets: [
                                HistogramPoint.Bucket(upperBound: -1, cumulativeCount: 1),
                                HistogramPoint.Bucket(upperBound: .infinity, cumulativeCount: 3),
                            ], sum: -5)))
            ])
        #expect(found[1].metrics == [MetricSnapshot(labels: [LabelPair("version", "1")], .info)])
        #expect(
            found[2].metrics == [
                MetricSnapshot(
                    labels: [LabelPair("x", "y")],
                    .stateSet([StatePoint("on", isOn: true), StatePoint("off", isOn: false)]))
            ])
    }

    @Test("a summary's quantiles come by rank, and count and sum may be missing")
    func summary() throws {
        let page = """
            # TYPE a summary
            a{quantile="1"} 0.8
            a{quantile="0.5"} NaN
            a_count 3
            a_sum 7
            # TYPE b summary
            b{quantile="0.5"} 1
            # EOF
            """
        let found = try families(page)
        guard case .summary(let a) = found[0].metrics[0].point, case .summary(let b) = found[1].metrics[0].point else {
            Issue.record("no summary")
            return
        }
        #expect(a.quantiles.map(\.quantile) == [0.5, 1])
        #expect(a.quantiles[0].value.isNaN)
        #expect(a.count == 3)
        #expect(a.sum == 7)
        #expect(b == SummaryPoint(quantiles: [SummaryPoint.Quantile(quantile: 0.5, value: 1)], count: nil, sum: nil))
    }

    @Test("several points of a metric are several metrics with equal labels")
    func points() throws {
        let page = """
            # TYPE a counter
            a_total{x="y"} 1 0
            a_total{x="y"} 2 1
            a_total{x="z"} 3 0
            # TYPE h histogram
            h_bucket{le="+Inf"} 1 5
            h_bucket{le="+Inf"} 2 6
            # EOF
            """
        let found = try families(page)
        #expect(found[0].metrics.map(\.point) == [.counter(1), .counter(2), .counter(3)])
        #expect(found[0].metrics.map(\.timestamp) == [0, 1, 0])
        #expect(found[1].metrics.map(\.timestamp) == [5, 6])
    }

    @Test("of samples with equal labels and timestamps the first counts")
    func equalTimestamps() throws {
        let page = """
            # TYPE a gauge
            a 1 7
            a 2 7
            # TYPE c counter
            c_total 1 7
            c_total 2 7
            # TYPE h histogram
            h_bucket{le="1"} 1 7
            h_bucket{le="2"} 3 7
            h_bucket{le="1"} 2 7
            h_bucket{le="+Inf"} 3 7
            h_count 3 7
            h_count 4 7
            h_sum 1 7
            h_sum 2 7
            # TYPE s stateset
            s{s="a"} 1 7
            s{s="a"} 0 7
            # TYPE q summary
            q{quantile="0.5"} 1 7
            q{quantile="0.5"} 2 7
            # EOF
            """
        let metrics = try families(page).flatMap(\.metrics)
        #expect(metrics.count == 5)
        #expect(metrics[0].point == .gauge(1))
        #expect(metrics[1].point == .counter(1))
        guard case .histogram(let histogram) = metrics[2].point else {
            Issue.record("no histogram")
            return
        }
        #expect(histogram.buckets.map(\.cumulativeCount) == [1, 3, 3])
        #expect(histogram.sum == 1)
        #expect(metrics[3].point == .stateSet([StatePoint("a", isOn: true)]))
        #expect(
            metrics[4].point
                == .summary(
                    SummaryPoint(quantiles: [SummaryPoint.Quantile(quantile: 0.5, value: 1)], count: nil, sum: nil)))
    }

    @Test("families without samples are there with their metadata")
    func emptyFamilies() throws {
        let found = try families("# HELP a \n# UNIT a \n# TYPE b_s info\n# TYPE c counter\n# HELP c x\n# EOF\n")
        #expect(
            found == [
                MetricFamilySnapshot("a", type: .unknown, help: ""), MetricFamilySnapshot("b_s", type: .info, help: ""),
                MetricFamilySnapshot("c", type: .counter, help: "x"),
            ])
        #expect(try families("# EOF") == [])
    }

    @Test("label values are unescaped, and a backslash before another character stands for itself")
    func escapes() throws {
        let found = try families(#"a{a="\\\n\"\x é\\",b="} # ,"} 1"# + "\n# EOF\n")
        #expect(found[0].metrics[0].labels == [LabelPair("a", "\\\n\"\\x é\\"), LabelPair("b", "} # ,")])
    }

    @Test("names in quotes are read where the format allows them")
    func quotedNames() throws {
        let page = """
            # TYPE "my.counter" counter
            # HELP "my.counter" x
            {"my.counter_total","a b"="c",d="e"} 1 # {"f.g"="h"} 1
            # TYPE "s\\".s" stateset
            {"s\\".s","s\\".s"="on"} 1
            plain{"l.l"="x"} 2
            {"alone"} 3
            # EOF
            """
        let found = try families(page, .quotedOpenMetrics)
        #expect(found.map(\.name) == ["my.counter", "s\".s", "plain", "alone"])
        #expect(found[0].metrics[0].labels == [LabelPair("a b", "c"), LabelPair("d", "e")])
        #expect(found[0].metrics[0].exemplar?.labels == [LabelPair("f.g", "h")])
        #expect(found[1].metrics[0].point == .stateSet([StatePoint("on", isOn: true)]))
        #expect(found[2].metrics[0].labels == [LabelPair("l.l", "x")])
        let error = try problem(page)
        #expect(error.line == 1)
        #expect(error.column == 8)
    }

    @Test("labels that Unicode calls equal are two metrics")
    func bytes() throws {
        let found = try families("a{b=\"\u{E9}\"} 1\na{b=\"e\u{301}\"} 2\n# EOF\n")
        #expect(found[0].metrics.count == 2)
    }
}

import Testing

@testable import Vernier

/// What stands behind the value of a sample, and the lines of times.
@Suite struct TextSinkLinesTests {
    private static func family(_ type: MetricType, _ metrics: MetricSnapshot...) -> MetricFamilySnapshot {
        MetricFamilySnapshot("x", type: type, help: "", metrics: metrics)
    }

    /// The lines of a page that are samples.
    private static func samples(
        _ syntax: ExpositionFormat.Syntax, _ family: MetricFamilySnapshot, created: Bool = false
    ) throws -> [String] {
        var format = ExpositionFormat(syntax, escaping: syntax == .utf8Text ? .allowUTF8 : nil)
        format.showsCreated = created
        return text(try format.page(of: [family])).split(separator: "\n").map(String.init).filter {
            !$0.hasPrefix("#")
        }
    }

    @Test(arguments: [
        (0.0, "0", "0"), (1.5, "1500", "1.5"), (-1.5, "-1500", "-1.5"), (0.0004, "0", "0.0004"),
        (0.0005, "1", "0.0005"), (1_520_879_607.789, "1520879607789", "1.520879607789e+09"),
        (8.9e15, "8900000000000000000", "8.9e+15"),
    ])
    func `a time is whole milliseconds in text and seconds in OpenMetrics`(
        timestamp: Double, milliseconds: String, seconds: String
    ) throws {
        let family = Self.family(.gauge, MetricSnapshot(.gauge(1), timestamp: timestamp))
        #expect(try Self.samples(.text, family) == ["x 1 \(milliseconds)"])
        #expect(try Self.samples(.utf8Text, family) == ["x 1 \(milliseconds)"])
        #expect(try Self.samples(.openMetrics, family) == ["x 1 \(seconds)"])
    }

    @Test func `milliseconds beyond 64 bits are the largest`() {
        var page = PageBuffer()
        page.append(milliseconds: 1e300)
        page.append(milliseconds: -1e300)
        #expect(text(page.array) == "\(Int64.max)\(Int64.min)")
    }

    @Test func `the same metric at rising times is several lines`() throws {
        let family = Self.family(
            .counter, MetricSnapshot(.counter(1), created: 0.5, timestamp: 1),
            MetricSnapshot(.counter(2), created: 0.5, timestamp: 2))
        #expect(try Self.samples(.text, family) == ["x_total 1 1000", "x_total 2 2000"])
        #expect(try Self.samples(.openMetrics, family) == ["x_total 1 1", "x_total 2 2"])
        #expect(
            try Self.samples(.openMetrics, family, created: true) == [
                "x_total 1 1", "x_created 0.5 1", "x_total 2 2", "x_created 0.5 2",
            ])
    }

    @Test func `all samples of a metric have its time`() throws {
        let buckets = [1, .infinity].map { HistogramPoint.Bucket(upperBound: $0, cumulativeCount: 2) }
        let histogram = MetricSnapshot(.histogram(HistogramPoint(buckets: buckets, sum: 1)), created: 3, timestamp: 4)
        #expect(
            try Self.samples(.openMetrics, Self.family(.histogram, histogram), created: true) == [
                "x_bucket{le=\"1.0\"} 2 4", "x_bucket{le=\"+Inf\"} 2 4", "x_count 2 4", "x_sum 1 4", "x_created 3 4",
            ])
        let point = SummaryPoint(quantiles: [SummaryPoint.Quantile(quantile: 0.5, value: 7)], count: 2, sum: 1)
        let summary = MetricSnapshot(labels: [LabelPair("a", "b")], .summary(point), created: 3, timestamp: 4)
        #expect(
            try Self.samples(.openMetrics, Self.family(.summary, summary), created: true) == [
                "x{a=\"b\",quantile=\"0.5\"} 7 4", "x_count{a=\"b\"} 2 4", "x_sum{a=\"b\"} 1 4",
                "x_created{a=\"b\"} 3 4",
            ])
        let states = MetricSnapshot(.stateSet([StatePoint("on", isOn: true)]), timestamp: 4)
        #expect(try Self.samples(.text, Self.family(.stateSet, states)) == ["x{x=\"on\"} 1 4000"])
        #expect(try Self.samples(.text, Self.family(.info, MetricSnapshot(.info, timestamp: 4))) == ["x_info 1 4000"])
    }

    @Test func `times of making are told where the format asks for them, with all their digits`() throws {
        let times = [1_700_000_000.123, 1_700_000_000]
        let family = Self.family(
            .counter, MetricSnapshot(labels: [LabelPair("a", "1")], .counter(1), created: times[0]),
            MetricSnapshot(labels: [LabelPair("a", "2")], .counter(2), created: times[1]),
            MetricSnapshot(labels: [LabelPair("a", "3")], .counter(3)))
        let plain = ["x_total{a=\"1\"} 1", "x_total{a=\"2\"} 2", "x_total{a=\"3\"} 3"]
        #expect(try Self.samples(.openMetrics, family) == plain)
        #expect(try Self.samples(.text, family, created: true) == plain)
        let lines = try Self.samples(.openMetrics, family, created: true)
        #expect(
            lines == [
                plain[0], "x_created{a=\"1\"} 1.700000000123e+09", plain[1], "x_created{a=\"2\"} 1.7e+09", plain[2],
            ])
        let read = lines.compactMap { $0.contains("_created") ? Double($0.split(separator: " ")[1]) : nil }
        #expect(read == times)
    }

    @Test(arguments: [
        (MetricType.gauge, MetricPoint.gauge(1)), (.unknown, .unknown(1)), (.info, .info),
        (.stateSet, .stateSet([StatePoint("on", isOn: true)])),
        (
            .gaugeHistogram,
            .histogram(
                HistogramPoint(buckets: [.init(upperBound: .infinity, cumulativeCount: 1)], sum: 1))
        ),
    ])
    func `other types have no time of making`(type: MetricType, point: MetricPoint) throws {
        let family = Self.family(type, MetricSnapshot(point, created: 5))
        let lines = try Self.samples(.openMetrics, family, created: true)
        #expect(!lines.isEmpty && lines.allSatisfy { !$0.contains("_created") })
    }

    @Test func `exemplars stand behind counters and buckets of OpenMetrics`() throws {
        let trace = Exemplar(
            labels: [LabelPair("trace_id", "a\"b"), LabelPair("span.id", "7")], value: 0.5, timestamp: 1.25)
        let counter = Self.family(.counter, MetricSnapshot(.counter(2), exemplar: trace))
        #expect(
            try Self.samples(.openMetrics, counter) == [#"x_total 2 # {trace_id="a\"b",span_id="7"} 0.5 1.25"#])
        #expect(try Self.samples(.text, counter) == ["x_total 2"])
        let format = ExpositionFormat(.openMetrics, escaping: .allowUTF8)
        #expect(
            text(try format.page(of: [counter])).contains(
                #"x_total 2 # {trace_id="a\"b","span.id"="7"} 0.5 1.25"#))
        let buckets = [
            HistogramPoint.Bucket(upperBound: 1, cumulativeCount: 1, exemplar: trace),
            HistogramPoint.Bucket(upperBound: 2, cumulativeCount: 1),
            HistogramPoint.Bucket(
                upperBound: .infinity, cumulativeCount: 3, exemplar: Exemplar(labels: [], value: 1e9)),
        ]
        let point = MetricPoint.histogram(HistogramPoint(buckets: buckets, sum: 1))
        for (type, ends) in [
            (MetricType.histogram, ["x_count 3", "x_sum 1"]), (.gaugeHistogram, ["x_gcount 3", "x_gsum 1"]),
        ] {
            let family = Self.family(type, MetricSnapshot(point))
            #expect(
                try Self.samples(.openMetrics, family) == [
                    #"x_bucket{le="1.0"} 1 # {trace_id="a\"b",span_id="7"} 0.5 1.25"#, #"x_bucket{le="2.0"} 1"#,
                    #"x_bucket{le="+Inf"} 3 # {} 1e+09"#,
                ] + ends)
            #expect(
                try Self.samples(.text, family).prefix(3) == [
                    #"x_bucket{le="1.0"} 1"#, #"x_bucket{le="2.0"} 1"#, #"x_bucket{le="+Inf"} 3"#,
                ])
        }
    }

    @Test func `time, exemplar and time of making stand together`() throws {
        let exemplar = Exemplar(labels: [LabelPair("a", "b")], value: 1)
        let family = Self.family(
            .counter, MetricSnapshot(.counter(2), created: 1, timestamp: 3, exemplar: exemplar))
        #expect(
            try Self.samples(.openMetrics, family, created: true) == [
                #"x_total 2 3 # {a="b"} 1"#, "x_created 1 3",
            ])
    }

    @Test func `a gauge histogram without times and exemplars has its ends behind all buckets too`() throws {
        let descriptor = try FamilyDescriptor(
            verbatim: MetricFamilySnapshot("x", type: .gaugeHistogram, help: ""))
        func lines(_ format: ExpositionFormat) throws -> [String] {
            var sink = TextSink(format)
            sink.begin(descriptor)
            for (label, count) in [("a=\"1\"", 1), ("a=\"2\"", 2)] as [(String, UInt64)] {
                let labels = Array(label.utf8)
                sink.histogram(
                    labels.span, bounds: HistogramBounds([]), counts: [count], sum: .unsigned(5),
                    SampleTimes(), nil)
            }
            sink.end()
            var page = PageBuffer()
            try sink.drain { page.append(copying: $0) }
            return String(decoding: page.array, as: UTF8.self).split(separator: "\n").map(String.init)
        }
        let (buckets, counts, sums) = (
            (1...2).map { "x_bucket{a=\"\($0)\",le=\"+Inf\"} \($0)" }, (1...2).map { "x_gcount{a=\"\($0)\"} \($0)" },
            (1...2).map { "x_gsum{a=\"\($0)\"} 5" }
        )
        for format in [ExpositionFormat.text, .utf8Text] {
            #expect(
                try lines(format)
                    == ["# TYPE x histogram"] + buckets + ["# TYPE x_gcount gauge"] + counts + ["# TYPE x_gsum gauge"]
                    + sums)
        }
        #expect(
            try lines(.openMetrics) == [
                "# TYPE x gaugehistogram", buckets[0], counts[0], sums[0], buckets[1], counts[1], sums[1], "# EOF",
            ])
    }

    static let unknowns: [(MetricType, MetricPoint, text: [String], openMetrics: [String])] = [
        (
            .histogram,
            .histogram(HistogramPoint(buckets: [.init(upperBound: .infinity, cumulativeCount: 4)], sum: nil)),
            ["x_bucket{le=\"+Inf\"} 4", "x_count 4"], ["x_bucket{le=\"+Inf\"} 4"]
        ),
        (
            .histogram,
            .histogram(
                HistogramPoint(
                    buckets: [.init(upperBound: .infinity, cumulativeCount: 4)], sum: 2,
                    native: NativeHistogramPoint(schema: 3, zeroThreshold: 0, zeroCount: 4))),
            ["x_bucket{le=\"+Inf\"} 4", "x_count 4", "x_sum 2"], ["x_bucket{le=\"+Inf\"} 4", "x_count 4", "x_sum 2"]
        ),
        (
            .histogram,
            .histogram(HistogramPoint(buckets: [.init(upperBound: .infinity, cumulativeCount: 4)], sum: .nan)),
            ["x_bucket{le=\"+Inf\"} 4", "x_count 4", "x_sum NaN"], ["x_bucket{le=\"+Inf\"} 4"]
        ),
        (
            .gaugeHistogram,
            .histogram(HistogramPoint(buckets: [.init(upperBound: .infinity, cumulativeCount: 4)], sum: -1)),
            ["x_bucket{le=\"+Inf\"} 4", "x_gcount 4", "x_gsum -1"], ["x_bucket{le=\"+Inf\"} 4"]
        ),
        (
            .gaugeHistogram,
            .histogram(
                HistogramPoint(buckets: [-1, .infinity].map { .init(upperBound: $0, cumulativeCount: 4) }, sum: -1)),
            ["x_bucket{le=\"-1.0\"} 4", "x_bucket{le=\"+Inf\"} 4", "x_gcount 4", "x_gsum -1"],
            ["x_bucket{le=\"-1.0\"} 4", "x_bucket{le=\"+Inf\"} 4", "x_gcount 4", "x_gsum -1"]
        ),
        (.summary, .summary(SummaryPoint(quantiles: [], count: 4, sum: nil)), ["x_count 4"], ["x_count 4"]),
        (.summary, .summary(SummaryPoint(quantiles: [], count: nil, sum: 2)), ["x_sum 2"], ["x_sum 2"]),
        (.summary, .summary(SummaryPoint(quantiles: [], count: 4, sum: -2)), ["x_count 4", "x_sum -2"], []),
        (
            .summary,
            .summary(SummaryPoint(quantiles: [.init(quantile: 1, value: 3)], count: nil, sum: nil)),
            ["x{quantile=\"1.0\"} 3"], ["x{quantile=\"1.0\"} 3"]
        ),
    ]

    @Test(arguments: unknowns)
    func `what is not known or not allowed is left out`(
        type: MetricType, point: MetricPoint, text: [String], openMetrics: [String]
    ) throws {
        let family = Self.family(type, MetricSnapshot(point))
        #expect(try Self.samples(.text, family) == text)
        #expect(try Self.samples(.openMetrics, family) == openMetrics)
    }
}

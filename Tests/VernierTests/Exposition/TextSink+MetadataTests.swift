import Testing

@testable import Vernier

/// Names on pages: quoted, escaped, with the suffixes that formats add.
@Suite struct TextSinkNamesTests {
    /// A format with a scheme, by the words of its content type.
    private static func format(_ syntax: ExpositionFormat.Syntax, _ scheme: EscapingScheme?) -> ExpositionFormat {
        ExpositionFormat(syntax, escaping: scheme)
    }

    private static func page(_ format: ExpositionFormat, _ families: MetricFamilySnapshot...) throws -> String {
        text(try format.page(of: families))
    }

    static let counter = MetricFamilySnapshot(
        "http.requests", type: .counter, help: "Say \"hi\".",
        metrics: [
            MetricSnapshot(labels: [LabelPair("http.method", "GET"), LabelPair("code", "200")], .counter(3)),
            MetricSnapshot(.counter(4)),
        ])

    static let counterPages: [(EscapingScheme?, text: String, openMetrics: String)] = [
        (
            .allowUTF8,
            #"""
            # TYPE "http.requests_total" counter
            # HELP "http.requests_total" Say "hi".
            {"http.requests_total","http.method"="GET",code="200"} 3
            {"http.requests_total"} 4

            """#,
            #"""
            # TYPE "http.requests" counter
            # HELP "http.requests" Say \"hi\".
            {"http.requests_total","http.method"="GET",code="200"} 3
            {"http.requests_total"} 4
            # EOF

            """#
        ),
        (
            .underscores,
            #"""
            # TYPE http_requests_total counter
            # HELP http_requests_total Say "hi".
            http_requests_total{http_method="GET",code="200"} 3
            http_requests_total 4

            """#,
            #"""
            # TYPE http_requests counter
            # HELP http_requests Say \"hi\".
            http_requests_total{http_method="GET",code="200"} 3
            http_requests_total 4
            # EOF

            """#
        ),
        (
            .dots,
            #"""
            # TYPE http_dot_requests__total counter
            # HELP http_dot_requests__total Say "hi".
            http_dot_requests__total{http_dot_method="GET",code="200"} 3
            http_dot_requests__total 4

            """#,
            #"""
            # TYPE http_dot_requests_ counter
            # HELP http_dot_requests_ Say \"hi\".
            http_dot_requests__total{http_dot_method="GET",code="200"} 3
            http_dot_requests__total 4
            # EOF

            """#
        ),
        (
            .values,
            #"""
            # TYPE U__http_2e_requests__total counter
            # HELP U__http_2e_requests__total Say "hi".
            U__http_2e_requests__total{U__http_2e_method="GET",code="200"} 3
            U__http_2e_requests__total 4

            """#,
            #"""
            # TYPE U__http_2e_requests_ counter
            # HELP U__http_2e_requests_ Say \"hi\".
            U__http_2e_requests__total{U__http_2e_method="GET",code="200"} 3
            U__http_2e_requests__total 4
            # EOF

            """#
        ),
    ]

    @Test(arguments: counterPages)
    func `a name that not every scraper reads is written as the scheme says`(
        scheme: EscapingScheme?, text: String, openMetrics: String
    ) throws {
        #expect(try Self.page(Self.format(.text, scheme), Self.counter) == text)
        #expect(try Self.page(Self.format(.utf8Text, scheme), Self.counter) == text)
        #expect(try Self.page(Self.format(.openMetrics, scheme), Self.counter) == openMetrics)
    }

    @Test func `who says nothing of a scheme gets underscores`() throws {
        for syntax in [ExpositionFormat.Syntax.text, .utf8Text, .openMetrics] {
            #expect(
                try Self.page(Self.format(syntax, nil), Self.counter)
                    == Self.page(Self.format(syntax, .underscores), Self.counter))
        }
    }

    @Test func `only a name needs quotes or only a label`() throws {
        let dotted = MetricFamilySnapshot(
            "my.gauge", type: .gauge, help: "", metrics: [MetricSnapshot(labels: [LabelPair("a", "1")], .gauge(2))])
        let plain = MetricFamilySnapshot(
            "gauge", type: .gauge, help: "", metrics: [MetricSnapshot(labels: [LabelPair("a.b", "1")], .gauge(2))])
        #expect(
            try Self.page(.utf8Text, dotted, plain)
                == "# TYPE \"my.gauge\" gauge\n{\"my.gauge\",a=\"1\"} 2\n# TYPE gauge gauge\ngauge{\"a.b\"=\"1\"} 2\n")
        #expect(
            try Self.page(.text, dotted, plain)
                == "# TYPE my_gauge gauge\nmy_gauge{a=\"1\"} 2\n# TYPE gauge gauge\ngauge{a_b=\"1\"} 2\n")
    }

    @Test func `quoted names are escaped like label values`() throws {
        let family = MetricFamilySnapshot(
            "a\"b\\c\nd", type: .gauge, help: "",
            metrics: [MetricSnapshot(labels: [LabelPair("e\"\\\n", "f")], .gauge(1))])
        #expect(
            try Self.page(.utf8Text, family) == #"""
                # TYPE "a\"b\\c\nd" gauge
                {"a\"b\\c\nd","e\"\\\n"="f"} 1

                """#)
    }

    @Test func `all types are written with names of any characters`() throws {
        let buckets = [1, .infinity].map { HistogramPoint.Bucket(upperBound: $0, cumulativeCount: 2) }
        let quantiles = [SummaryPoint.Quantile(quantile: 0.5, value: 1)]
        let labels = [LabelPair("x.y", "z")]
        func family(_ name: String, _ type: MetricType, _ point: MetricPoint) -> MetricFamilySnapshot {
            MetricFamilySnapshot(name, type: type, help: "", metrics: [MetricSnapshot(labels: labels, point)])
        }
        let families = [
            family("a.h", .histogram, .histogram(HistogramPoint(buckets: buckets, sum: 2))),
            family("a.i", .info, .info),
            family("a.s", .summary, .summary(SummaryPoint(quantiles: quantiles, count: 1, sum: 1))),
            family("a.t", .stateSet, .stateSet([StatePoint("on", isOn: true), StatePoint("off", isOn: false)])),
            family("a.u", .unknown, .unknown(1)),
        ]
        #expect(
            text(try ExpositionFormat(.openMetrics, escaping: .allowUTF8).page(of: families)) == #"""
                # TYPE "a.h" histogram
                {"a.h_bucket","x.y"="z",le="1.0"} 2
                {"a.h_bucket","x.y"="z",le="+Inf"} 2
                {"a.h_count","x.y"="z"} 2
                {"a.h_sum","x.y"="z"} 2
                # TYPE "a.i" info
                {"a.i_info","x.y"="z"} 1
                # TYPE "a.s" summary
                {"a.s","x.y"="z",quantile="0.5"} 1
                {"a.s_count","x.y"="z"} 1
                {"a.s_sum","x.y"="z"} 1
                # TYPE "a.t" stateset
                {"a.t","x.y"="z","a.t"="on"} 1
                {"a.t","x.y"="z","a.t"="off"} 0
                # TYPE "a.u" unknown
                {"a.u","x.y"="z"} 1
                # EOF

                """#)
        #expect(
            text(try ExpositionFormat(.openMetrics, escaping: .values).page(of: families)) == #"""
                # TYPE U__a_2e_h histogram
                U__a_2e_h_bucket{U__x_2e_y="z",le="1.0"} 2
                U__a_2e_h_bucket{U__x_2e_y="z",le="+Inf"} 2
                U__a_2e_h_count{U__x_2e_y="z"} 2
                U__a_2e_h_sum{U__x_2e_y="z"} 2
                # TYPE U__a_2e_i_ info
                U__a_2e_i__info{U__x_2e_y="z"} 1
                # TYPE U__a_2e_s summary
                U__a_2e_s{U__x_2e_y="z",quantile="0.5"} 1
                U__a_2e_s_count{U__x_2e_y="z"} 1
                U__a_2e_s_sum{U__x_2e_y="z"} 1
                # TYPE U__a_2e_t stateset
                U__a_2e_t{U__x_2e_y="z",U__a_2e_t="on"} 1
                U__a_2e_t{U__x_2e_y="z",U__a_2e_t="off"} 0
                # TYPE U__a_2e_u unknown
                U__a_2e_u{U__x_2e_y="z"} 1
                # EOF

                """#)
    }

    @Test func `declared families have names of any characters, constant labels too`() {
        let registry = Registry(prefix: "my.app", constantLabels: ["host.name": "h"])
        let family = CounterFamily(
            "requests", help: "R.", labels: .of(Label<String>("http.route"), Label<Method>("method")),
            registry: registry)
        family["/", .get].increment()
        let finite = GaugeFamily("level", help: "L.", labels: .of(Label<Method>("m.d")), registry: registry)
        finite[.post].set(2)
        let names: Set = ["my.app_requests", "my.app_level"]
        #expect(
            registry.page(as: .utf8Text, names: names) == #"""
                # TYPE "my.app_level" gauge
                # HELP "my.app_level" L.
                {"my.app_level","host.name"="h","m.d"="GET"} 0
                {"my.app_level","host.name"="h","m.d"="POST"} 2
                # TYPE "my.app_requests_total" counter
                # HELP "my.app_requests_total" R.
                {"my.app_requests_total","host.name"="h","http.route"="/",method="GET"} 1

                """#)
        #expect(
            registry.page(as: .text, names: ["my_app_requests_total", "my_app_level"]) == #"""
                # TYPE my_app_level gauge
                # HELP my_app_level L.
                my_app_level{host_name="h",m_d="GET"} 0
                my_app_level{host_name="h",m_d="POST"} 2
                # TYPE my_app_requests_total counter
                # HELP my_app_requests_total R.
                my_app_requests_total{host_name="h",http_route="/",method="GET"} 1

                """#)
        let pairs = [LabelPair("host.name", "h"), LabelPair("http.route", "/"), LabelPair("method", "GET")]
        #expect(registry.family("my.app_requests")?.metrics.first?.labels == pairs)
    }

    @Test(arguments: [
        (EscapingScheme.allowUTF8, true, true), (.underscores, true, true), (.dots, false, true),
        (.values, false, true),
    ])
    func `a unit is told where the name still ends in it`(scheme: EscapingScheme, counter: Bool, gauge: Bool) throws {
        for (type, point, isTold) in [
            (MetricType.counter, MetricPoint.counter(1), counter), (.gauge, .gauge(1), gauge),
        ] {
            let family = MetricFamilySnapshot(
                "a.b_bytes", type: type, unit: "bytes", help: "", metrics: [MetricSnapshot(point)])
            let page = try Self.page(Self.format(.openMetrics, scheme), family)
            let units = page.split(separator: "\n").filter { $0.hasPrefix("# UNIT ") }
            #expect(units.count == (isTold ? 1 : 0), "\(page)")
            #expect(units.allSatisfy { $0.hasSuffix(" bytes") })
            #expect(try !Self.page(Self.format(.text, scheme), family).contains("# UNIT"))
        }
    }

    @Test func `a counter without its suffix keeps its name and is of unknown type in OpenMetrics`() throws {
        var family = MetricFamilySnapshot(
            "hits", type: .counter, help: "H.",
            metrics: [
                MetricSnapshot(
                    .counter(5), created: 1, exemplar: Exemplar(labels: [LabelPair("trace_id", "x")], value: 1))
            ])
        family.omitsTotal = true
        #expect(try Self.page(.text, family) == "# TYPE hits counter\n# HELP hits H.\nhits 5\n")
        var format = ExpositionFormat.openMetrics
        format.showsCreated = true
        #expect(try Self.page(format, family) == "# TYPE hits unknown\n# HELP hits H.\nhits 5\n# EOF\n")
        family.name = "hits.x"
        #expect(try Self.page(.text, family) == "# TYPE hits_x counter\n# HELP hits_x H.\nhits_x 5\n")
        #expect(
            try Self.page(Self.format(.text, .values), family)
                == "# TYPE U__hits_2e_x counter\n# HELP U__hits_2e_x H.\nU__hits_2e_x 5\n")
        let registry = Registry()
        family.name = "a_total"
        registry.register(Fixed([family]))
        #expect(registry.page(of: "a_total") == "# TYPE a_total counter\n# HELP a_total H.\na_total 5\n")
        #expect(registry.family("a_total")?.omitsTotal == true)
    }

    @Test func `a gauge histogram is two families of gauges besides in the text formats`() throws {
        func histogram(_ labels: [LabelPair], _ count: UInt64, _ sum: Double?, _ timestamp: Double? = nil)
            -> MetricSnapshot
        {
            let buckets = [1, .infinity].map { HistogramPoint.Bucket(upperBound: $0, cumulativeCount: count) }
            return MetricSnapshot(
                labels: labels, .histogram(HistogramPoint(buckets: buckets, sum: sum)), timestamp: timestamp)
        }
        let family = MetricFamilySnapshot(
            "queue", type: .gaugeHistogram, help: "Q.",
            metrics: [histogram([LabelPair("a", "1")], 2, 0.5), histogram([], 3, nil, 1.5)])
        let next = MetricFamilySnapshot("x", type: .gauge, help: "", metrics: [MetricSnapshot(.gauge(1))])
        let head = #"""
            # TYPE queue histogram
            # HELP queue Q.
            queue_bucket{a="1",le="1.0"} 2
            queue_bucket{a="1",le="+Inf"} 2
            queue_bucket{le="1.0"} 3 1500
            queue_bucket{le="+Inf"} 3 1500
            # TYPE queue_gcount gauge
            # HELP queue_gcount Q.
            queue_gcount{a="1"} 2
            queue_gcount 3 1500
            # TYPE queue_gsum gauge
            # HELP queue_gsum Q.
            queue_gsum{a="1"} 0.5

            """#
        #expect(try Self.page(.text, family) == head)
        #expect(try Self.page(.text, family, next) == head + "# TYPE x gauge\nx 1\n")
        #expect(
            try Self.page(.openMetrics, family, next) == #"""
                # TYPE queue gaugehistogram
                # HELP queue Q.
                queue_bucket{a="1",le="1.0"} 2
                queue_bucket{a="1",le="+Inf"} 2
                queue_gcount{a="1"} 2
                queue_gsum{a="1"} 0.5
                queue_bucket{le="1.0"} 3 1.5
                queue_bucket{le="+Inf"} 3 1.5
                # TYPE x gauge
                x 1
                # EOF

                """#)
        var empty = family
        empty.metrics = []
        #expect(try Self.page(.text, empty, next) == "# TYPE queue histogram\n# HELP queue Q.\n# TYPE x gauge\nx 1\n")
    }
}

import Testing

@testable import Vernier

/// A collector of families that are there already.
private struct Shelf: Collector {
    let families: [MetricFamilySnapshot]
    func collect() -> [MetricFamilySnapshot] { families }
}

@Suite struct ProtobufSinkTests {
    /// The page of what a closure declares, without the registry's own families, and without the times of making.
    private func page(
        constantLabels: KeyValuePairs<String, String> = [:], _ format: ExpositionFormat = .protobuf,
        _ declare: (Registry) -> Void
    ) throws -> String {
        let registry = Registry(constantLabels: constantLabels)
        declare(registry)
        return try ProtobufReader.description(of: registry.bytes(format)).replacing(#/ created \d+\.\d{9}/#, with: "")
    }

    /// The page of one family that a collector hands over.
    private func page(of family: MetricFamilySnapshot) throws -> String {
        let registry = Registry()
        registry.register(Shelf(families: [family]))
        return try ProtobufReader.description(of: registry.bytes(.protobuf))
    }

    @Test func `a counter has its suffix and its unit`() throws {
        let text = try page { registry in
            let sent = CounterFamily(
                "sent", unit: .bytes, help: "Bytes\n\"sent\".", labels: .of(Label<Method>("method")), registry: registry
            )
            sent[.post].increment(by: 0.5)
        }
        #expect(
            text == """
                COUNTER sent_bytes_total in bytes: "Bytes\\n\\"sent\\"."
                  {method="GET"} 0.0
                  {method="POST"} 0.5

                """)
    }

    @Test func `gauges, infos, state sets and numbers of unknown kind`() throws {
        enum Phase: String, FiniteLabel { case starting, serving }
        let text = try page { registry in
            Gauge("a", help: "", registry: registry).set(-.infinity)
            UpDownCounter("b", help: "B.", registry: registry).decrement(by: 2)
            Info("build", help: "Build.", ["version": "1"], registry: registry)
            _ = StateSet<Phase>("phase", help: "Phase.", initial: .serving, registry: registry)
        }
        #expect(
            text == """
                GAUGE a
                  {} -inf
                GAUGE b: "B."
                  {} -2.0
                GAUGE build_info: "Build."
                  {version="1"} 1.0
                GAUGE phase: "Phase."
                  {phase="starting"} 0.0
                  {phase="serving"} 1.0

                """)
        let unknown = MetricFamilySnapshot("x", type: .unknown, help: "", metrics: [MetricSnapshot(.unknown(4))])
        #expect(try page(of: unknown) == "UNTYPED x\n  {} 4.0\n")
    }

    @Test func `a histogram leaves out the bucket that is its count`() throws {
        let text = try page { registry in
            let histogram = Histogram("size", unit: .bytes, help: "", buckets: [1, 2.5], registry: registry)
            for value in [0.5, 1, 2, 7] { histogram.observe(value) }
            Histogram("time", unit: .seconds, help: "", buckets: [1], registry: registry).observe(.milliseconds(1500))
        }
        #expect(
            text == """
                HISTOGRAM size_bytes in bytes
                  {} count 4 sum 10.5 <=1.0: 2 <=2.5: 3
                HISTOGRAM time_seconds in seconds
                  {} count 1 sum 1.5 <=1.0: 0

                """)
    }

    @Test func `a histogram of one bucket says so`() throws {
        let point = HistogramPoint(buckets: [.init(upperBound: .infinity, cumulativeCount: 3)], sum: nil)
        for (type, word) in [(MetricType.histogram, "HISTOGRAM"), (.gaugeHistogram, "GAUGE_HISTOGRAM")] {
            let family = MetricFamilySnapshot("h", type: type, help: "", metrics: [MetricSnapshot(.histogram(point))])
            #expect(try page(of: family) == "\(word) h\n  {} count 3 <=inf: 3\n")
        }
    }

    @Test func `a summary has its quantiles, and what it knows of count and sum`() throws {
        let quantiles = [SummaryPoint.Quantile(quantile: 0.5, value: 2), .init(quantile: 0.9, value: .nan)]
        let family = MetricFamilySnapshot(
            "s", type: .summary, help: "",
            metrics: [
                MetricSnapshot(
                    labels: [LabelPair("a", "1")], .summary(SummaryPoint(quantiles: quantiles, count: 4, sum: 9))),
                MetricSnapshot(
                    labels: [LabelPair("a", "2")], .summary(SummaryPoint(quantiles: [], count: nil, sum: nil)),
                    created: 1.5),
            ])
        #expect(
            try page(of: family) == """
                SUMMARY s
                  {a="1"} count 4 sum 9.0 0.5: 2.0 0.9: nan
                  {a="2"} created 1.500000000

                """)
    }

    @Test func `labels are what was declared, whatever is in them`() throws {
        let values = [
            "", "a", "seven77", "eight888", "nine99999", "\"", "\\", "\n", "\\n", "seven77\"", "seven77\\\"x\n\n",
            "é=\",",
            String(repeating: "x", count: 127), String(repeating: "y\\", count: 130),
            String(repeating: "z", count: 20_000),
        ]
        for value in values {
            for other in ["", "o", "another"] {
                let text = try page(constantLabels: ["zone": "a\"b"]) { registry in
                    let family = GaugeFamily(
                        "g", help: "", labels: .of(Label<String>("first"), Label<String>("n")), registry: registry)
                    family[value, other].set(1)
                }
                let labels = [("zone", "a\"b"), ("first", value), ("n", other)].filter {
                    !$0.1.isEmpty || $0.0 != "zone"
                }
                let pairs = labels.map { "\($0.0)=\($0.1.debugDescription)" }.joined(separator: ",")
                #expect(text == "GAUGE g\n  {\(pairs)} 1.0\n")
            }
        }
    }

    @Test(arguments: [
        (1_520_879_607.789, "1520879607.789000000"), (0, "0.000000000"), (0.000_001_4, "0.000001000"),
        (-1.25, "-2.750000000"),
        (1.999_999_9, "2.000000000"), (1e11, "100000000000.000000000"),
    ])
    func `created times are seconds and nanoseconds`(created: Double, text: String) throws {
        let family = MetricFamilySnapshot(
            "c", type: .counter, help: "", metrics: [MetricSnapshot(.counter(1), created: created)])
        #expect(try page(of: family) == "COUNTER c_total\n  {} 1.0 created \(text)\n")
    }

    /// The page of a counter, as a sink gets it: also what no collector could hand over.
    private func counter(_ times: SampleTimes, _ exemplar: Exemplar? = nil) throws -> String {
        var sink = ProtobufSink(.protobuf)
        sink.begin(try FamilyDescriptor("c", type: .counter, unit: nil, help: ""))
        let none: [UInt8] = []
        sink.counter(none.span, .unsigned(1), times, exemplar)
        sink.end()
        var page = PageBuffer()
        try sink.drain { page.append(copying: $0) }
        return try ProtobufReader.description(of: page.array)
    }

    @Test(arguments: [Double.infinity, -.infinity, 1e300, -1e12])
    func `a time that no message holds is left out`(time: Double) throws {
        let exemplar = Exemplar(labels: [], value: 1, timestamp: time)
        #expect(try counter(SampleTimes(created: time), exemplar) == "COUNTER c_total\n  {} 1.0 # {} 1.0\n")
    }

    @Test(arguments: [
        (1.5, " at 1500 ms"), (-1.5, " at -1500 ms"), (0, " at 0 ms"), (0.0004, " at 0 ms"), (.infinity, ""),
        (1e300, ""), (.nan, ""),
    ])
    func `timestamps are milliseconds`(time: Double, text: String) throws {
        #expect(try counter(SampleTimes(timestamp: time)) == "COUNTER c_total\n  {} 1.0\(text)\n")
    }

    @Test func `what counts says since when`() throws {
        let registry = Registry()
        Counter("c", help: "", registry: registry).increment()
        Histogram("h", help: "", buckets: [1], registry: registry).observe(2)
        Summary("s", help: "", registry: registry).observe(2)
        Gauge("g", help: "", registry: registry).set(1)
        let families = try ProtobufReader.delimited(registry.bytes(.protobuf))
        for (name, type, created) in [("c", 3, 3), ("h", 7, 15), ("s", 4, 4)] as [(String, UInt64, UInt64)] {
            let family = try families.first { try $0.text(1)?.first == name.first }
            let metric = try family?.messages(4).first
            let time = try metric?.message(type)?.message(created)
            let shown = try Double(time?.integer(1) ?? 0) + Double(time?.integer(2) ?? 0) / 1e9
            let wanted = try #require(registry.family(name)?.metrics.first?.created)
            #expect(abs(shown - wanted) <= 1e-6)
        }
        #expect(families.count == 4)
    }

    @Test func `exemplars stand by counters and by their buckets`() throws {
        let exemplar = Exemplar(
            labels: [LabelPair("trace_id", "x\"y"), LabelPair("s", "2")], value: 0.5, timestamp: 12.5)
        let bare = Exemplar(labels: [], value: 9)
        let counter = MetricFamilySnapshot(
            "c", type: .counter, help: "", metrics: [MetricSnapshot(.counter(1), created: 1, exemplar: exemplar)])
        let shown = #" # {trace_id="x\"y",s="2"} 0.5 at 12.500000000"#
        #expect(try page(of: counter) == "COUNTER c_total\n  {} 1.0\(shown) created 1.000000000\n")
        let point = HistogramPoint(
            buckets: [
                .init(upperBound: 1, cumulativeCount: 1, exemplar: exemplar), .init(upperBound: 2, cumulativeCount: 1),
                .init(upperBound: .infinity, cumulativeCount: 2, exemplar: bare),
            ], sum: 9.5)
        let histogram = MetricFamilySnapshot(
            "h", type: .histogram, help: "", metrics: [MetricSnapshot(.histogram(point), created: 2)])
        #expect(
            try page(of: histogram) == """
                HISTOGRAM h
                  {} count 2 sum 9.5 <=1.0: 1\(shown) <=2.0: 1 <=inf: 2 # {} 9.0 created 2.000000000

                """)
    }

    @Test(arguments: [
        (EscapingScheme?.none, "trace_id"), (.underscores, "trace_id"), (.dots, "trace_dot_id"),
        (.values, "U__trace_2e_id"),
    ])
    func `the labels of exemplars have names as the scheme writes them`(scheme: EscapingScheme?, name: String) throws {
        let exemplar = Exemplar(labels: [LabelPair("trace.id", "x")], value: 1)
        let counter = MetricFamilySnapshot(
            "c", type: .counter, help: "", metrics: [MetricSnapshot(.counter(1), exemplar: exemplar)])
        let page = try ExpositionFormat(.protobuf, escaping: scheme).page(of: [counter])
        #expect(try ProtobufReader.description(of: page) == "COUNTER c_total\n  {} 1.0 # {\(name)=\"x\"} 1.0\n")
    }

    @Test func `a family without metrics has no message`() throws {
        let text = try page { registry in
            _ = CounterFamily("a", help: "", labels: .of(Label<String>("l")), registry: registry)
            Gauge("b", help: "", registry: registry).set(1)
            _ = CounterFamily("c", help: "", labels: .of(Label<String>("l")), registry: registry)
        }
        #expect(text == "GAUGE b\n  {} 1.0\n")
        #expect(try page { _ in } == "")
    }

    @Test func `families larger than a piece are one message each, among small ones`() throws {
        let registry = Registry()
        let counts = [1, 3000, 2, 1, 700, 1500, 1]
        for (number, count) in counts.enumerated() {
            let family = CounterFamily(
                "f\(number)", help: "Family.", labels: .of(Label<Int>("number"), Label<String>("text")),
                registry: registry)
            for index in 0..<count { family[index, "a value of some length"].increment(by: index) }
        }
        var pieces: [Int] = []
        var page: [UInt8] = []
        let names = Set((0..<counts.count).map { "f\($0)" })
        try registry.expose(as: .protobuf, names: names) { piece in
            pieces.append(piece.byteCount)
            page += PageBuffer.copy(of: piece)
        }
        let messages = try ProtobufReader.delimited(page)
        #expect(try messages.map { try $0.text(1) } == (0..<counts.count).map { "f\($0)_total" })
        #expect(messages.map { $0.values(4).count } == counts)
        for message in messages {
            let values = try message.messages(4).map { try $0.message(3)?.double(1) }
            #expect(values == (0..<values.count).map(Double.init))
        }
        #expect(pieces.count > 5)
        #expect(pieces.allSatisfy { $0 < 2 * TextSink.pieceBytes })
    }

    @Test func `an error of the reader ends the page`() {
        let registry = Registry()
        let family = CounterFamily("f", help: "", labels: .of(Label<Int>("number")), registry: registry)
        for index in 0..<3000 { family[index].increment() }
        Gauge("g", help: "", registry: registry).set(1)
        var calls = 0
        #expect(throws: Trouble.self) {
            try registry.expose(as: .protobuf) { _ in
                calls += 1
                throw Trouble()
            }
        }
        #expect(calls == 1)
    }

    @Test func `text and protobuf say the same`() throws {
        let registry = Registry()
        let family = HistogramFamily(
            "h", unit: .seconds, help: "H.", labels: .of(Label<Method>("method")), registry: registry)
        family[.get].observe(0.3)
        let message = try #require(try ProtobufReader.delimited(registry.bytes(.protobuf)).first)
        let buckets = try message.messages(4).map { try ($0.message(7)?.messages(3) ?? []).map { try $0.integer(1) } }
        guard case .histogram(let point)? = registry.family("h_seconds")?.metrics.first?.point else {
            Issue.record("no histogram")
            return
        }
        #expect(buckets.first == point.counts.dropLast().map(Optional.some))
    }
}

extension Registry {
    /// The bytes of a page without the registry's own families.
    fileprivate func bytes(_ format: ExpositionFormat) throws -> [UInt8] {
        var page: [UInt8] = []
        let names = gather(timeout: .seconds(300)).map(\.name).filter { !$0.hasPrefix("vernier_") }
        try expose(as: format, names: Set(names), timeout: .seconds(300)) { page += PageBuffer.copy(of: $0) }
        return page
    }
}

extension PageBuffer {
    /// The bytes of a span.
    fileprivate static func copy(of span: RawSpan) -> [UInt8] {
        var page = PageBuffer()
        page.append(copying: span)
        return page.array
    }
}

/// Names that not every reader takes.
@Suite struct ProtobufSinkNameTests {
    private static let families = [
        MetricFamilySnapshot(
            "http.requests", type: .counter, help: "H.",
            metrics: [MetricSnapshot(labels: [LabelPair("a \"b\\", "\"v\n"), LabelPair("plain", "")], .counter(1))]),
        MetricFamilySnapshot(
            "my.size_bytes", type: .histogram, unit: "bytes", help: "",
            metrics: [
                MetricSnapshot(
                    .histogram(HistogramPoint(buckets: [.init(upperBound: .infinity, cumulativeCount: 0)], sum: 0)))
            ]),
        MetricFamilySnapshot(
            "phäse", type: .stateSet, help: "", metrics: [MetricSnapshot(.stateSet([StatePoint("on", isOn: true)]))]),
    ]

    @Test(arguments: [
        (
            EscapingScheme?.some(.allowUTF8),
            #"""
            COUNTER http.requests_total: "H."
              {a "b\="\"v\n",plain=""} 1.0
            HISTOGRAM my.size_bytes in bytes
              {} count 0 sum 0.0 <=inf: 0
            GAUGE phäse
              {phäse="on"} 1.0

            """#
        ),
        (
            nil,
            #"""
            COUNTER http_requests_total: "H."
              {a__b_="\"v\n",plain=""} 1.0
            HISTOGRAM my_size_bytes in bytes
              {} count 0 sum 0.0 <=inf: 0
            GAUGE ph_se
              {ph_se="on"} 1.0

            """#
        ),
        (
            .values,
            #"""
            COUNTER U__http_2e_requests__total: "H."
              {U__a_20__22_b_5c_="\"v\n",plain=""} 1.0
            HISTOGRAM U__my_2e_size__bytes in bytes
              {} count 0 sum 0.0 <=inf: 0
            GAUGE U__ph_e4_se
              {U__ph_e4_se="on"} 1.0

            """#
        ),
    ])
    func `names are written as the reader takes them`(scheme: EscapingScheme?, text: String) throws {
        let page = try ExpositionFormat(.protobuf, escaping: scheme).page(of: Self.families)
        #expect(try ProtobufReader.description(of: page) == text)
    }

    @Test func `constant labels have names too`() throws {
        let registry = Registry(constantLabels: ["data.center": "x"])
        GaugeFamily("g", help: "", labels: .of(Label<String>("l")), registry: registry)["v"].set(1)
        for (format, name) in [
            (ExpositionFormat(.protobuf, escaping: .allowUTF8), "data.center"), (.protobuf, "data_center"),
        ] {
            let page = try ProtobufReader.description(of: registry.bytes(format))
            #expect(page == "GAUGE g\n  {\(name)=\"x\",l=\"v\"} 1.0\n")
        }
    }

    @Test func `a counter may lack its suffix, and a metric may be there at several times`() throws {
        var family = MetricFamilySnapshot(
            "c", type: .counter, help: "",
            metrics: [MetricSnapshot(.counter(1), timestamp: 1), MetricSnapshot(.counter(2), timestamp: 2)])
        family.omitsTotal = true
        let page = try ExpositionFormat.protobuf.page(of: [family])
        #expect(try ProtobufReader.description(of: page) == "COUNTER c\n  {} 1.0 at 1000 ms\n  {} 2.0 at 2000 ms\n")
    }
}

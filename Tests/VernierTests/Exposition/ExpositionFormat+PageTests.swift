import Testing

@testable import Vernier

@Suite struct ExpositionFormatPageTests {
    private static func gauge(_ name: String, _ value: Double = 1) -> MetricFamilySnapshot {
        MetricFamilySnapshot(name, type: .gauge, help: "", metrics: [MetricSnapshot(.gauge(value))])
    }

    private static func counter(_ name: String) -> MetricFamilySnapshot {
        MetricFamilySnapshot(name, type: .counter, help: "", metrics: [MetricSnapshot(.counter(1))])
    }

    @Test(arguments: [ExpositionFormat.text, .utf8Text, .openMetrics])
    func `what a registry gathers makes the page that it shows`(format: ExpositionFormat) throws {
        let registry = Registry(prefix: "app", constantLabels: ["zone": "z"])
        let counter = CounterFamily(
            "sent", unit: .bytes, help: "S.", labels: .of(Label<String>("to.whom")), registry: registry)
        for number in 0..<2_000 { counter["\(number)"].increment(by: number) }
        Histogram("time", unit: .seconds, help: "T.", registry: registry).observe(0.3)
        Summary("wait", help: "W.", registry: registry).observe(1.5)
        Info("build.x", help: "B.", ["version": "1"], registry: registry)
        _ = StateSet("phase", help: "P.", initial: Method.get, registry: registry)
        let page = try format.page(of: registry.gather())
        #expect(page.count > 3 * TextSink.pieceBytes)
        #expect(text(page) == registry.page(as: format))
    }

    @Test func `families keep their order and their names`() throws {
        let page = try ExpositionFormat.text.page(of: [Self.gauge("z_total"), Self.gauge("a"), Self.counter("b_total")])
        #expect(
            text(page)
                == "# TYPE z_total gauge\nz_total 1\n# TYPE a gauge\na 1\n# TYPE b_total_total counter\nb_total_total 1\n"
        )
        #expect(try ExpositionFormat.openMetrics.page(of: []) == bytes("# EOF\n"))
        #expect(try ExpositionFormat.text.page(of: []) == [])
    }

    static let clashes: [([MetricFamilySnapshot], String)] = [
        ([gauge("a"), gauge("b"), gauge("a")], "The family \"a\" stands twice."),
        (
            [counter("a"), gauge("a_total")],
            "The families \"a\" and \"a_total\" clash: both would expose the name \"a_total\"."
        ),
        ([gauge("a.b"), gauge("a_b")], "The families \"a.b\" and \"a_b\" clash: both would expose the name \"a_b\"."),
        ([gauge("a.b"), gauge("a-b")], "The families \"a.b\" and \"a-b\" clash: both would expose the name \"a_b\"."),
        (
            [gauge("a_dot_b"), gauge("a.b")],
            "The families \"a_dot_b\" and \"a.b\" clash: both would expose the name \"a_dot_b\"."
        ),
        (
            [counter("a.b"), gauge("U__a_2e_b__total")],
            "The families \"a.b\" and \"U__a_2e_b__total\" clash: both would expose the name \"U__a_2e_b__total\"."
        ),
    ]

    @Test(arguments: clashes)
    func `two families that take one name under any scheme are refused`(
        families: [MetricFamilySnapshot], message: String
    ) {
        for format in [ExpositionFormat.text, .utf8Text, .openMetrics] {
            let error = #expect(throws: SnapshotError.self) { try format.page(of: families) }
            #expect(error?.description == message)
            #expect(error?.family == families.last?.name)
        }
    }

    @Test func `a text page may have families that only OpenMetrics gives the same names`() throws {
        let families = [Self.counter("a"), Self.gauge("a_created"), Self.gauge("a")]
        for format in [ExpositionFormat.text, .utf8Text] {
            #expect(
                text(try format.page(of: families))
                    == "# TYPE a_total counter\na_total 1\n# TYPE a_created gauge\na_created 1\n# TYPE a gauge\na 1\n")
        }
        for pair in [[families[0], families[1]], [families[0], families[2]]] {
            #expect(throws: SnapshotError.self) { try ExpositionFormat.openMetrics.page(of: pair) }
        }
        #expect(throws: SnapshotError.self) { try ExpositionFormat.text.page(of: [families[2], families[2]]) }
    }

    @Test func `a text page may have counters of any value and times in any order`() throws {
        var family = Self.counter("a")
        family.metrics = [
            MetricSnapshot(.counter(-1), timestamp: 2), MetricSnapshot(.counter(.nan), timestamp: 1),
            MetricSnapshot(.counter(3)),
        ]
        #expect(
            text(try ExpositionFormat.text.page(of: [family]))
                == "# TYPE a_total counter\na_total -1 2000\na_total NaN 1000\na_total 3\n")
        #expect(throws: SnapshotError.self) { try ExpositionFormat.openMetrics.page(of: [family]) }
        family.metrics[0].timestamp = 1
        #expect(throws: SnapshotError.self) { try ExpositionFormat.text.page(of: [family]) }
    }

    @Test func `OpenMetrics has times that milliseconds do not hold`() throws {
        var family = Self.counter("a")
        family.metrics[0].timestamp = 1e19
        family.metrics[0].exemplar = Exemplar(labels: [], value: 1, timestamp: -1e300)
        #expect(
            text(try ExpositionFormat.openMetrics.page(of: [family]))
                == "# TYPE a counter\na_total 1 1e+19 # {} 1 -1e+300\n# EOF\n")
        for format in [ExpositionFormat.text, .protobuf] {
            #expect(throws: SnapshotError.self) { try format.page(of: [family]) }
        }
    }

    @Test func `a counter with the suffix and one without may stand on a page in text`() throws {
        var bare = Self.counter("a")
        bare.omitsTotal = true
        let families = [bare, Self.counter("a")]
        #expect(
            try text(ExpositionFormat.text.page(of: families))
                == "# TYPE a counter\na 1\n# TYPE a_total counter\na_total 1\n")
        #expect(throws: SnapshotError.self) { try ExpositionFormat.openMetrics.page(of: families) }
    }

    @Test func `a gauge histogram is a histogram in text, with the names of one`() throws {
        let families = [MetricFamilySnapshot("a", type: .gaugeHistogram, help: ""), Self.gauge("a_sum")]
        #expect(throws: SnapshotError.self) { try ExpositionFormat.text.page(of: families) }
        #expect(
            try text(ExpositionFormat.openMetrics.page(of: families))
                == "# TYPE a gaugehistogram\n# TYPE a_sum gauge\na_sum 1\n# EOF\n")
    }

    @Test func `a family that cannot be shown is named with what is wrong`() {
        func message(_ family: MetricFamilySnapshot) -> String? {
            do {
                _ = try ExpositionFormat.text.page(of: [Self.gauge("fine"), family])
                return nil
            } catch {
                #expect((error as? SnapshotError)?.family == family.name)
                return "\(error)"
            }
        }
        #expect(message(Self.gauge(""))?.contains("The metric name is empty") == true)
        var unit = Self.gauge("length")
        unit.unit = "meters"
        #expect(message(unit)?.contains("its name does not end in \"_meters\"") == true)
        unit.name = "length_meters"
        #expect(message(unit) == nil)
        unit.name = "length_m/s"
        unit.unit = "m/s"
        #expect(message(unit)?.contains("the unit \"m/s\" has other characters") == true)
        var wrong = Self.counter("c")
        wrong.type = .gauge
        #expect(message(wrong)?.contains("c is of type gauge and holds counter(1.0)") == true)
        var twice = Self.gauge("t")
        twice.metrics += twice.metrics
        #expect(message(twice) == "t has the labels [] twice")
    }
}

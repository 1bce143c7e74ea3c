import Testing

@testable import Vernier

/// Times, exemplars and labels of families that a collector hands over.
@Suite struct CollectedFamilyExtrasTests {
    private static func counter(_ metrics: [MetricSnapshot]) -> MetricFamilySnapshot {
        MetricFamilySnapshot("c", type: .counter, help: "", metrics: metrics)
    }

    private static func at(_ timestamp: Double?, _ labels: [LabelPair] = []) -> MetricSnapshot {
        MetricSnapshot(labels: labels, .counter(1), timestamp: timestamp)
    }

    private static func with(_ exemplar: Exemplar) -> MetricFamilySnapshot {
        counter([MetricSnapshot(.counter(1), exemplar: exemplar)])
    }

    private static func bucket(_ exemplar: Exemplar, native: [Exemplar] = []) -> MetricFamilySnapshot {
        let buckets = [
            HistogramPoint.Bucket(upperBound: 1, cumulativeCount: 1, exemplar: exemplar),
            HistogramPoint.Bucket(upperBound: .infinity, cumulativeCount: 1),
        ]
        let natives = NativeHistogramPoint(schema: 0, zeroThreshold: 0, zeroCount: 1, exemplars: native)
        return MetricFamilySnapshot(
            "h", type: .histogram, help: "",
            metrics: [MetricSnapshot(.histogram(HistogramPoint(buckets: buckets, sum: 1, native: natives)))])
    }

    private static func label(_ name: String, _ value: String) -> [LabelPair] { [LabelPair(name, value)] }

    static let long = String(repeating: "é", count: 120)

    static let refused: [(MetricFamilySnapshot, String)] = [
        (counter([at(1), at(1)]), "c has the labels [] twice"),
        (counter([at(2), at(1)]), "c has the labels [] twice"),
        (counter([at(nil), at(1)]), "c has the labels [] twice"),
        (counter([at(1), at(nil)]), "c has the labels [] twice"),
        (counter([at(1.0001), at(1.0004)]), "c has the labels [] twice"),
        (counter([at(-0.0001), at(0)]), "c has the labels [] twice"),
        (counter([at(1), at(1, label("a", "b")), at(2)]), "c has the labels [] twice"),
        (counter([at(nil, label("a", "")), at(nil)]), "c has the labels [] twice"),
        (counter([at(1, label("a", "")), at(nil)]), "c has the labels [] twice"),
        (counter([at(nil, label("a", "")), at(nil, label("b", ""))]), "twice"),
        (counter([at(nil, label("a.b", "1")), at(nil, label("a_b", "1"))]), "twice"),
        (counter([at(nil, label("a.b", "1")), at(nil, label("a_dot_b", "1"))]), "twice"),
        (counter([at(nil, label("a.b", "1")), at(nil, label("U__a_2e_b", "1"))]), "twice"),
        (counter([at(.nan)]), "c has the time nan"), (counter([at(.infinity)]), "c has the time inf"),
        (counter([at(1e16)]), "c has the time 1e+16"),
        (counter([MetricSnapshot(.counter(1), created: -.infinity)]), "c has the time -inf"),
        (
            MetricFamilySnapshot(
                "g", type: .gauge, help: "",
                metrics: [MetricSnapshot(.gauge(1), exemplar: Exemplar(labels: [], value: 1))]),
            "g has an exemplar, which only counters and buckets have"
        ),
        (
            with(Exemplar(labels: label("trace_id", long + "x"), value: 1)),
            "an exemplar of c has labels of 129 code points; 128 are allowed"
        ),
        // 9 of them are "U__a_2e_b".
        (with(Exemplar(labels: label("a.b", long), value: 1)), "an exemplar of c has labels of 129 code points"),
        (with(Exemplar(labels: label("", "x"), value: 1)), "The label name is empty"),
        (with(Exemplar(labels: label("__a", "x"), value: 1)), "kept for the server"),
        (
            with(Exemplar(labels: label("a.b", "x") + label("a_b", "x"), value: 1)),
            "an exemplar of c has the label a_b twice"
        ),
        (with(Exemplar(labels: [], value: 1, timestamp: .nan)), "an exemplar of c has the time nan"),
        (bucket(Exemplar(labels: [], value: 1.5)), "the exemplar 1.5 of h is not in the bucket up to 1.0"),
        (bucket(Exemplar(labels: label("a", long + long), value: 1)), "an exemplar of h has labels of 241 code points"),
        (
            bucket(
                Exemplar(labels: [], value: 1), native: [Exemplar(labels: label("a", long + long), value: 1)]),
            "an exemplar of h has labels of 241 code points"
        ),
    ]

    @Test(arguments: refused)
    func `what the formats cannot show is refused and named`(family: MetricFamilySnapshot, message: String) {
        let error = #expect(throws: (any Error).self) {
            try CollectedFamily(family, prefix: nil, constantLabels: [])
        }
        #expect(error.map { "\($0)".contains(message) } == true, "\(error.map { "\($0)" } ?? "nothing")")
        // The format that can show the least of times and counters, as much as a collector may hand over.
        #expect(throws: SnapshotError.self) { try ExpositionFormat.protobuf.page(of: [family]) }
    }

    static func info(_ first: Double?, _ second: Double?) -> MetricFamilySnapshot {
        let metrics = zip(["1", "2"], [first, second]).map {
            MetricSnapshot(labels: label("a", $0), .info, timestamp: $1)
        }
        return MetricFamilySnapshot("i", type: .info, help: "", metrics: metrics)
    }

    @Test(arguments: [(nil, 1), (1, nil)] as [(Double?, Double?)])
    func `info metrics of a family have all a time or none where OpenMetrics shows them`(
        first: Double?, second: Double?
    ) throws {
        let family = Self.info(first, second)
        let message = "i has info metrics with a time and without one"
        let error = #expect(throws: CollectedFamily.Problem.self) {
            try CollectedFamily(family, prefix: nil, constantLabels: [])
        }
        #expect(error?.description.hasPrefix(message) == true)
        let refusal = #expect(throws: SnapshotError.self) { try ExpositionFormat.openMetrics.page(of: [family]) }
        #expect(refusal?.description.contains(message) == true)
        for format in [ExpositionFormat.text, .utf8Text, .protobuf] {
            #expect(try !format.page(of: [family]).isEmpty)
        }
    }

    @Test func `times that milliseconds do not tell apart are two in OpenMetrics only`() throws {
        let family = Self.counter([Self.at(1.0001), Self.at(1.0004)])
        let page = String(decoding: try ExpositionFormat.openMetrics.page(of: [family]), as: UTF8.self)
        #expect(page.contains("c_total 1 1.0001\nc_total 1 1.0004\n"))
        for format in [ExpositionFormat.text, .utf8Text, .protobuf] {
            #expect(throws: SnapshotError.self) { try format.page(of: [family]) }
        }
    }

    static let allowed: [MetricFamilySnapshot] = [
        info(1, 2), info(2, 1), info(nil, nil), counter([at(1.0004), at(1.0006)]),
        counter([at(1), at(2), at(2.5)]), counter([at(-8e15), at(8e15)]),
        counter([at(1), at(2), at(1, label("a", "b")), at(2, label("a", "b"))]),
        counter([at(nil, label("a.b", "1")), at(nil, label("a_b", "2"))]),
        counter([at(nil, label("a", "e\u{301}")), at(nil, label("a", "é"))]),
        with(Exemplar(labels: label("trace_id", long), value: -0.5, timestamp: 0)),
        bucket(Exemplar(labels: label("a", "b"), value: -3, timestamp: 1)),
        bucket(Exemplar(labels: [], value: 1), native: [Exemplar(labels: [], value: 9, timestamp: 1)]),
    ]

    @Test(arguments: allowed)
    func `what they can show comes back from a gather as it was`(family: MetricFamilySnapshot) throws {
        let registry = Registry()
        registry.register(Fixed([family]))
        #expect(registry.gather().first { $0.name == family.name } == family)
    }
}

import Testing

@testable import Vernier

/// Native buckets in protobuf, as a sink gets them.
@Suite struct ProtobufSinkHistogramTests {
    private func page(
        _ native: NativeHistogramPoint?, bounds: [Double] = [], counts: [UInt64], sum: Amount? = .floating(1),
        exemplars: [Exemplar?] = [], type: MetricType = .histogram
    ) throws -> String {
        var sink = ProtobufSink(.protobuf)
        sink.begin(try FamilyDescriptor("h", type: type, unit: nil, help: ""))
        let none: [UInt8] = []
        sink.histogram(
            none.span, bounds: HistogramBounds(bounds), counts: counts, sum: sum, SampleTimes(created: 3),
            HistogramExtras(native: native, exemplars: exemplars))
        sink.end()
        var page = PageBuffer()
        try sink.drain { page.append(copying: $0) }
        return try ProtobufReader.description(of: page.array)
    }

    private static func buckets(_ pairs: KeyValuePairs<Int, UInt64>) -> [NativeHistogramPoint.Bucket] {
        pairs.map { .init(index: $0.key, count: $0.value) }
    }

    private let point = NativeHistogramPoint(
        schema: -2, zeroThreshold: 0.5, zeroCount: 300, positive: buckets([-2: 3, -1: 5, 2: 1, 4: 3, 5: 2]),
        negative: buckets([7: 1]))
    private let shown =
        "schema -2 zero 0.5: 300 negative [7:1] 1 positive [-2:8] 3 2 -5 0 1 -1 3 -1 created 3.000000000"

    @Test func `native buckets alone have no bounds`() throws {
        #expect(try page(point, counts: [315]) == "HISTOGRAM h\n  {} count 315 sum 1.0 \(shown)\n")
    }

    @Test func `native buckets stand beside those with bounds`() throws {
        #expect(
            try page(point, bounds: [1], counts: [15, 300])
                == "HISTOGRAM h\n  {} count 315 sum 1.0 <=1.0: 15 \(shown)\n")
    }

    @Test func `what a server would refuse leaves only the count`() throws {
        #expect(
            try page(point, counts: [316]) == "HISTOGRAM h\n  {} count 316 sum 1.0 <=inf: 316 created 3.000000000\n")
        var fine = point
        fine.schema = 9
        #expect(try page(fine, counts: [315]) == "HISTOGRAM h\n  {} count 315 sum 1.0 <=inf: 315 created 3.000000000\n")
    }

    @Test func `an empty histogram is known for native`() throws {
        let empty = NativeHistogramPoint(schema: 8, zeroThreshold: 0)
        #expect(
            try page(empty, counts: [0], sum: .nanoseconds(0))
                == "HISTOGRAM h\n  {} count 0 sum 0.0 schema 8 zero 0.0: 0 positive [0:0]  created 3.000000000\n")
        let usual = NativeHistogramPoint(schema: 8, zeroThreshold: 0x1p-128)
        #expect(
            try page(usual, counts: [0], sum: .nanoseconds(0))
                == "HISTOGRAM h\n  {} count 0 sum 0.0 schema 8 zero 2.938735877055719e-39: 0 created 3.000000000\n")
    }

    @Test func `exemplars of native buckets have a time`() throws {
        var point = NativeHistogramPoint(schema: 0, zeroThreshold: 0.5, zeroCount: 2)
        point.exemplars = [
            Exemplar(labels: [LabelPair("a", "b")], value: 3, timestamp: 4), Exemplar(labels: [], value: 5),
            Exemplar(labels: [], value: 6, timestamp: 7),
        ]
        let ends = #" # {a="b"} 3.0 at 4.000000000 # {} 6.0 at 7.000000000"#
        #expect(
            try page(point, counts: [2])
                == "HISTOGRAM h\n  {} count 2 sum 1.0 schema 0 zero 0.5: 2 created 3.000000000\(ends)\n")
    }

    @Test func `a histogram that goes up and down has no beginning`() throws {
        let native = NativeHistogramPoint(schema: 0, zeroThreshold: 0.5, zeroCount: 2)
        #expect(
            try page(native, counts: [2], type: .gaugeHistogram)
                == "GAUGE_HISTOGRAM h\n  {} count 2 sum 1.0 schema 0 zero 0.5: 2\n")
    }

    @Test func `thousands of buckets are one message`() throws {
        var point = NativeHistogramPoint(schema: 8, zeroThreshold: 0)
        point.positive = (0..<4000).map { .init(index: $0 * 4, count: 1) }
        let text = try page(point, counts: [4000])
        #expect(text.contains("count 4000 sum 1.0 schema 8 zero 0.0: 0 positive [0:1 3:1 3:1"))
    }
}

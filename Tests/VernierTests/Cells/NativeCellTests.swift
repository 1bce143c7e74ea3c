import Testing

@testable import Vernier

@Suite struct NativeCellTests {
    private typealias Bucket = NativeHistogramPoint.Bucket

    private let registry = Registry()

    private func histogram(_ buckets: Buckets = .none, _ native: NativeBuckets = .standard) -> Histogram {
        Histogram("sizes", help: "S.", buckets: buckets, native: native, registry: registry)
    }

    private var native: NativeHistogramPoint? { registry.histogram("sizes")?.native }

    @Test func `an observation counts in its native bucket and in the classic one`() throws {
        let histogram = histogram([1, 2])
        for value in [0, 1, 1.5, 1.5, -3, 1e-40] { histogram.observe(value) }
        let point = try #require(registry.histogram("sizes"))
        #expect(point.counts == [4, 6, 6])
        #expect(point.sum == 1e-40 + 1)
        let native = try #require(point.native)
        #expect(native.schema == 3)
        #expect(native.zeroThreshold == 0x1p-128)
        #expect(native.zeroCount == 2)
        #expect(native.positive == [Bucket(index: 0, count: 1), Bucket(index: 5, count: 2)])
        #expect(native.negative == [Bucket(index: 13, count: 1)])
    }

    @Test func `a histogram without native buckets has none`() {
        Histogram("sizes", help: "S.", registry: registry).observe(1)
        #expect(registry.histogram("sizes")?.count == 1)
        #expect(native == nil)
    }

    @Test func `native buckets alone leave one classic bucket on text pages`() {
        let histogram = histogram()
        histogram.observe(3)
        histogram.observe(5)
        #expect(
            registry.samples(of: "sizes") == [
                "sizes_bucket{le=\"+Inf\"} 2", "sizes_count 2", "sizes_sum 8",
            ])
        #expect(native?.positive.map(\.count) == [1, 1])
    }

    @Test func `NaN counts in the last classic bucket alone`() {
        let histogram = histogram([1])
        for _ in 0..<3 { histogram.observe(.nan) }
        #expect(registry.histogram("sizes")?.counts == [0, 3])
        #expect(registry.histogram("sizes")?.sum?.isNaN == true)
        #expect(native == NativeHistogramPoint(schema: 3, zeroThreshold: 0x1p-128))
    }

    @Test func `infinities have a bucket of their own on either side`() {
        let histogram = histogram([1])
        for value in [Double.infinity, -.infinity, .greatestFiniteMagnitude, .infinity] { histogram.observe(value) }
        #expect(registry.histogram("sizes")?.counts == [1, 4])
        #expect(native?.positive == [Bucket(index: 8192, count: 1), Bucket(index: 8193, count: 2)])
        #expect(native?.negative == [Bucket(index: 8193, count: 1)])
    }

    @Test func `a zero threshold of zero counts zeros alone as zero`() {
        let histogram = histogram(.none, NativeBuckets(growthFactor: 2, zeroThreshold: 0))
        for value in [0, -0.0, .leastNonzeroMagnitude, -.leastNonzeroMagnitude, .leastNormalMagnitude] {
            for _ in 0..<2 { histogram.observe(value) }
        }
        #expect(native?.zeroCount == 4)
        #expect(native?.positive == [Bucket(index: -1074, count: 2), Bucket(index: -1022, count: 2)])
        #expect(native?.negative == [Bucket(index: -1074, count: 2)])
    }

    @Test(arguments: [1.1, 1.004, 3, 100_000]) func `durations count as their seconds do`(factor: Double) {
        var generator = SplitMix(seed: 7)
        let buckets: Buckets = [0.001, 0.25, 0.1 + 0.2, 0.7, 1, 2, 100, 9.5e9]
        let settings = NativeBuckets(growthFactor: factor, limit: 4096, zeroThreshold: 1e-8)
        let numbers = Histogram("numbers", help: "N.", buckets: buckets, native: settings, registry: registry)
        let times = Histogram(
            "times", unit: .seconds, help: "T.", buckets: buckets, native: settings, registry: registry)
        let plain = Histogram("plain", unit: .seconds, help: "P.", buckets: buckets, registry: registry)
        var amounts: [UInt64] = [0, 1, 10, 250_000_000, 500_000_000, 1_000_000_000, 2_000_000_000, .max, 1 << 63]
        // As a signed number a bound of a native bucket, of which an estimate is not certain; the number itself is above a classic one.
        amounts.append(0 &- 8_589_934_592_000_000_000)
        for _ in 0..<5_000 { amounts.append(generator.next() >> (generator.next() % 63)) }
        for power in 0..<30 {
            let exact = 0x1p-20 * Double(1 << power)
            amounts += [-1, 0, 1].map { UInt64(exact * 1e9) &+ UInt64(bitPattern: $0) }
        }
        for amount in amounts + amounts {
            numbers.observe(Double(amount) / 1e9)
            times.cell.observe(nanoseconds: amount)
            plain.cell.observe(nanoseconds: amount)
        }
        let native = registry.histogram("times_seconds")?.native
        #expect(native != nil)
        #expect(native == registry.histogram("numbers")?.native)
        #expect(registry.histogram("times_seconds")?.counts == registry.histogram("plain_seconds")?.counts)
    }

    @Test func `classic buckets are the same with and without native ones`() {
        var generator = SplitMix(seed: 3)
        for count in [1, 7, 8, 11, 16] {
            let bounds = (0..<count).map { Double($0 * $0) / 8 - 1 }
            let (name, other) = ("with\(count)", "without\(count)")
            let with = Histogram(name, help: "W.", buckets: .explicit(bounds), native: .standard, registry: registry)
            let without = Histogram(other, help: "W.", buckets: .explicit(bounds), registry: registry)
            for round in 0..<2_000 {
                let random = Double(Int64(bitPattern: generator.next()) >> 20) * 0x1p-38
                let value = round % 3 == 0 ? bounds[round % count] : round % 100 == 1 ? .infinity : random
                with.observe(value)
                without.observe(value)
            }
            #expect(registry.histogram(name)?.counts == registry.histogram(other)?.counts)
            #expect(registry.histogram(name)?.native?.positive.isEmpty == false)
        }
    }

    @Test func `labelled histograms have native buckets each, and removed ones start again`() {
        let family = HistogramFamily(
            "sizes", help: "S.", native: .standard, labels: .of(Label<String>("kind")), registry: registry)
        family["a"].observe(1)
        family["b"].observe(4)
        family["b"].observe(8)
        let old = family["a"]
        family.remove("a")
        old.observe(1)
        family["a"].observe(2)
        let points = registry.family("sizes")?.metrics.compactMap { metric -> NativeHistogramPoint? in
            if case .histogram(let point) = metric.point { point.native } else { nil }
        }
        #expect(
            points?.map(\.positive) == [[Bucket(index: 8, count: 1)], [16, 24].map { Bucket(index: $0, count: 1) }])
    }

    @Test func `finite labels and places outside of them are native too`() {
        let family = HistogramFamily(
            "sizes", help: "S.", native: .standard, labels: .of(Label<Method>("method")), registry: registry)
        family[.get].observe(1)
        #expect(family.removeAll { _ in true } == 2)
        family[.get].observe(.seconds(2))
        family[.post].observe(-2)
        Histogram(cell: Cell(family.store.fixedPlace(99), family.store.shared)).observe(1)
        let points = registry.family("sizes")?.metrics.compactMap { metric -> NativeHistogramPoint? in
            if case .histogram(let point) = metric.point { point.native } else { nil }
        }
        #expect(points?.map(\.positive.count) == [1, 0])
        #expect(points?.map(\.negative.count) == [0, 1])
    }

    @Test func `exemplars beside native buckets lie in the classic ones and in the point`() {
        let histogram = histogram([1, 2])
        histogram.observe(1.5, exemplar: ["trace_id": "a"])
        histogram.observe(7, exemplar: ["trace_id": "b"])
        let point = registry.histogram("sizes")
        #expect(point?.buckets.map { $0.exemplar?.labels.first?.value } == [nil, "a", "b"])
        #expect(point?.native?.exemplars.map(\.value) == [1.5, 7])
        #expect(point?.native?.exemplars.allSatisfy { $0.timestamp != nil } == true)
        #expect(point?.native?.positive.map(\.index) == [5, 23])
    }

    @Test func `automatic exemplars go with native buckets`() {
        let histogram = Histogram(
            "sizes", help: "S.", buckets: [1], native: .standard, exemplars: .automatic(every: .zero),
            registry: registry)
        ExemplarProvider { ["trace_id": "c"] }.withCurrent {
            histogram.observe(4)
            histogram.observe(.seconds(4))
        }
        #expect(registry.histogram("sizes")?.buckets.last?.exemplar?.labels.first?.value == "c")
        #expect(native?.positive == [Bucket(index: 16, count: 2)])
    }

    @Test func `an operation and a stream pass native buckets on`() {
        let operation = Operation("render", help: "R.", native: .standard, registry: registry)
        operation.measure {}
        _ = StreamMetrics("answer", help: "A.", buckets: .none, native: .standard, registry: registry)
        #expect(registry.family("render_duration_seconds")?.metrics.count == 3)
        guard case .histogram(let point)? = registry.point(of: "render_duration_seconds") else {
            return #expect(Bool(false), "no histogram")
        }
        #expect(point.native != nil)
        #expect(registry.histogram("answer_gap_seconds")?.native != nil)
    }
}

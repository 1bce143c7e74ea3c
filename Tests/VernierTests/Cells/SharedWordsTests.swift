import Testing

@testable import Vernier

@Suite struct SharedWordsTests {
    /// Bounds as a family's cells share them.
    private struct Bounds {
        let values: [Double]
        let shared: SharedWords

        init(_ values: [Double]) {
            self.values = values
            shared = SharedWords(cellWords: 4, bounds: values)
        }

        func bucket(of value: Double) -> Int { shared.bucket(of: value) }
        func bucket(ofNanoseconds value: UInt64) -> Int { shared.bucket(ofNanoseconds: value) }
        var bucketCount: Int { shared.bucketCount }
    }

    /// The rule itself: the first bound that the value does not exceed.
    private static func bucket(of value: Double, _ bounds: [Double]) -> Int {
        value.isNaN ? bounds.count : bounds.firstIndex { value <= $0 } ?? bounds.count
    }

    @Test(arguments: [0, 1, 2, 7, 8, 9, 15, 16, 17, 100])
    func `the search finds the first bound that is not below the value`(count: Int) {
        let values = (0..<count).map { Double($0 * $0) - 20.5 }
        let bounds = Bounds(values)
        let probes =
            values.flatMap { [$0, $0.nextUp, $0.nextDown] }
            + [0, -0.0, 1e300, -1e300, .infinity, -.infinity, .nan, .leastNonzeroMagnitude]
        for probe in probes {
            #expect(bounds.bucket(of: probe) == Self.bucket(of: probe, values), "\(probe) of \(values)")
        }
        #expect(bounds.bucketCount == count + 1)
    }

    @Test func `a duration on a bound is in its bucket, to the nanosecond`() {
        let bounds = Bounds(Buckets.default.bounds)
        for (index, bound) in bounds.values.enumerated() {
            let nanoseconds = UInt64((bound * 1e9).rounded())
            #expect(bounds.bucket(ofNanoseconds: nanoseconds - 1) == index)
            #expect(bounds.bucket(ofNanoseconds: nanoseconds) == index)
            #expect(bounds.bucket(ofNanoseconds: nanoseconds + 1) == index + 1)
        }
        #expect(bounds.bucket(ofNanoseconds: 0) == 0)
        #expect(bounds.bucket(ofNanoseconds: .max) == bounds.values.count)
    }

    @Test func `a duration above all negative bounds and below huge ones is between them`() {
        let bounds = Bounds([-1, 0, 1e300, .greatestFiniteMagnitude])
        #expect(bounds.bucket(ofNanoseconds: 0) == 1)
        #expect(bounds.bucket(ofNanoseconds: 1) == 2)
    }

    @Test(arguments: [(1.5e-9, 1), (6e-10, 0), (0.4e-9, 0), (2.999e-9, 2), (1e-9, 1), (1.000_000_001_5, 1_000_000_001)])
    func `a bound between two nanoseconds counts those below it`(bound: Double, last: UInt64) {
        let bounds = Bounds([bound])
        #expect(bounds.bucket(ofNanoseconds: last) == 0)
        #expect(bounds.bucket(ofNanoseconds: last + 1) == 1)
    }

    @Test func `every bound of whole nanoseconds counts its own`() {
        var generator = SplitMix(seed: 9)
        for shift in 0..<50 {
            for _ in 0..<200 {
                let random: UInt64 = generator.next()
                let nanoseconds = random >> UInt64(64 - 1 - shift)
                let bounds = Bounds([Double(nanoseconds) / 1e9])
                #expect(bounds.bucket(ofNanoseconds: nanoseconds) == 0, "\(nanoseconds)")
                #expect(bounds.bucket(ofNanoseconds: nanoseconds + 1) == 1, "\(nanoseconds)")
            }
        }
    }

    @Test func `the spare cell is zero and apart from the bounds`() {
        let shared = SharedWords(cellWords: 40, bounds: [1, 2, 3])
        for word in 0..<40 { shared.spareCell.storeRelaxed(word, .max) }
        #expect(shared.bucket(of: 2.5) == 2)
        #expect(shared.rejectedCount == 0)
        shared.countRejected()
        #expect(shared.rejectedCount == 1)
    }
}

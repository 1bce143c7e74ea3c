import Testing

@testable import Vernier

@Suite struct BucketsTests {
    @Test func `bounds are given one by one or as a series`() {
        let literal: Buckets = [0.1, 1, 10]
        #expect(literal.bounds == [0.1, 1, 10])
        #expect(Buckets.explicit([0.1, 1, 10]) == literal)
        #expect(Buckets.linear(start: 1, width: 2.5, count: 4).bounds == [1, 3.5, 6, 8.5])
        #expect(Buckets.exponential(start: 256, factor: 4, count: 4).bounds == [256, 1_024, 4_096, 16_384])
        #expect(Buckets.default.bounds == [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10])
    }

    @Test(arguments: [0, -1, Int.min]) func `a count below one gives no bounds`(count: Int) {
        #expect(Buckets.linear(start: 1, width: 1, count: count).bounds == [])
        #expect(Buckets.exponential(start: 1, factor: 2, count: count).bounds == [])
    }

    static let right: [[Double]] = [
        [1], [-2, 0, 3], [1, .infinity], [.leastNonzeroMagnitude, .greatestFiniteMagnitude],
        (0..<Buckets.maximumCount).map(Double.init),
    ]

    @Test(arguments: [1_001, 1_000_000, Int.max]) func `a count that is too large is refused and costs no memory`(
        count: Int
    ) {
        for buckets in [
            Buckets.linear(start: 1, width: 1, count: count), .exponential(start: 1, factor: 1.1, count: count),
        ] {
            #expect(buckets.bounds.count == 1_001)
            #expect(buckets.problem != nil)
        }
    }

    @Test(arguments: right)
    func `finite rising bounds are right, with or without the last one`(bounds: [Double]) {
        #expect(Buckets.explicit(bounds).problem == nil)
    }

    static let wrong: [([Double], String)] = [
        ([], "at least one finite bound"), ([.infinity], "at least one finite bound"), ([1, 1], "must rise"),
        ([2, 1], "must rise"), ([0, -0.0], "must rise"), ([.nan], "must be finite"), ([1, .nan, 3], "must be finite"),
        ([-.infinity, 1], "must be finite"), ([1, .infinity, .infinity], "must be finite"),
        ((0...Buckets.maximumCount).map(Double.init), "are more than 1000"),
    ]

    @Test(arguments: wrong)
    func `other bounds are refused with a reason`(bounds: [Double], reason: String) throws {
        let problem = try #require(Buckets.explicit(bounds).problem)
        #expect(problem.contains(reason))
        let error = #expect(throws: RegistrationError.self) {
            try Histogram(validating: "h", help: "H.", buckets: .explicit(bounds), registry: Registry())
        }
        #expect(error?.reason == .invalid)
        #expect(error?.description.contains(reason) == true)
    }

    static let usable: [([Double], [Double])] = [
        ([], []), ([3, 1, 2, 1], [1, 2, 3]), ([.nan, .infinity, 5, -.infinity], [5]), ([-0.0, 0.0], [0]),
    ]

    @Test(arguments: usable)
    func `what can be used of wrong bounds is used`(bounds: [Double], usable: [Double]) {
        #expect(Buckets.explicit(bounds).usableBounds == usable)
        #expect(Buckets.explicit(bounds).usableBounds.allSatisfy { $0.sign == .plus || $0 < 0 })
    }

    @Test func `a declared histogram with wrong bounds works and is not exposed`() {
        let registry = Registry(clashPolicy: .detach)
        let histogram = Histogram("h", help: "H.", buckets: [.nan, 2, 1], registry: registry)
        histogram.observe(1.5)
        let none = Histogram("i", help: "I.", buckets: [], registry: registry)
        none.observe(1)
        none.observe(.seconds(1))
        #expect(registry.familyNames == [])
        #expect(registry.detachedCount == .counter(2))
        #expect(histogram.cell.shared.bucketCount == 3)
        #expect(histogram.cell.shared.bucket(of: 1.5) == 1)
    }
}

import Testing

@testable import Vernier

@Suite struct NativeBucketsTests {
    private let registry = Registry()

    @Test(arguments: [
        (NativeBuckets(growthFactor: 1), "growth factor 1.0"), (NativeBuckets(growthFactor: .nan), "growth factor nan"),
        (NativeBuckets(growthFactor: .infinity), "growth factor inf"), (NativeBuckets(growthFactor: -2), "above 1"),
        (NativeBuckets(limit: 3), "limit 3 of its native buckets must be from 4 to 4096"),
        (NativeBuckets(limit: 4097), "limit 4097"), (NativeBuckets(zeroThreshold: -1), "zero threshold -1.0"),
        (NativeBuckets(zeroThreshold: .nan), "zero threshold nan"),
        (NativeBuckets(maximumZeroThreshold: .infinity), "from 0 to 2^1000"),
        (NativeBuckets(minimumResetInterval: .zero), "longer than nothing"),
        (NativeBuckets(minimumResetInterval: .seconds(-1)), "longer than nothing"),
    ])
    func `what is not allowed is named with what is`(native: NativeBuckets, problem: String) {
        #expect(throws: RegistrationError.self) {
            try Histogram(validating: "sizes", help: "S.", native: native, registry: registry)
        }
        #expect(native.problem?.contains(problem) == true)
        // In a release build such a histogram is detached and still must work.
        let settings = native.settings
        #expect((4...4096).contains(settings.limit))
        #expect((-4...8).contains(settings.schema))
        #expect(settings.zeroThreshold >= 0 && settings.maximumZeroThreshold <= 0x1p1000)
    }

    @Test func `no classic buckets are allowed with native ones only`() throws {
        _ = try Histogram(validating: "a", help: "A.", buckets: .none, native: .standard, registry: registry)
        _ = try Histogram(validating: "b", help: "B.", buckets: [.infinity], native: .standard, registry: registry)
        #expect(throws: RegistrationError.self) {
            try Histogram(validating: "c", help: "C.", buckets: .none, registry: registry)
        }
        #expect(throws: RegistrationError.self) {
            try Histogram(validating: "d", help: "D.", buckets: [2, 1], native: .standard, registry: registry)
        }
    }

    @Test func `declarations with other native buckets clash`() throws {
        let settings = [
            nil, NativeBuckets.standard, NativeBuckets(limit: 80), NativeBuckets(growthFactor: 2),
            NativeBuckets(zeroThreshold: 1), NativeBuckets(maximumZeroThreshold: 1),
            NativeBuckets(minimumResetInterval: .seconds(60)),
        ]
        for first in settings {
            for second in settings {
                let registry = Registry()
                _ = try Histogram(validating: "sizes", help: "S.", native: first, registry: registry)
                let isTaken =
                    (try? Histogram(validating: "sizes", help: "S.", native: second, registry: registry)) == nil
                #expect(isTaken == (first != second))
            }
        }
    }

    @Test func `the standard is what other libraries suggest`() {
        let settings = NativeBuckets.standard.settings
        #expect(settings.schema == 3)
        #expect(settings.limit == 160)
        #expect(settings.zeroThreshold == 2.938735877055719e-39)
        #expect(settings.maximumZeroThreshold == 0)
        #expect(settings.resetInterval == 0)
        #expect(NativeBuckets(minimumResetInterval: .milliseconds(5)).settings.resetInterval == 5_000_000)
    }
}

import Testing

@testable import Vernier

@Suite struct NativeIndexTests {
    private static func index(of value: Double, schema: Int) -> Int {
        NativeIndex.coarser(NativeIndex.shared.finest(ofBits: value.bitPattern), by: 8 - schema)
    }

    @Test(arguments: [
        (1, 0, 0), (1.5, 0, 1), (2, 0, 1), (2.0.nextUp, 0, 2), (0.5, 3, -8), (4, -1, 1), (5, -1, 2), (1, 8, 0),
        (1.0.nextUp, 8, 1), (1.0.nextDown, 8, 0), (0.5.nextUp, 8, -255), (1, -4, 0), (65_536, -4, 1),
        (65_536.0.nextUp, -4, 2), (1e-300, 0, -996), (Double.leastNormalMagnitude, 0, -1022),
        (Double.leastNonzeroMagnitude, 0, -1074), (Double.leastNonzeroMagnitude, 8, -1074 * 256),
        (3 * Double.leastNonzeroMagnitude, 0, -1072), (Double.greatestFiniteMagnitude, 8, 262_144),
        (Double.infinity, 8, 262_145), (Double.greatestFiniteMagnitude, -4, 64), (Double.infinity, -4, 65),
        (Double.infinity, 0, 1025),
    ])
    func `a value lies in the bucket that reaches up to it`(value: Double, schema: Int, index: Int) {
        #expect(Self.index(of: value, schema: schema) == index)
    }

    @Test func `each bound belongs to its bucket and what follows it to the next`() {
        for exponent in [-1022, -3, 0, 1, 900] {
            for part in 0..<256 {
                let index = exponent * 256 + part
                let bound = NativeIndex.upperBound(ofFinest: index)
                #expect(Self.index(of: bound, schema: 8) == index)
                #expect(Self.index(of: bound.nextUp, schema: 8) == index + 1)
            }
        }
    }

    @Test func `a bound is two to the power of its index by 256`() {
        #expect(NativeIndex.upperBound(ofFinest: 0) == 1)
        #expect(NativeIndex.upperBound(ofFinest: -256) == 0.5)
        #expect(abs(NativeIndex.upperBound(ofFinest: 128) - 2.0.squareRoot()) < 1e-15)
        #expect(NativeIndex.upperBound(ofFinest: -1074 * 256) == .leastNonzeroMagnitude)
        #expect(NativeIndex.upperBound(ofFinest: -1075 * 256) == 0)
        #expect(NativeIndex.upperBound(ofFinest: -1200 * 256) == 0)
        // 1.41 of the smallest number rounds to one of it, 1.58 to two.
        #expect(NativeIndex.upperBound(ofFinest: -1074 * 256 + 128) == .leastNonzeroMagnitude)
        #expect(NativeIndex.upperBound(ofFinest: -1074 * 256 + 169) == 2 * .leastNonzeroMagnitude)
    }

    @Test func `the last bucket of finite numbers ends with the largest of them`() {
        #expect(NativeIndex.upperBound(ofFinest: 262_144) == .greatestFiniteMagnitude)
        #expect(NativeIndex.upperBound(ofFinest: 262_143) < .greatestFiniteMagnitude)
        #expect(NativeIndex.upperBound(ofFinest: 262_145) == .infinity)
        #expect(NativeIndex.upperBound(ofFinest: 300_000) == .infinity)
    }

    @Test(arguments: [
        (1.1, 3), (1.05, 4), (1.02, 6), (1.5, 1), (2, 0), (3.9, 0), (4, -1), (16, -2), (256, -3), (65_536, -4),
        (1e300, -4), (1.000_001, 8), (1.0.nextUp, 8), (1.003, 8), (1.01, 7),
    ])
    func `a schema's buckets grow by at most the factor`(factor: Double, schema: Int) {
        #expect(NativeIndex.schema(growthFactor: factor) == schema)
    }
}

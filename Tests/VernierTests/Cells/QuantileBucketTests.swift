import Testing

@testable import Vernier

@Suite struct QuantileBucketTests {
    @Test(
        arguments: [
            (0, 5120), (-0.0, 5120), (.leastNonzeroMagnitude, 5120), (-.leastNormalMagnitude, 5120),
            ((0x1p-40 as Double).nextDown, 5120),
            (0x1p-40, 5121), (-0x1p-40, 5119), (1, 5121 + 40 * 64), (1.015625, 5122 + 40 * 64),
            ((1.015625 as Double).nextDown, 5121 + 40 * 64),
            (-1, 5119 - 40 * 64), ((0x1p40 as Double).nextDown, 10240), (0x1p40, 10240), (1e300, 10240),
            (.infinity, 10240),
            (-0x1p40, 0), (-.infinity, 0), (.greatestFiniteMagnitude, 10240),
        ] as [(Double, Int)])
    func `numbers fall into buckets by rising value`(value: Double, index: Int) {
        #expect(QuantileBucket.index(of: value) == index)
    }

    @Test func `a representative lies in its bucket, and they rise`() {
        var last = -Double.infinity
        for index in 0..<QuantileBucket.count {
            let value = QuantileBucket.representative(of: index)
            if QuantileBucket.index(of: value) != index || value <= last { Issue.record("bucket \(index): \(value)") }
            last = value
        }
        #expect(QuantileBucket.representative(of: QuantileBucket.zero) == 0)
    }

    @Test func `a representative is within a 129th of every number in range`() {
        var random = SplitMix(seed: 5)
        for round in 0..<200_000 {
            let exponent = 983 + random.next() % 80
            // Every fourth number is an end of its bucket, where the error is largest.
            let fraction = random.next() >> 12 & (round % 4 == 0 ? ~0 << 46 : ~0)
            let value = Double(bitPattern: random.next() & 1 << 63 | exponent << 52 | fraction)
            let error = abs(QuantileBucket.representative(of: QuantileBucket.index(of: value)) - value) / abs(value)
            if error > 1.0 / 129 + 1e-12 { Issue.record("\(value): \(error)") }
        }
        let edge = QuantileBucket.representative(of: QuantileBucket.index(of: 0x1p40))
        #expect(abs(edge - 0x1p40) / 0x1p40 < 0.01)
    }
}

import Testing

@testable import VernierInstrumentation

@Suite struct RingTests {
    @Test(arguments: [1, 2, 5, 7]) func `a ring has the last elements`(capacity: Int) {
        var ring = Ring<Int>(capacity: capacity)
        for number in 0..<20 {
            ring.append(number)
            #expect(ring.copy().sorted() == Array(max(0, number + 1 - capacity)...number))
        }
    }

    @Test func `a ring has room for one at least`() {
        var ring = Ring<Int>(capacity: -3)
        ring.append(1)
        ring.append(2)
        #expect(ring.copy() == [2])
    }
}

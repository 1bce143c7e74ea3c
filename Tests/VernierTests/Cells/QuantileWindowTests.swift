import Synchronization
import Testing

@testable import Vernier

@Suite struct QuantileWindowTests {
    /// A clock that moves when told to.
    final class ManualClock: Sendable {
        private let time: Atomic<UInt64>

        init(_ start: UInt64 = 1_000_000_000_000) { time = Atomic(start) }

        var now: UInt64 { time.load(ordering: .relaxed) }

        func advance(seconds: Double) { time.wrappingAdd(UInt64(bitPattern: Int64(seconds * 1e9)), ordering: .relaxed) }
    }

    private static func window(_ clock: ManualClock, seconds: Int = 60, slices: Int = 6) -> QuantileWindow {
        QuantileWindow(window: .seconds(seconds), slices: slices) { clock.now }
    }

    @Test func `an empty window has no quantiles`() {
        let window = QuantileWindow(window: .seconds(60))
        #expect(window.quantiles([0, 0.5, 1]).allSatisfy { $0.isNaN })
        #expect(window.quantiles([]).isEmpty)
        #expect(window.count == 0)
        window.record(.nan)
        #expect(window.quantiles([0.5]).allSatisfy { $0.isNaN })
        #expect(window.count == 0)
    }

    /// Ways to draw numbers, by name.
    enum Distribution: CaseIterable {
        case uniform, nearZero, logarithmic, negative, bothSigns, integers, constant, bimodal

        func draw(_ random: inout SplitMix) -> Double {
            let unit = Double(random.next() >> 11) * 0x1p-53
            return switch self {
            case .uniform: unit * 1000
            case .nearZero: unit * 0x1p-30 + 0x1p-38
            case .logarithmic: Double(sign: .plus, exponent: Int(random.next() % 80) - 40, significand: 1 + unit)
            case .negative: -unit * 1e6 - 1
            case .bothSigns: unit * 20 - 10
            case .integers: Double(random.next() % 50)
            case .constant: 0.1
            case .bimodal: random.next() % 2 == 0 ? 0.001 + unit * 0.001 : -5000 - unit
            }
        }
    }

    @Test(arguments: Distribution.allCases, [1, 2, 3, 10, 100, 20_000])
    func `quantiles are within one percent of the exact ones`(distribution: Distribution, count: Int) {
        let window = QuantileWindowTests.window(ManualClock())
        var random = SplitMix(seed: UInt64(count))
        var values: [Double] = []
        for _ in 0..<count {
            let value = distribution.draw(&random)
            values.append(value)
            window.record(value)
        }
        values.sort()
        let ranks = [0, 0.001, 0.01, 0.07, 0.1, 0.25, 1.0 / 3, 0.5, 0.75, 0.9, 0.95, 0.99, 0.999, 1]
        for (rank, found) in zip(ranks, window.quantiles(ranks)) {
            let position = max(Int((rank * Double(count) * (1 - 0x1p-50)).rounded(.up)), 1)
            let exact = values[position - 1]
            #expect(abs(found - exact) <= 0.01 * abs(exact), "rank \(rank): \(found) instead of \(exact)")
        }
        #expect(window.count == UInt64(count))
    }

    @Test func `the rank is the smallest value that enough observations do not exceed`() {
        let window = QuantileWindowTests.window(ManualClock())
        for value in 1...100 { window.record(Double(sign: .plus, exponent: value % 40, significand: 1)) }
        // Exponents 1...20 were seen three times, 0 and 21...39 twice.
        let near = { (rank: Double, exponent: Int) in
            abs(window.quantiles([rank])[0] / Double(sign: .plus, exponent: exponent, significand: 1) - 1) < 0.01
        }
        #expect(near(0, 0) && near(0.02, 0) && near(0.0201, 1) && near(0.05, 1) && near(0.051, 2))
        #expect(near(0.62, 20) && near(0.63, 21) && near(0.98, 38) && near(0.981, 39) && near(1, 39))
    }

    @Test func `odd ranks are taken as the nearest one, and their order is kept`() {
        let window = QuantileWindowTests.window(ManualClock())
        for value in [1.0, 2, 4] { window.record(value) }
        let found = window.quantiles([2, -1, 0.5, .nan, .infinity, -.infinity])
        let (one, two, four) = (window.quantiles([0])[0], window.quantiles([0.5])[0], window.quantiles([1])[0])
        #expect(found[0] == four && found[1] == one && found[2] == two && found[3].isNaN)
        #expect(found[4] == four && found[5] == one)
        #expect(abs(one - 1) < 0.01 && abs(two - 2) < 0.02 && abs(four - 4) < 0.04)
    }

    @Test(
        arguments: [
            (0, 0), (-0.0, 0), (1e-30, 0), (-1e-30, 0), (.leastNonzeroMagnitude, 0), (0x1p40, 0x1p40), (1e300, 0x1p40),
            (.infinity, 0x1p40), (-.infinity, -0x1p40), (-.greatestFiniteMagnitude, -0x1p40), (0x1p-40, 0x1p-40),
            (-0x1p-40, -0x1p-40),
        ] as [(Double, Double)])
    func `extremes are clamped`(value: Double, expected: Double) {
        let window = QuantileWindowTests.window(ManualClock())
        window.record(value)
        #expect(abs(window.quantiles([0.5])[0] - expected) <= 0.01 * abs(expected))
    }

    @Test func `observations leave with their slice`() {
        let clock = ManualClock(0)
        let window = QuantileWindowTests.window(clock)
        // Each slice of ten seconds gets one more observation than the one before.
        for slice in 1...6 {
            for _ in 0..<slice { window.record(Double(slice)) }
            #expect(window.count == UInt64(slice * (slice + 1) / 2))
            clock.advance(seconds: 10.000_001)
        }
        // The seventh slice has begun, so that the first has left.
        var expected: UInt64 = 21
        for slice in 1...6 {
            expected -= UInt64(slice)
            #expect(window.count == expected)
            if slice < 6 { #expect(abs(window.quantiles([0])[0] - Double(slice + 1)) < 0.1) }
            clock.advance(seconds: 10)
        }
        #expect(window.quantiles([0.5])[0].isNaN)
    }

    @Test func `a word of an old window starts again at one`() {
        let clock = ManualClock()
        let window = QuantileWindowTests.window(clock)
        for round in 0..<20 {
            for _ in 0...round { window.record(3) }
            #expect(window.count == UInt64(round + 1))
            clock.advance(seconds: 61)
            #expect(window.count == 0)
        }
    }

    @Test func `a long pause empties the window`() {
        let clock = ManualClock()
        let window = QuantileWindowTests.window(clock, seconds: 6)
        window.record(1)
        clock.advance(seconds: 1e8)
        #expect(window.count == 0)
        window.record(2)
        #expect(window.count == 1)
    }

    @Test func `an observation by a clock that lags counts in the newer slice`() {
        let clock = ManualClock()
        let window = QuantileWindowTests.window(clock)
        clock.advance(seconds: 60)
        window.record(1)
        clock.advance(seconds: -60)
        window.record(1)
        #expect(window.count == 2)
        clock.advance(seconds: 60)
        #expect(window.count == 2)
    }

    @Test(arguments: [
        (Duration.zero, 6), (.seconds(-5), 6), (.nanoseconds(1), 6), (.seconds(Int64.max), 6), (.seconds(60), 0),
        (.seconds(60), -1),
        (.seconds(60), 1), (.seconds(60), 64), (.seconds(60), .max), (.milliseconds(1500), 3),
    ])
    func `any window and number of slices works`(window: Duration, slices: Int) {
        let sketch = QuantileWindow(window: window, slices: slices) { 12_345_678_901_234 }
        for value in [-1.0, 0, 1] { sketch.record(value) }
        #expect(sketch.count == 3)
        #expect(sketch.quantiles([0.5]) == [0])
    }

    @Test func `windows shorter than a second expire as well`() {
        let clock = ManualClock()
        let window = QuantileWindow(window: .milliseconds(600)) { clock.now }
        window.record(1)
        clock.advance(seconds: 0.4)
        #expect(window.count == 1)
        clock.advance(seconds: 0.3)
        #expect(window.count == 0)
    }

    @Test func `the system's clock keeps an observation for a while`() {
        let window = QuantileWindow(window: .seconds(600))
        window.record(42)
        #expect(window.count == 1)
        #expect(abs(window.quantiles([0.5])[0] - 42) < 0.42)
        let before = CoarseClock.nanoseconds()
        #expect(before > 0)
        #expect(CoarseClock.nanoseconds() >= before)
    }

    @Test func `eight threads lose nothing within a window`() {
        let clock = ManualClock()
        let window = QuantileWindowTests.window(clock)
        let each = 20_000
        runThreads(8) { thread in
            var random = SplitMix(seed: UInt64(thread))
            for step in 0..<each {
                // Few values, so that threads meet; the clock moves through five slices while they record.
                window.record(Double(random.next() % 16) - 4)
                if thread == 0 && step % (each / 5) == 0 && step > 0 { clock.advance(seconds: 10) }
                if thread == 1 && step % 1000 == 0 { _ = window.quantiles([0.5]) }
            }
        }
        #expect(window.count == UInt64(8 * each))
        clock.advance(seconds: 61)
        #expect(window.count == 0)
    }

    @Test func `threads that restart the same words lose nothing of the new slice`() {
        let clock = ManualClock()
        let window = QuantileWindowTests.window(clock, seconds: 1, slices: 1)
        for _ in 0..<50 {
            runThreads(4) { _ in
                for value in 0..<50 { window.record(Double(value)) }
            }
            #expect(window.count == 200)
            clock.advance(seconds: 1.5)
        }
    }
}

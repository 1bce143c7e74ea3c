/// Makes settings and lists of observations that reach every corner of a native histogram.
struct ListMaker {
    private var state: UInt64
    private var output = Output()

    init(seed: UInt64) { state = seed }

    /// How many lists have the same settings.
    private static let listsPerSetting = 10

    /// Writes so many lists.
    mutating func write(count: Int) {
        for number in 0..<count {
            if number % Self.listsPerSetting == 0 { writeSettings() }
            writeList()
        }
        output.flush()
    }

    private mutating func writeSettings() {
        let factor = pick([
            1.0001, 1.003, 1.01, 1.02, 1.05, 1.1, 1.1, 1.2, 1.5, 2, 3, 4, 17, 300, 70_000, 1 + fraction() * 0.2,
        ])
        let limit = pick([4, 5, 8, 10, 20, 40, 160, 160, 4096, 4 + number(below: 60)])
        let zero = pick([0, 0x1p-128, 0x1p-128, 1e-3, 1, Double(bitPattern: random() >> 12), magnitude()])
        let maximum = pick([0, 0, 0, zero * 2, 1e-2, 1, 100, 1e300, Double(bitPattern: random() >> 12), magnitude()])
        // Always old enough, never, or not asked for. The clock moves by more than a nanosecond from one histogram's making to its use.
        let reset = pick([0, 0, 0, 1, 3_600_000_000_000])
        output.text("h")
        output.hexadecimal(factor.bitPattern)
        output.decimal(limit)
        output.hexadecimal(Self.allowed(zero).bitPattern)
        output.hexadecimal(Self.allowed(maximum).bitPattern)
        output.decimal(reset)
        output.decimal(number(below: 2))
        output.text("\n")
    }

    private mutating func writeList() {
        let length = number(below: 20) == 0 ? 2_000 : 1 + number(below: pick([10, 60, 200]))
        let kind = number(below: 8)
        let scale = magnitude()
        let spread = pick([0.5, 2, 10, 100])
        let isSigned = number(below: 3) > 0
        let reads = number(below: 4) == 0
        output.text("l")
        for _ in 0..<length {
            var value = value(kind, scale, spread)
            if isSigned, random() & 1 == 0 { value = -value }
            output.hexadecimal(value.bitPattern)
            if reads, number(below: 40) == 0 { output.text(" s") }
        }
        output.text("\n")
    }

    private mutating func value(_ kind: Int, _ scale: Double, _ spread: Double) -> Double {
        if number(below: 50) == 0 {
            return pick([
                0, -0.0, .infinity, -.infinity, .nan, .greatestFiniteMagnitude, .leastNormalMagnitude,
                .leastNonzeroMagnitude, 1, 2,
                0.5, 65_536,
            ])
        }
        switch kind {
        // Any bits: all magnitudes alike, infinities and NaN among them.
        case 0: return Double(bitPattern: random())
        // Around some size.
        case 1, 2: return scale * power(of: (fraction() - 0.5) * spread)
        // At the bounds of buckets and beside them.
        case 3:
            let bound = power(of: Double(number(below: 8_192) - 4_096) / 256)
            return Double(bitPattern: bound.bitPattern &+ random() % 5 &- 2)
        // Whole numbers.
        case 4: return Double(number(below: 1_000))
        // Numbers without a leading one.
        case 5: return Double(bitPattern: random() >> (12 + random() % 50))
        // Growing from nothing.
        case 6: return power(of: Double(number(below: 2_000)) - 1_074)
        // Near together.
        default: return 1 + fraction() / 8
        }
    }

    // MARK: Chance

    private mutating func random() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
        return mixed ^ (mixed >> 31)
    }

    private mutating func number(below limit: Int) -> Int { Int(random() % UInt64(limit)) }

    private mutating func fraction() -> Double { Double(random() >> 11) * 0x1p-53 }

    private mutating func pick<Value>(_ values: [Value]) -> Value { values[number(below: values.count)] }

    /// A number of any size that is allowed for a threshold, or a common one.
    private mutating func magnitude() -> Double {
        random() & 1 == 0 ? power(of: fraction() * 20 - 10) : power(of: fraction() * 2_000 - 1_070)
    }

    /// A power of two, off by some roundings.
    private func power(of exponent: Double) -> Double {
        let whole = exponent.rounded(.down)
        var (result, rest, step) = (1.0, exponent - whole, 2.0.squareRoot())
        for _ in 0..<40 {
            rest *= 2
            if rest >= 1 {
                result *= step
                rest -= 1
            }
            step = step.squareRoot()
        }
        return Double(sign: .plus, exponent: Int(whole), significand: result)
    }

    private static func allowed(_ threshold: Double) -> Double {
        threshold.isNaN ? 0 : min(max(0, threshold), 0x1p1000)
    }
}

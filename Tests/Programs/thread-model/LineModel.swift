/// Cache lines that one processor owns at a time, and threads that write to them in a random order, each on a processor of its own.
///
/// It counts how often a write finds the line with another processor: what makes updates slow.
struct LineModel {
    private let use: StripeUse
    private static let updatesOfThread = 2_000

    init(_ use: StripeUse) { self.use = use }

    func report() {
        show("one shared word") { _ in [0] }
        show("counter increment, one metric") { [use.stripeOfThread[$0]] }
        // A histogram's words take two lines of its stripe.
        show("histogram observe, one metric") { [use.stripeOfThread[$0] * 2, use.stripeOfThread[$0] * 2 + 1] }
        // Two series that lie beside each other have the same line in each stripe.
        show("counter increment, two neighbouring series, half of the threads each") { [use.stripeOfThread[$0]] }
        show("counter increment, a series of a large family: 4 stripes") { [use.stripeOfThread[$0] % 4] }
        show("counter increment, each thread a series of its own, 4 stripes, 4 series a line") { thread in
            [thread / 4 * 4 + use.stripeOfThread[thread] % 4]
        }
    }

    private func show(_ operation: String, lines: (Int) -> [Int]) {
        let linesOfThread = (0..<use.threads).map(lines)
        var owner: [Int: Int] = [:]
        var transfers = 0
        var random = Sequence(state: 1)
        let updates = Self.updatesOfThread * use.threads
        for _ in 0..<updates {
            let thread = Int(random.next() % UInt64(use.threads))
            for line in linesOfThread[thread] where owner.updateValue(thread, forKey: line) != thread { transfers += 1 }
        }
        Figure.report(
            .simulated, operation, "\(use.threads) threads, \(use.stripes) stripes",
            Double(transfers) / Double(updates),
            "line transfers an update")
    }

    /// SplitMix64: the same order in every run.
    private struct Sequence {
        var state: UInt64

        mutating func next() -> UInt64 {
            state &+= 0x9e37_79b9_7f4a_7c15
            var mixed = (state ^ state >> 30) &* 0xbf58_476d_1ce4_e5b9
            mixed = (mixed ^ mixed >> 27) &* 0x94d0_49bb_1331_11eb
            return mixed ^ mixed >> 31
        }
    }
}

/// Cache lines that one processor owns at a time, and threads that write to them in a random order, each on a processor of its own.
///
/// It counts how often a write finds the line with another processor: what makes updates slow.
struct LineModel {
    private let use: StripeUse
    private static let updatesOfThread = 2_000

    init(_ use: StripeUse) { self.use = use }

    func report() {
        let stripe = use.stripeOfThread
        show("one shared word", "") { _ in [0] }
        show("counter increment", "one metric") { [stripe[$0]] }
        // A histogram's words take two lines of its stripe.
        show("histogram observe", "one metric") { [stripe[$0] * 2, stripe[$0] * 2 + 1] }
        // A series beyond the first thousand of its family has four stripes; four series lie in a line.
        show("counter increment", "one series of a large family") { [stripe[$0] % 4] }
        show("counter increment", "a series a thread, of a large family") { [$0 / 4 * 4 + stripe[$0] % 4] }
    }

    private func show(_ operation: String, _ variant: String, lines: (Int) -> [Int]) {
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
            .simulated, operation, variant, threads: use.threads, Double(transfers) / Double(updates),
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

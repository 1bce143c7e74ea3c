/// The mean of what the scans gave that were most like this one.
struct NearestNeighbours: Predictor {
    private let examples: [(scan: Scan, truth: Double)]
    private let count: Int
    private let spread: Double

    /// Keeps the examples; nil when there are fewer than `count`.
    init?(_ examples: [(scan: Scan, truth: Double)], count: Int = 6) {
        guard count > 0, examples.count >= count else { return nil }
        self.examples = examples
        self.count = count
        spread = examples.map(\.truth).spread
    }

    /// The estimate; neighbours that disagree make it less sure.
    func estimate(_ scan: Scan) -> Estimate {
        // The nearest so far, nearest first: with so few of them an insertion is the quickest.
        var nearest: [(distance: Double, truth: Double)] = []
        for example in examples {
            let distance = Self.distance(scan, example.scan)
            if nearest.count == count {
                if distance >= nearest[count - 1].distance { continue }
                nearest.removeLast()
            }
            let place = nearest.firstIndex { $0.distance > distance } ?? nearest.count
            nearest.insert((distance, example.truth), at: place)
        }
        let truths = nearest.map(\.truth)
        return Estimate(value: truths.mean, expectedError: truths.spread, spread: spread)
    }

    private static func distance(_ a: Scan, _ b: Scan) -> Double {
        let symbols = (a.symbols - b.symbols) / 900
        let days = (a.days - b.days) / 335
        // Filters matter little for how long a scan takes.
        let filters = (a.filters - b.filters) / 12
        return symbols * symbols + days * days + filters * filters
    }
}

import Vernier

/// How long it takes to make a series when there are few and when there are many.
struct CreationFigures: Figures {
    var series: Int
    var runs: Int
    /// Nanoseconds a series in the first tenth and in the last one: the medians of all runs.
    var first: Double
    var last: Double

    /// How many times slower the last tenth may be.
    static let limit = 2.0

    var name: String { "making \(series) series" }

    var text: String {
        "\(Rounded(first)) ns a series in the first tenth, \(Rounded(last)) ns in the last, ratio \(Rounded(last / first)), "
            + "limit \(Rounded(Self.limit)), median of \(runs) runs"
    }

    var problem: String? {
        // Written so that NaN fails.
        guard first > 0, last > 0 else { return "nothing was measured" }
        return last / first <= Self.limit ? nil : "the last tenth is too slow"
    }

    /// Makes the series one after another, several times, each time in a family of its own; a first round warms up.
    ///
    /// The families stay until the end: memory that one gave back would be there already for the first series of the next, and not for its last.
    static func measure(series: Int, runs: Int) -> CreationFigures {
        var first: [Double] = []
        var last: [Double] = []
        var families: [CounterFamily<Labels1<String>>] = []
        for run in 0...runs {
            let family = CounterFamily(
                "made", help: "Series made one after another.", labels: .of(Label<String>("client")), limit: series,
                registry: Registry())
            families.append(family)
            let tenths = tenths(of: series, in: family)
            guard run > 0, tenths.count == 10 else { continue }
            first.append(tenths[0])
            last.append(tenths[9])
        }
        return withExtendedLifetime(families) {
            CreationFigures(series: series, runs: first.count, first: median(first), last: median(last))
        }
    }

    private static func tenths(of series: Int, in family: CounterFamily<Labels1<String>>) -> [Double] {
        let tenth = series / 10
        let times = (0..<10).map { number in
            let began = ContinuousClock.now
            for index in number * tenth..<(number + 1) * tenth { family["client-\(index)"].increment() }
            return (ContinuousClock.now - began) / .nanoseconds(1) / Double(tenth)
        }
        // What ended in the series for the rest was not made.
        return family.seriesCount == series ? times : []
    }

    private static func median(_ values: [Double]) -> Double {
        values.isEmpty ? .nan : values.sorted()[values.count / 2]
    }
}

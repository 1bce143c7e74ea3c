import Foundation
import Vernier
import Workloads

/// Vernier's side of the operations.
enum VernierLibrary {
    static let name = "vernier"

    /// The loops that run in this process.
    static var inProcess: InProcess {
        InProcess(
            name,
            [
                "counter increment": Workloads.counterIncrement,
                "counter increment by a float": Workloads.counterIncrementByFloat,
                "finite labels": Workloads.finiteLabels,
                "open labels": Workloads.openLabels,
                "histogram observe": Workloads.histogramNumber,
                "gauge set": Workloads.gaugeSet,
                "gauge add": Workloads.gaugeAdd,
                "text of 10,000 counters": Workloads.counterPage,
                "text of 1,000 histograms": Workloads.histogramPage,
            ])
    }

    /// Answers what wants a process of its own, as the peers do: a row and an empty line for each line of input.
    static func answerRequests() {
        while let line = readLine() {
            let operation = line.split(separator: "\t", omittingEmptySubsequences: false).first.map(String.init) ?? ""
            let answers: [(variant: String, value: Double, unit: String)] =
                switch operation {
                case "memory of a counter series": counterSeriesBytes()
                case "memory of a histogram series": histogramSeriesBytes()
                case "making a series": makingSeries(1_000_000)
                default: []
                }
            for answer in answers {
                print(operation, answer.variant, "\(answer.value)", answer.unit, separator: "\t")
            }
            print()
            // Without a stream all of them are flushed.
            fflush(nil)
        }
    }

    // Families are kept until the end: what one gave back could hide what the next one takes.

    private static func counterSeriesBytes() -> [(variant: String, value: Double, unit: String)] {
        let two = CounterFamily("two", help: "Two labels.", labels: twoLabels, limit: 200_000, registry: Registry())
        let three = CounterFamily("three", help: "Three.", labels: threeLabels, limit: 200_000, registry: Registry())
        let bytes = bytesEach(100_000) { two["client-\($0)", Workloads.shortTexts[$0 & 15].0].increment() }
        let bytesOfThree = bytesEach(100_000) { number in
            let (method, path) = Workloads.shortTexts[number & 15]
            three["client-\(number)", method, path].increment()
        }
        return withExtendedLifetime((two, three)) {
            [("2 labels", bytes, "bytes"), ("3 labels", bytesOfThree, "bytes")]
        }
    }

    private static func histogramSeriesBytes() -> [(variant: String, value: Double, unit: String)] {
        let two = HistogramFamily("two", help: "Two labels.", labels: twoLabels, limit: 200_000, registry: Registry())
        let three = HistogramFamily("three", help: "Three.", labels: threeLabels, limit: 200_000, registry: Registry())
        let bytes = bytesEach(50_000) { two["client-\($0)", Workloads.shortTexts[$0 & 15].0].observe(0.02) }
        let bytesOfThree = bytesEach(50_000) { number in
            let (method, path) = Workloads.shortTexts[number & 15]
            three["client-\(number)", method, path].observe(0.02)
        }
        return withExtendedLifetime((two, three)) {
            [("2 labels", bytes, "bytes"), ("3 labels", bytesOfThree, "bytes")]
        }
    }

    private static let twoLabels = Labels2(Label<String>("client"), Label<String>("method"))
    private static let threeLabels = Labels3(
        Label<String>("client"), Label<String>("method"), Label<String>("path"))

    /// What resident memory grew by, from the second series on.
    private static func bytesEach(_ series: Int, _ make: (Int) -> Void) -> Double {
        make(0)
        // Asking takes memory of its own the first time.
        _ = Machine.resident()
        guard let before = Machine.resident() else { return .nan }
        for number in 1...series { make(number) }
        guard let after = Machine.resident() else { return .nan }
        return Double(after - before) / Double(series)
    }

    /// The time to make a series among the first and among the last tenth of them.
    private static func makingSeries(_ series: Int) -> [(variant: String, value: Double, unit: String)] {
        let family = CounterFamily(
            "updates", help: "Updates.", labels: .of(Label<String>("client")), limit: series, registry: Registry())
        let tenth = series / 10
        let times = (0..<10).map { number in
            let texts = (0..<tenth).map { "client-\(number * tenth + $0)" }
            let took = ContinuousClock().measure { for text in texts { family[text].increment() } }
            return took / .nanoseconds(1) / Double(tenth)
        }
        return [("first tenth of 1,000,000", times[0], "ns"), ("last tenth of 1,000,000", times[9], "ns")]
    }
}

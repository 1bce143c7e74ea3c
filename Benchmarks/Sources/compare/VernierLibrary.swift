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
                case "memory of a counter series": [("", counterSeriesBytes(), "bytes")]
                case "memory of a histogram series": [("", histogramSeriesBytes(), "bytes")]
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

    private typealias ThreeLabels = Labels3<String, String, String>

    private static let labels = ThreeLabels(
        Label<String>("method"), Label<String>("path"), Label<String>("client"))

    private static func counterSeriesBytes() -> Double {
        let family = CounterFamily(
            "updates", help: "Updates.", labels: labels, limit: 200_000, registry: Registry())
        return bytesEach(100_000) { number in
            let pair = Workloads.shortTexts[number & 15]
            family[pair.0, pair.1, "client-\(number >> 4)"].increment()
        }
    }

    private static func histogramSeriesBytes() -> Double {
        let family = HistogramFamily(
            "updates", unit: .seconds, help: "Updates.", labels: labels, limit: 200_000, registry: Registry())
        return bytesEach(50_000) { number in
            let pair = Workloads.shortTexts[number & 15]
            family[pair.0, pair.1, "client-\(number >> 4)"].observe(0.02)
        }
    }

    /// What resident memory grew by, from the second series on.
    private static func bytesEach(_ series: Int, _ make: (Int) -> Void) -> Double {
        make(0)
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

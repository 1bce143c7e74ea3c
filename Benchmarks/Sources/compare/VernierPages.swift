import Foundation
import Vernier
import VernierExporter
import Workloads

/// The pages that every library shows.
enum VernierPages {
    /// Shows a page on a free port of the loopback interface until the input ends.
    static func serve(_ page: String) throws {
        let registry = Registry()
        switch page {
        case "counters": Workloads.fillCounters(registry)
        case "million": fillMillion(registry)
        default: throw Command.Failure(description: "there is no page \(page)")
        }
        let server = try MetricsServer.start(port: 0, registry: registry)
        print("port", server.port ?? 0, separator: "\t")
        // Without a stream all of them are flushed.
        fflush(nil)
        while readLine() != nil {}
        server.stop()
    }

    /// Writes the page of the workload that is the same everywhere, without the registry's figures of itself.
    static func writeExposition() throws {
        let registry = Registry()
        let names = fillExposition(registry)
        print(registry.page(as: .text, names: names), terminator: "")
    }

    private static func fillMillion(_ registry: Registry) {
        let family = CounterFamily(
            "streamed", help: "Many series.", labels: .of(Label<String>("client")), limit: 1_000_000, registry: registry
        )
        for number in 0..<1_000_000 { family["client-\(number)"].increment(by: number) }
    }

    private enum Outcome: String, FiniteLabel { case ok, refused, failed, cancelled }

    private static func fillExposition(_ registry: Registry) -> Set<String> {
        let jobs = CounterFamily(
            "jobs", help: "Jobs, \"quoted\" \\ and\nbroken.",
            labels: .of(Label<String>("kind"), Label<Outcome>("outcome")), registry: registry)
        let done = Counter("done", help: "No labels.", registry: registry)
        let busy = Counter("busy", unit: .seconds, help: "A floating counter.", registry: registry)
        let level = GaugeFamily("level", help: "Numbers.", labels: .of(Label<String>("of")), registry: registry)
        let duration = HistogramFamily(
            "duration", unit: .seconds, help: "A histogram.", labels: .of(Label<String>("path")), registry: registry)

        for (index, kind) in ["plain", "quote \"", "back \\ slash", "line\nbreak", "größe 🦀", ""].enumerated() {
            for outcome in Outcome.allCases {
                jobs[kind, outcome].increment(by: index + outcome.rawValue.count)
            }
        }
        for _ in 0..<1_000_000 { done.increment() }
        for _ in 0..<7 { busy.increment(by: 0.1) }
        let numbers: KeyValuePairs = [
            "zero": 0, "negative": -1.5, "tenth": 0.1, "small": 1e-7, "whole": 123_456_789, "huge": 1e21,
            "greatest": Double.greatestFiniteMagnitude, "infinite": .infinity, "below": -.infinity, "none": .nan,
        ]
        for (name, value) in numbers { level[name].set(value) }
        level["sum"].set(2)
        level["sum"].add(-0.75)
        for path in ["/", "/users", "/orders", "/items/{id}"] {
            for value in Workloads.observations { duration[path].observe(value) }
        }
        for value in [0.005, 10, 1e9] { duration["bounds"].observe(value) }
        return ["jobs", "done", "busy_seconds", "level", "duration_seconds"]
    }
}

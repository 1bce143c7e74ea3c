import Foundation
import Vernier
import VernierExporter
import Workloads

/// The pages that every library shows.
enum VernierPages {
    /// Shows a page on a free port of the loopback interface until the input ends.
    static func serve(_ page: String) throws {
        let server = try MetricsServer.start(port: 0, registry: registry(of: page))
        print("port", server.port ?? 0, separator: "\t")
        // Without a stream all of them are flushed.
        fflush(nil)
        while readLine() != nil {}
        server.stop()
    }

    /// Writes a page without the registry's figures of itself.
    static func write(_ page: String) throws {
        let registry = try registry(of: page)
        let names = Set(registry.gather().map(\.name)).filter { !$0.hasPrefix("vernier_") }
        print(registry.page(as: .text, names: names), terminator: "")
    }

    private static func registry(of page: String) throws -> Registry {
        let registry = Registry()
        switch page {
        case "mixed": fillMixed(registry)
        case "counters": Workloads.fillCounters(registry)
        case "histograms": Workloads.fillHistograms(registry)
        case "million": fillMillion(registry)
        default: throw Command.Failure(description: "there is no page \(page)")
        }
        return registry
    }

    private static func fillMillion(_ registry: Registry) {
        let family = CounterFamily(
            "streamed", help: "Many series.", labels: .of(Label<String>("client")), limit: 1_000_000, registry: registry
        )
        for number in 0..<1_000_000 { family["client-\(number)"].increment(by: number) }
    }

    private enum Outcome: String, FiniteLabel { case ok, refused, failed, cancelled }

    private static func fillMixed(_ registry: Registry) {
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
    }
}

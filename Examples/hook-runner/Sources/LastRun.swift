import Foundation
import Vernier
import VernierInstrumentation

extension HookSystem.Invocation {
    /// Writes gauges of this run alone, as for the textfile collector of Prometheus' node exporter.
    ///
    /// There are no counters: each run of a program that ends begins at zero, so that they would never rise. Whoever wants to know
    /// how often a hook ran asks a server to run it.
    func writePage(to file: String) throws {
        let url = URL(fileURLWithPath: file)
        try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
        // Written beside it and renamed, so that nobody reads half of it.
        try Data(page(at: Date())).write(to: url, options: .atomic)
    }

    func page(at now: Date) throws -> [UInt8] {
        func family(
            _ name: String, unit: String = "", help: String, _ samples: [([LabelPair], Double)]
        ) -> MetricFamilySnapshot {
            MetricFamilySnapshot(
                name, type: .gauge, unit: unit, help: help,
                metrics: samples.map { .init(labels: [LabelPair("hook_type", hook)] + $0.0, .gauge($0.1)) })
        }
        return try ExpositionFormat.text.page(of: [
            family(
                "hook_last_run_timestamp_seconds", unit: "seconds", help: "When the last run of a hook ended.",
                [([], now.timeIntervalSince1970)]),
            family(
                "hook_last_run_duration_seconds", unit: "seconds", help: "How long the last run of a hook took.",
                [([], seconds)]),
            family(
                "hook_last_run_status", help: "1 for the status with which the last run of a hook ended.",
                WorkStatus.allCases.map { ([LabelPair("status", $0.rawValue)], $0.rawValue == status ? 1 : 0) }),
        ])
    }
}

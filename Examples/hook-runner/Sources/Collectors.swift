import Foundation
import Vernier

// Figures that somebody else keeps are asked for when a scraper comes, by a collector for each domain.

/// What the hook system knows of its hooks, and what is too much.
struct HookMetricsCollector: Collector {
    let hooks: HookSystem
    let thresholds: Configuration.Thresholds

    func collect() -> [MetricFamilySnapshot] {
        let recent = hooks.recent
        return [
            MetricFamilySnapshot(
                "hook_recent_error_ratio", type: .gauge, unit: "ratio",
                help: "Share of the last hundred runs of a hook that failed or timed out.",
                metrics: recent.map { .init(labels: [LabelPair("hook_type", $0)], .gauge($1.errorRatio)) }),
            MetricFamilySnapshot(
                "hook_timeout_seconds", type: .gauge, unit: "seconds", help: "After how long a hook is killed.",
                metrics: hooks.hooks.map { .init(labels: [LabelPair("hook_type", $0)], .gauge($1.timeoutSeconds)) }),
            MetricFamilySnapshot(
                "hook_execution_threshold_seconds", type: .gauge, unit: "seconds",
                help: "How long a hook should take at most.",
                metrics: [.init(.gauge(thresholds.hookExecutionMaxSeconds))]),
            MetricFamilySnapshot(
                "hook_error_threshold_ratio", type: .gauge, unit: "ratio", help: "Share of runs that may fail.",
                metrics: [.init(.gauge(thresholds.errorRateMaxRatio))]),
            MetricFamilySnapshot(
                "memory_search_threshold_seconds", type: .gauge, unit: "seconds",
                help: "How long a search should take at most.",
                metrics: [.init(.gauge(thresholds.memorySearchMaxSeconds))]),
        ]
    }
}

/// What the store holds, as its database and the folder say it.
struct MemoryMetricsCollector: Collector {
    let memory: MemorySystem

    func collect() throws -> [MetricFamilySnapshot] {
        let state = try memory.store.state(comparedWith: memory.folder)
        return [
            MetricFamilySnapshot(
                "memory_store_documents", type: .gauge, help: "Files in the store.",
                metrics: [.init(.gauge(Double(state.documents)))]),
            MetricFamilySnapshot(
                "memory_store_outdated_documents", type: .gauge,
                help: "Files that are new, changed or gone since they were read into the store.",
                metrics: [.init(.gauge(Double(state.outdated)))]),
            MetricFamilySnapshot(
                "memory_store_free_bytes", type: .gauge, unit: "bytes",
                help: "Bytes of the store that hold nothing.", metrics: [.init(.gauge(Double(state.freeBytes)))]),
        ]
    }
}

/// Whether what the hooks depend on can be reached, and how the machine is.
struct SystemHealthCollector: Collector {
    let services: [Service]

    func collect() -> [MetricFamilySnapshot] {
        var load = 0.0
        // SAFETY: the call fills in one number.
        let isKnown = unsafe getloadavg(&load, 1) == 1
        let isUp = Service.areUp(services, within: .milliseconds(200))
        return [
            MetricFamilySnapshot(
                "service_up", type: .gauge, help: "Whether a service accepted a connection when this was asked.",
                metrics: zip(services, isUp).map {
                    .init(labels: [LabelPair("service", $0.name)], .gauge($1 ? 1 : 0))
                }),
            MetricFamilySnapshot(
                "system_load", type: .gauge, help: "Processes that ran or wanted to, on average of the last minute.",
                metrics: isKnown ? [.init(.gauge(load))] : []),
        ]
    }
}

import Metrics
import MetricsTestKit
import Workloads

/// swift-metrics, which hands updates to a backend: to none, and to its own for tests.
enum SwiftMetrics {
    /// With no backend: what a library pays that reports through swift-metrics in a program that does not listen.
    static var noBackend: InProcess {
        InProcess("swift-metrics (no backend)", workloads(NOOPMetricsHandler.instance))
    }

    /// With the backend for tests, which keeps every update with its time.
    static var testKit: InProcess {
        let backend = TestMetrics()
        return InProcess(
            "swift-metrics (test kit)",
            [
                "counter increment": held(backend) { try? backend.expectCounter($0).reset() },
                "open labels": lookedUp(backend) { for counter in backend.counters { counter.reset() } },
            ])
    }

    private static func workloads(_ backend: any MetricsFactory) -> [String: Workload] {
        [
            "counter increment": held(backend) { _ in },
            "open labels": lookedUp(backend) {},
            "histogram observe": Workload("histogram observe") {
                let recorder = Recorder(label: "updates", dimensions: [], aggregate: true, factory: backend)
                let values = Workloads.observations
                return { count in for turn in 0..<count { recorder.record(values[turn & 15]) } }
            },
            "gauge set": Workload("gauge set") {
                let gauge = Gauge(label: "updates", factory: backend)
                return { count in for turn in 0..<count { gauge.record(turn) } }
            },
            "gauge add": Workload("gauge add") {
                let meter = Meter(label: "updates", factory: backend)
                return { count in for _ in 0..<count { meter.increment(by: 0.5) } }
            },
        ]
    }

    /// An increment of a counter that the host holds.
    private static func held(
        _ backend: any MetricsFactory, _ reset: @escaping @Sendable (Counter) -> Void
    ) -> Workload {
        Workload("counter increment") {
            let counter = Counter(label: "updates", factory: backend)
            return { count in
                reset(counter)
                for _ in 0..<count { counter.increment() }
            }
        }
    }

    /// An increment of a counter that is asked for with its labels each time, which is how swift-metrics has labels.
    private static func lookedUp(_ backend: any MetricsFactory, _ reset: @escaping @Sendable () -> Void) -> Workload {
        Workload("open labels") {
            let dimensions = Workloads.shortTexts.map { [("method", $0.0), ("path", $0.1)] }
            return { count in
                reset()
                for turn in 0..<count {
                    Counter(label: "updates", dimensions: dimensions[turn & 15], factory: backend).increment()
                }
            }
        }
    }
}

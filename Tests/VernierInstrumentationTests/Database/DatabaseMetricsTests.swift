import Testing
import Vernier
import VernierTesting

@testable import VernierInstrumentation

@Suite struct DatabaseMetricsTests {
    struct Refused: Error {}

    private func labels(_ operation: String, _ collection: String = "", _ error: String? = nil) -> [String: String] {
        var labels = ["db_system_name": "sqlite", "db_operation_name": operation]
        labels["db_collection_name"] = collection
        labels["error_type"] = error
        return labels
    }

    @Test func `an operation is timed by what it is and how it ends`() {
        Registry.isolated { registry in
            let metrics = DatabaseMetrics(system: .sqlite, slowAfter: nil)
            #expect(metrics.measure(.select, collection: "users") { 7 } == 7)
            #expect(throws: Refused.self) { try metrics.measure(.insert) { throw Refused() } }
            metrics.record("HMSET", duration: .milliseconds(250), error: "LOADING")
            let durations = "db_client_operation_duration_seconds"
            #expect(registry.value(of: "\(durations)_count", labels: labels("SELECT", "users", "")) == 1)
            #expect(registry.value(of: "\(durations)_count", labels: labels("INSERT", "", "Refused")) == 1)
            #expect(registry.value(of: "\(durations)_sum", labels: labels("HMSET", "", "LOADING")) == 0.25)
            var errors = labels("INSERT", "", "Refused")
            errors["db_collection_name"] = nil
            #expect(registry.value(of: "db_client_operation_errors_total", labels: errors) == 1)
            let findings = Lint.problems(in: registry)
            #expect(findings.isEmpty, "\(findings)")
        }
    }

    @Test func `an asynchronous operation is timed, and a cancelled one is an error of its own`() async {
        await Registry.isolated { registry in
            let metrics = DatabaseMetrics(system: .sqlite)
            await metrics.measure(.update) { await Task.yield() }
            await #expect(throws: CancellationError.self) {
                try await metrics.measure(.update) { () async throws in throw CancellationError() }
            }
            let count = "db_client_operation_duration_seconds_count"
            #expect(registry.value(of: count, labels: labels("UPDATE", "", "")) == 1)
            #expect(registry.value(of: count, labels: labels("UPDATE", "", "cancelled")) == 1)
        }
    }

    @Test func `what takes as long as the threshold is slow`() {
        Registry.isolated { registry in
            let metrics = DatabaseMetrics(system: .sqlite, slowAfter: .milliseconds(100))
            #expect(!metrics.record(.select, duration: .milliseconds(99)))
            #expect(metrics.record(.select, duration: .milliseconds(100)))
            #expect(metrics.record(.select, collection: "t", duration: .seconds(3)))
            let slow = "db_client_slow_operations_total"
            #expect(registry.value(of: slow, labels: labels("SELECT")) == 1)
            #expect(registry.value(of: slow, labels: labels("SELECT", "t")) == 1)
            #expect(!DatabaseMetrics(system: .sqlite, slowAfter: nil).record(.select, duration: .seconds(3)))
        }
    }

    @Test func `a clock that was set back costs no count`() {
        Registry.isolated { registry in
            DatabaseMetrics(system: .sqlite).record(.select, duration: .seconds(-1))
            let durations = "db_client_operation_duration_seconds"
            #expect(registry.value(of: "\(durations)_count", labels: labels("SELECT", "", "")) == 1)
            #expect(registry.value(of: "\(durations)_sum", labels: labels("SELECT", "", "")) == 0)
        }
    }

    @Test func `names without end stay within the limit`() {
        Registry.isolated { registry in
            let metrics = DatabaseMetrics(system: .sqlite, limit: 10)
            for number in 0..<1000 {
                metrics.record(.select, collection: "t\(number)", duration: .seconds(1), error: "E\(number)")
            }
            let families = registry.gather().filter { $0.name.hasPrefix("db_client") && !$0.metrics.isEmpty }
            #expect(families.count >= 2)
            #expect(families.allSatisfy { $0.metrics.count <= 11 })
            #expect(families.contains { $0.metrics.count == 11 })
        }
    }
}

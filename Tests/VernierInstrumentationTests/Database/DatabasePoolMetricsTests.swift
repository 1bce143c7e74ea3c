import Testing
import Vernier
import VernierTesting

@testable import VernierInstrumentation

@Suite struct DatabasePoolMetricsTests {
    private func value(_ registry: Registry, _ name: String, state: String? = nil, pool: String = "main") -> Double? {
        var labels = ["db_client_connection_pool_name": pool]
        labels["db_client_connection_state"] = state
        return registry.value(of: "db_client_connection_\(name)", labels: labels)
    }

    @Test func `a connection goes from idle to used and back`() {
        Registry.isolated { registry in
            let pool = DatabasePoolMetrics("main", maximum: 6)
            #expect(value(registry, "max") == 6)
            pool.opened()
            #expect(value(registry, "count", state: "idle") == 1)
            let request = pool.request()
            #expect(value(registry, "pending_requests") == 1)
            let use = request.acquired()
            #expect(value(registry, "pending_requests") == 0)
            #expect(value(registry, "count", state: "idle") == 0)
            #expect(value(registry, "count", state: "used") == 1)
            use.release()
            pool.closed()
            #expect(value(registry, "count", state: "idle") == 0)
            #expect(value(registry, "count", state: "used") == 0)
            #expect(value(registry, "wait_time_seconds_count") == 1)
            #expect(value(registry, "use_time_seconds_count") == 1)
        }
    }

    @Test func `idle connections are never fewer than none`() {
        Registry.isolated { registry in
            let pool = DatabasePoolMetrics("main")
            // These connections were not told of.
            let uses = (0..<3).map { _ in pool.request().acquired() }
            #expect(value(registry, "count", state: "idle") == 0)
            #expect(value(registry, "count", state: "used") == 3)
            for _ in 0..<4 { pool.opened() }
            #expect(value(registry, "count", state: "idle") == 1)
            for use in uses { use.release() }
            #expect(value(registry, "count", state: "idle") == 4)
            for _ in 0..<5 { pool.closed() }
            #expect(value(registry, "count", state: "idle") == 0)
            pool.opened()
            pool.opened()
            #expect(value(registry, "count", state: "idle") == 1)
        }
    }

    @Test func `who gives up waiting has used nothing`() {
        Registry.isolated { registry in
            let pool = DatabasePoolMetrics("main")
            pool.request().abandoned()
            pool.request().abandoned(timedOut: true)
            #expect(value(registry, "pending_requests") == 0)
            #expect(value(registry, "timeouts_total") == 1)
            #expect(value(registry, "wait_time_seconds_count") == 0)
            #expect(value(registry, "max") == nil)
        }
    }

    @Test func `pools of one program share families and keep apart`() {
        Registry.isolated { registry in
            let first = DatabasePoolMetrics("a", maximum: 1)
            let second = DatabasePoolMetrics("b", maximum: 2)
            first.opened()
            second.opened()
            second.opened()
            #expect(value(registry, "count", state: "idle", pool: "a") == 1)
            #expect(value(registry, "count", state: "idle", pool: "b") == 2)
            #expect(value(registry, "max", pool: "b") == 2)
        }
    }
}

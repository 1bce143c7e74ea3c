import Testing
import Vernier
import VernierInstrumentation
import VernierTesting

@Suite struct DeliveryMetricsTests {
    @Test func `deployments and what became of them are DORA's four keys`() async {
        let registry = Registry()
        let delivery = DeliveryMetrics(environments: ["production", "staging"], registry: registry)
        delivery.deployed(to: "production", .success, leadTime: .seconds(5400), component: "api")
        delivery.deployed(to: "production", .failure, leadTime: .seconds(100), component: "api")
        delivery.changeFailed(in: "production", as: "rollback")
        delivery.restored(after: .seconds(1800), severity: "high", component: "api")
        #expect(
            await registry.values("deployments") == [
                "production/success": 1, "production/failure": 1, "staging/success": 0, "staging/failure": 0,
            ])
        #expect(await registry.values("deployment_failures") == ["production/rollback": 1])
        let families = await registry.gather(timeout: .seconds(300))
        #expect(
            families.value(
                of: "deployment_lead_time_seconds_sum", labels: ["environment": "production", "component": "api"])
                == 5400)
        #expect(
            families.value(
                of: "incident_recovery_time_seconds_sum", labels: ["severity": "high", "component": "api"]) == 1800)
    }

    @Test func `builds and tests are counted by how they end`() async {
        let registry = Registry()
        let delivery = DeliveryMetrics(registry: registry)
        delivery.ran("build", .success, duration: .seconds(70))
        delivery.ran("build", .failure, duration: .seconds(20), error: "compile")
        delivery.tested("unit", passed: 95, failed: 3, skipped: 2, coverage: 0.875)
        #expect(
            await registry.values("test_results") == ["unit/pass": 95, "unit/fail": 3, "unit/skip": 2])
        #expect(await registry.values("test_coverage_ratio") == ["unit": 0.875])
        let runs = await registry.values("cicd_pipeline_run_duration_seconds")
        #expect(runs.count == 2 && runs["build/executing/failure/compile"] == 1)
    }

    @Test func `names keep to the habits`() async {
        let registry = Registry()
        let delivery = DeliveryMetrics(environments: ["production"], registry: registry)
        delivery.ran("build", .timeout, duration: .seconds(70), error: .timeout)
        delivery.tested("unit", passed: 1, failed: 0, coverage: 1)
        #expect(await registry.lintProblems() == [])
    }
}

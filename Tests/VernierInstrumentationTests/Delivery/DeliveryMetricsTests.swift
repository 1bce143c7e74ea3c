import Testing
import Vernier
import VernierInstrumentation
import VernierTesting

@Suite struct DeliveryMetricsTests {
    @Test func `deployments and what became of them are DORA's four keys`() async {
        let registry = Registry()
        let delivery = DeliveryMetrics(
            known: .init(environments: ["production", "staging"], failures: ["rollback"]), registry: registry)
        delivery.deployed(to: "production", .success, leadTimes: [.seconds(5000), .seconds(400)], component: "api")
        delivery.deployed(to: "production", .failure, leadTimes: [.seconds(100)], component: "api")
        delivery.changeFailed(in: "production", as: "rollback")
        delivery.restored(after: .seconds(1800), severity: "high", component: "api")
        #expect(
            await registry.values("deployments") == [
                "production/success": 1, "production/failure": 1, "staging/success": 0, "staging/failure": 0,
            ])
        #expect(
            await registry.values("deployment_failures") == ["production/rollback": 1, "staging/rollback": 0])
        let families = await registry.gather(timeout: .seconds(300))
        #expect(
            families.value(
                of: "deployment_lead_time_seconds_sum", labels: ["environment": "production", "component": "api"])
                == 5400)
        #expect(
            families.value(
                of: "incident_recovery_time_seconds_sum", labels: ["severity": "high", "component": "api"]) == 1800)
    }

    @Test func `what is known has its series from the start`() async {
        let registry = Registry()
        _ = DeliveryMetrics(
            known: .init(
                environments: ["production"], failures: ["rollback", "hotfix"], severities: ["high", "low"],
                components: ["api", "web"], pipelines: ["build"], pipelineErrors: ["compile"], suites: ["unit"]),
            registry: registry)
        for (name, count) in [
            ("deployments", 2), ("deployment_failures", 2), ("deployment_lead_time_seconds", 2),
            ("incident_recovery_time_seconds", 4), ("cicd_pipeline_run_duration_seconds", 3), ("test_results", 3),
        ] {
            let values = await registry.values(name)
            #expect(values.count == count && values.values.allSatisfy { $0 == 0 }, "\(name)")
        }
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
        let delivery = DeliveryMetrics(known: .init(environments: ["production"]), registry: registry)
        delivery.ran("build", .timeout, duration: .seconds(70), error: .timeout)
        delivery.tested("unit", passed: 1, failed: 0, coverage: 1)
        #expect(await registry.lintProblems() == [])
    }
}

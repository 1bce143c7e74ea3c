import Testing

@testable import Vernier

@Suite struct SelfMetricsTests {
    @Test func `an empty registry says that nothing was detached`() {
        #expect(
            Registry().page(as: .openMetrics) == """
                # TYPE vernier_detached_metrics counter
                # HELP vernier_detached_metrics Declarations that clashed with another one and are not exposed.
                vernier_detached_metrics_total 0
                # EOF

                """)
    }

    @Test func `refusals and overflows are counted by family`() {
        let registry = Registry()
        let open = CounterFamily("open", help: "O.", labels: .of(Label<Int>("id")), limit: 1, registry: registry)
        let finite = CounterFamily("finite", help: "F.", labels: .of(Label<Method>("m")), registry: registry)
        for id in 0..<3 { open[id].increment(by: -1) }
        finite[.get].increment(by: .nan)
        #expect(
            registry.samples(of: "vernier_rejected_updates") == [
                "vernier_rejected_updates_total{family=\"finite\"} 1",
                "vernier_rejected_updates_total{family=\"open\"} 3",
            ])
        #expect(
            registry.samples(of: "vernier_overflowed_lookups") == [
                "vernier_overflowed_lookups_total{family=\"open\"} 2"
            ])
    }

    @Test func `a name of the registry's own that the host took is on the page once`() {
        let registry = Registry()
        Gauge("vernier_detached_metrics", help: "Mine.", registry: registry).set(5)
        registry.register(Fixed([gauge("vernier_rejected_updates_total", 7)]))
        #expect(registry.samples(of: "vernier_detached_metrics") == ["vernier_detached_metrics 5"])
        #expect(registry.samples(of: "vernier_rejected_updates_total") == ["vernier_rejected_updates_total 7"])
        let names = registry.gather().map(\.name)
        #expect(Set(names).count == names.count)
    }

    @Test func `a constant label named like one of the registry's own hides nothing`() {
        let registry = Registry(constantLabels: ["family": "mine", "zone": "a"])
        Counter("x", help: "X.", registry: registry).increment(by: -1)
        #expect(
            registry.samples(of: "vernier_rejected_updates")
                == ["vernier_rejected_updates_total{zone=\"a\",family=\"x\"} 1"])
    }

    @Test func `collectors are shown with their errors and the time of their last reading`() {
        let registry = Registry()
        registry.register(Closure("b") { throw Trouble() })
        registry.register(Closure("a") { [] })
        #expect(
            registry.samples(of: "vernier_collector_errors") == [
                "vernier_collector_errors_total{collector=\"a\",kind=\"threw\"} 0",
                "vernier_collector_errors_total{collector=\"a\",kind=\"late\"} 0",
                "vernier_collector_errors_total{collector=\"a\",kind=\"invalid\"} 0",
                "vernier_collector_errors_total{collector=\"a\",kind=\"clash\"} 0",
                "vernier_collector_errors_total{collector=\"b\",kind=\"threw\"} 1",
                "vernier_collector_errors_total{collector=\"b\",kind=\"late\"} 0",
                "vernier_collector_errors_total{collector=\"b\",kind=\"invalid\"} 0",
                "vernier_collector_errors_total{collector=\"b\",kind=\"clash\"} 0",
            ])
        let durations = registry.family("vernier_collector_duration_seconds")
        #expect(durations?.labelValues == [["a"], ["b"]])
        #expect(durations?.unit == "seconds")
        for metric in durations?.metrics ?? [] {
            guard case .gauge(let seconds) = metric.point else {
                Issue.record("no gauge")
                continue
            }
            #expect((0..<60).contains(seconds))
        }
    }
}

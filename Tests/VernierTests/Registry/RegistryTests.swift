import Testing

@testable import Vernier

@Suite struct RegistryTests {
    @Test func `prefix and constant labels are on every metric`() {
        let registry = Registry(prefix: "shop", constantLabels: ["instance": "blue\"", "zone": "z"])
        Counter("orders", help: "O.", registry: registry).increment()
        let sizes = HistogramFamily(
            "sizes", help: "S.", buckets: [1], labels: .of(Label<Method>("m")), registry: registry)
        sizes[.get].observe(1)
        Info("build", help: "B.", ["version": "1"], registry: registry)
        _ = StateSet("phase", help: "P.", initial: Method.get, registry: registry)
        _ = Summary("wait", help: "W.", quantiles: [], registry: registry)
        GaugeFunction("idle", help: "I.", registry: registry) { 3 }
        let constant = #"instance="blue\"",zone="z""#
        #expect(registry.samples(of: "shop_orders") == ["shop_orders_total{\(constant)} 1"])
        #expect(registry.samples(of: "shop_sizes").first == "shop_sizes_bucket{\(constant),m=\"GET\",le=\"1.0\"} 1")
        #expect(registry.samples(of: "shop_build") == ["shop_build_info{\(constant),version=\"1\"} 1"])
        #expect(registry.samples(of: "shop_phase").first == "shop_phase{\(constant),shop_phase=\"GET\"} 1")
        #expect(
            registry.samples(of: "shop_wait") == ["shop_wait_count{\(constant)} 0", "shop_wait_sum{\(constant)} 0"])
        #expect(registry.samples(of: "shop_idle") == ["shop_idle{\(constant)} 3"])
        let pairs = [LabelPair("instance", "blue\""), LabelPair("zone", "z")]
        #expect(registry.family("shop_orders")?.metrics.first?.labels == pairs)
        #expect(registry.family("shop_sizes")?.metrics.first?.labels == pairs + [LabelPair("m", "GET")])
        #expect(registry.samples(of: "vernier_detached_metrics") == ["vernier_detached_metrics_total{\(constant)} 0"])
        #expect(registry.prefix == "shop")
        #expect(registry.constantLabels == pairs)
    }

    @Test func `a constant label that is not allowed makes every declaration wrong`() {
        for registry in [
            Registry(constantLabels: ["": "c"], clashPolicy: .detach),
            Registry(constantLabels: ["__a": "c"], clashPolicy: .detach),
            Registry(constantLabels: ["a.b": "c", "a_b": "c"], clashPolicy: .detach),
        ] {
            _ = Counter("x", help: "X.", registry: registry)
            #expect(registry.familyNames == [])
            #expect(throws: RegistrationError.self) { try Counter(validating: "x", help: "X.", registry: registry) }
        }
    }

    @Test func `a declaration goes to the registry of its task`() async {
        let registry = Registry()
        let inner = Registry()
        #expect(Registry.current === Registry.default)
        registry.withCurrent {
            Counter("outside", help: "O.").increment()
            inner.withCurrent { _ = Gauge("inside", help: "I.") }
            #expect(Registry.current === registry)
        }
        await registry.withCurrent {
            await Task.yield()
            _ = Counter("asynchronous", help: "A.")
            async let child: Void = { _ = Counter("child", help: "C.") }()
            await child
            await withTaskGroup(of: Void.self) { group in
                group.addTask { _ = Counter("group", help: "G.") }
            }
            await Task { _ = Counter("unstructured", help: "U.") }.value
            await Task.detached { #expect(Registry.current === Registry.default) }.value
        }
        #expect(Registry.current === Registry.default)
        #expect(registry.familyNames == ["asynchronous", "child", "group", "outside", "unstructured"])
        #expect(inner.familyNames == ["inside"])
    }

    @Test func `what a closure throws is passed on`() async {
        let registry = Registry()
        #expect(throws: Trouble.self) { try registry.withCurrent { throw Trouble() } }
        await #expect(throws: Trouble.self) {
            try await registry.withCurrent {
                await Task.yield()
                throw Trouble()
            }
        }
        #expect(Registry.current === Registry.default)
    }

    @Test func `registries keep to themselves`() {
        let (first, second) = (Registry(), Registry())
        Counter("x", help: "First.", registry: first).increment()
        Gauge("x", help: "Second.", registry: second).set(5)
        #expect(first.samples(of: "x") == ["x_total 1"])
        #expect(second.samples(of: "x") == ["x 5"])
    }
}

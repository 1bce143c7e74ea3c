#if SwiftMetrics
    import CoreMetrics
    import Testing
    import Vernier
    import VernierTesting

    @testable import VernierSwiftMetrics

    @Suite struct ClashTests {
        @Test(arguments: [
            ("http.server.requests", "http_server_requests_total"), ("a-b c", "a_b_c_total"),
            ("9lives", "_9lives_total"),
            ("héllo", "h_llo_total"), ("", "__total"), ("x_total", "x_total"), ("x.total", "x_total"),
            ("x_total_total", "x_total_total"),
            ("a:b", "a:b_total"),
            ("naïve\n# TYPE x", "na_ve___TYPE_x_total"),
        ])
        func `names become such as every scraper reads`(label: String, name: String) throws {
            let backend = Backend()
            backend.factory.makeCounter(label: label, dimensions: []).increment(by: 4)
            let found = backend.registry.gather().filter { $0.type == .counter && !$0.name.hasPrefix("vernier_") }
            #expect(found.map { $0.name + "_total" } == [name])
            try backend.expectSoundPages()
        }

        @Test func `a name of nothing but the end of its type is not exposed`() throws {
            let backend = Backend()
            backend.factory.makeCounter(label: "_total", dimensions: []).increment(by: 4)
            #expect(backend.value("vernier_detached_metrics_total") == 1)
            try backend.expectSoundPages()
        }

        @Test func `a typed metric that comes after a reported one of its name is detached, and stops nothing`() throws
        {
            let backend = Backend(Registry(clashPolicy: .stop))
            backend.factory.makeMeter(label: "http.server.active_requests", dimensions: []).set(3.0)
            let typed = UpDownCounter("http_server_active_requests", help: "Mine.", registry: backend.registry)
            typed.increment()
            #expect(typed.value == 1)
            #expect(backend.value("http_server_active_requests") == 3)
            #expect(backend.value("vernier_detached_metrics_total") == 1)
            try backend.expectSoundPages()
        }

        @Test func `the last of repeated dimensions counts, whichever came first before`() throws {
            let backend = Backend()
            backend.factory.makeCounter(label: "x", dimensions: [("a", "1"), ("a", "2")]).increment(by: 1)
            backend.factory.makeCounter(label: "x", dimensions: [("a", "2"), ("a", "1")]).increment(by: 2)
            backend.factory.makeCounter(label: "x", dimensions: [("a", "1"), ("a", "2")]).increment(by: 4)
            #expect(backend.value("x_total", ["a": "2"]) == 5)
            #expect(backend.value("x_total", ["a": "1"]) == 2)
            try backend.expectSoundPages()
        }

        @Test(arguments: ["service.name", "service_name", "zone"])
        func `a label that all metrics of the registry have stands on no page twice`(name: String) throws {
            let backend = Backend(
                Registry(constantLabels: ["service.name": "shop", "zone": "a", "exported_zone": "b"]))
            backend.factory.makeCounter(label: "x", dimensions: [(name, "mine")]).increment(by: 1)
            try backend.expectSoundPages()
            for format in [ExpositionFormat(.text), ExpositionFormat(.openMetrics)] {
                let page = backend.registry.page(as: format)
                let lines = page.split(separator: "\n").filter { $0.hasPrefix("x_total{") }
                let line = try #require(lines.first)
                let names = line.split(separator: "{")[1].split(separator: ",").map { $0.split(separator: "=")[0] }
                #expect(Set(names).count == names.count, "\(line)")
                #expect(names.count == 4)
            }
        }

        @Test(arguments: [
            ("method", "method"), ("http.method", "http_method"), ("le", "exported_le"),
            ("quantile", "exported_quantile"),
            ("__name__", "_name__"), ("1st", "_1st"), ("", "_"), ("a\"b", "a_b"),
        ])
        func `names of labels do too`(name: String, shown: String) throws {
            let backend = Backend()
            backend.factory.makeTimer(label: "t", dimensions: [(name, "v\"\\\n")]).recordNanoseconds(1)
            #expect(backend.value("t_seconds_count", [shown: "v\"\\\n"]) == 1)
            try backend.expectSoundPages()
        }

        @Test func `of several dimensions of one name the last counts`() throws {
            let backend = Backend()
            let repeated = backend.factory.makeCounter(label: "x", dimensions: [("a", "1"), ("b", "2"), ("a", "3")])
            repeated.increment(by: 1)
            let repaired = backend.factory.makeCounter(label: "x", dimensions: [("a.c", "1"), ("a_c", "2")])
            repaired.increment(by: 1)
            #expect(backend.value("x_total", ["a": "3", "b": "2"]) == 1)
            #expect(backend.value("x_total", ["a_c": "2"]) == 1)
            #expect(backend.value("vernier_swiftmetrics_repaired_total", ["kind": "repeated_label"]) == 2)
            let plain = backend.factory.makeCounter(label: "x", dimensions: [("a", "3"), ("b", "2")])
            #expect(plain === repeated)
            try backend.expectSoundPages()
        }

        @Test func `a dimension with an empty value is none`() throws {
            let backend = Backend()
            backend.factory.makeCounter(label: "x", dimensions: [("a", "")]).increment(by: 1)
            backend.factory.makeCounter(label: "x", dimensions: []).increment(by: 2)
            #expect(backend.value("x_total") == 3)
            try backend.expectSoundPages()
        }

        @Test func `labels that are repaired to one name share their series`() {
            let backend = Backend()
            backend.factory.makeCounter(label: "a.b", dimensions: []).increment(by: 1)
            backend.factory.makeCounter(label: "a_b", dimensions: []).increment(by: 2)
            backend.factory.makeCounter(label: "a_b_total", dimensions: []).increment(by: 4)
            #expect(backend.value("a_b_total") == 7)
            backend.factory.makeTimer(label: "t", dimensions: []).recordNanoseconds(1)
            backend.factory.makeTimer(label: "t.seconds", dimensions: []).recordNanoseconds(1)
            #expect(backend.value("t_seconds_count") == 2)
            #expect(backend.value("vernier_detached_metrics_total") == 0)
            #expect(backend.value("vernier_swiftmetrics_repaired_total", ["kind": "name"]) == 2)
        }

        @Test func `labels that are one metric on the page have one handler, whatever ends they have`() {
            let backend = Backend(Registry(prefix: "shop", clashPolicy: .stop))
            let factory = backend.factory
            #expect(
                factory.makeCounter(label: "x", dimensions: [])
                    === factory.makeCounter(label: "x_total", dimensions: []))
            let timers = ["t", "t_seconds", "seconds", "seconds_seconds"].map {
                factory.makeTimer(label: $0, dimensions: [])
            }
            #expect(timers[0] === timers[1])
            // With its prefix the third has the end that its unit adds: the fourth is another.
            #expect(timers[2] !== timers[3])
            for timer in timers { timer.recordNanoseconds(1) }
            #expect(backend.value("shop_t_seconds_count") == 2)
            #expect(backend.value("shop_seconds_count") == 1)
            #expect(backend.value("shop_seconds_seconds_count") == 1)
            #expect(backend.value("vernier_detached_metrics_total") == 0)
        }

        @Test func `a label of another type works and is not exposed`() throws {
            let backend = Backend()
            backend.factory.makeCounter(label: "x", dimensions: []).increment(by: 1)
            let meter = backend.factory.makeMeter(label: "x", dimensions: [])
            meter.set(5.0)
            meter.increment(by: 1)
            #expect(backend.factory.makeMeter(label: "x", dimensions: []) === meter)
            backend.factory.makeRecorder(label: "x", dimensions: [], aggregate: true).record(1.0)
            #expect(backend.value("x_total") == 1)
            #expect(backend.value("x") == nil)
            #expect(backend.value("vernier_detached_metrics_total") == 2)
            // A timer has a name of its own.
            backend.factory.makeTimer(label: "x", dimensions: []).recordNanoseconds(1)
            #expect(backend.value("x_seconds_count") == 1)
            backend.factory.destroyMeter(meter)
            #expect(backend.factory.makeMeter(label: "x", dimensions: []) !== meter)
            // Said once, however often it is made.
            #expect(backend.value("vernier_detached_metrics_total") == 2)
            #expect(backend.value("x_total") == 1)
            try backend.expectSoundPages()
        }

        @Test func `a label that a typed metric has works and is not exposed`() throws {
            let backend = Backend()
            let typed = CounterFamily(
                "hits", help: "Hits.", labels: .of(Label<String>("route")), registry: backend.registry)
            typed["/"].increment()
            backend.factory.makeCounter(label: "hits", dimensions: [("route", "/")]).increment(by: 10)
            backend.factory.makeMeter(label: "hits_total", dimensions: []).set(3.0)
            #expect(backend.value("hits_total", ["route": "/"]) == 1)
            #expect(backend.value("vernier_detached_metrics_total") == 2)
            try backend.expectSoundPages()
        }

        @Test func `names may be kept as they are`() throws {
            let backend = Backend(Registry(constantLabels: ["a_b": "c"])) { $0.names = .kept }
            backend.factory.makeCounter(label: "http.requests", dimensions: [("http.method", "GET")]).increment(by: 1)
            // Where they are escaped these two would be one, and the third one that all metrics have.
            backend.factory.makeCounter(label: "http.requests", dimensions: [("http_method", "GET")]).increment(by: 2)
            backend.factory.makeCounter(label: "http.requests", dimensions: [("a.b", "x")]).increment(by: 4)
            backend.factory.makeTimer(label: "http.duration", dimensions: [("le", "1"), ("__x", "2")])
                .recordNanoseconds(1)
            let page = backend.registry.page(as: .utf8Text)
            #expect(page.contains(#"{"http.requests_total",a_b="c","http.method"="GET"} 3"#), "\(page)")
            #expect(backend.value("http.requests_total", ["exported_a_b": "x"]) == 4, "\(page)")
            try backend.expectSoundPages()
        }

        @Test func `self-metrics whose name the host took cost nothing`() throws {
            let registry = Registry(clashPolicy: .stop)
            Vernier.Gauge("vernier_swiftmetrics_repaired", help: "Mine.", registry: registry).set(1)
            let backend = Backend(registry)
            backend.factory.makeCounter(label: "a.b", dimensions: []).increment(by: 1)
            #expect(backend.value("a_b_total") == 1)
            try backend.expectSoundPages()
        }
    }
#endif

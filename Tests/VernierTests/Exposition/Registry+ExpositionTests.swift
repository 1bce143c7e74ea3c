import Testing

@testable import Vernier

@Suite struct RegistryExpositionTests {
    /// The pieces of a page.
    private func pieces(_ registry: Registry, _ format: ExpositionFormat, _ names: Set<String>? = nil) throws
        -> [[UInt8]]
    {
        var pieces: [[UInt8]] = []
        try registry.expose(as: format, names: names) { piece in
            // SAFETY: the bytes of the span live while the closure has it.
            pieces.append(unsafe piece.withUnsafeBytes { unsafe Array($0) })
        }
        return pieces
    }

    private func makeLarge() -> Registry {
        let registry = Registry()
        let family = CounterFamily(
            "large", help: "L.", labels: .of(Label<Int>("id"), Label<String>("text")), registry: registry)
        for id in 0..<3_000 { family[id, "some text that makes the line longer"].increment(by: id) }
        let histograms = HistogramFamily("sizes", help: "S.", labels: .of(Label<Int>("id")), registry: registry)
        for id in 0..<200 { histograms[id].observe(id) }
        GaugeFunction("read", help: "R.", labels: .of(Label<Int>("id")), registry: registry) {
            (0..<3_000).map { ($0, 1) }
        }
        registry.register(
            Fixed([
                MetricFamilySnapshot(
                    "collected", type: .gauge, help: "",
                    metrics: (0..<3_000).map { MetricSnapshot(labels: [LabelPair("id", "\($0)")], .gauge(1)) })
            ]))
        return registry
    }

    @Test(arguments: [ExpositionFormat.text, .openMetrics])
    func `a large page comes in pieces of bounded size that add up to the page`(format: ExpositionFormat) throws {
        let registry = makeLarge()
        let names: Set<String> = ["large", "sizes", "read", "collected"]
        let pieces = try pieces(registry, format, names)
        #expect(pieces.count > 10)
        for piece in pieces { #expect(piece.count < TextSink.pieceBytes + 4_096) }
        for piece in pieces.dropLast() { #expect(piece.count >= TextSink.pieceBytes) }
        let whole = text(pieces.flatMap { $0 })
        #expect(whole == registry.page(as: format, names: names))
        let lines = whole.split(separator: "\n")
        #expect(lines.count { $0.hasPrefix("large_total{") } == 3_000)
        #expect(lines.count { $0.hasPrefix("sizes_bucket{") } == 2_400)
        #expect(lines.count { $0.hasPrefix("read{") } == 3_000)
        #expect(lines.count { $0.hasPrefix("collected{") } == 3_000)
        #expect(lines.count { $0.hasPrefix("# TYPE") } == 4)
        #expect(Set(lines).count == lines.count)
        #expect((lines.last == "# EOF") == (format == .openMetrics))
    }

    @Test func `labels of 10 kB are written whole, one metric at a time`() throws {
        let registry = Registry()
        let family = HistogramFamily(
            "h", help: "H.", buckets: [1, 2], labels: .of(Label<String>("a"), Label<Int>("b")), registry: registry)
        let long = String(repeating: "0123456789", count: 1_024)
        for number in 0..<20 { family[long, number].observe(1) }
        let pieces = try pieces(registry, .text, ["h"])
        let metric = 5 * (long.utf8.count + 100)
        for piece in pieces { #expect(piece.count < TextSink.pieceBytes + metric) }
        let lines = text(pieces.flatMap { $0 }).split(separator: "\n")
        #expect(lines.count == 2 + 20 * 5)
        #expect(lines.contains("h_count{a=\"\(long)\",b=\"19\"} 1"))
    }

    @Test(arguments: [0, 1, 5]) func `a write that throws ends the page at once`(allowed: Int) throws {
        let registry = makeLarge()
        var written = 0
        #expect(throws: Trouble.self) {
            try registry.expose(as: .text) { _ in
                guard written < allowed else { throw Trouble() }
                written += 1
            }
        }
        #expect(written == allowed)
        // Nothing stays locked.
        #expect(registry.gather(names: ["large"]).first?.metrics.count == 3_000)
        let family = CounterFamily(
            "large", help: "L.", labels: .of(Label<Int>("id"), Label<String>("text")), registry: registry)
        family[-1, ""].increment()
        #expect(family.seriesCount == 3_001)
    }

    @Test func `no lock is held while a piece is written`() throws {
        let registry = makeLarge()
        let family = CounterFamily(
            "large", help: "L.", labels: .of(Label<Int>("id"), Label<String>("text")), registry: registry)
        var count = 0
        try registry.expose(as: .text) { _ in
            count += 1
            family[-count, "made while a page is written"].increment()
            _ = Gauge("made_\(count)", help: "M.", registry: registry)
            family.remove((-count, "made while a page is written"))
        }
        #expect(count > 10)
    }

    @Test(arguments: [ExpositionFormat.text, .openMetrics]) func `names limit a page`(format: ExpositionFormat) {
        let registry = Registry()
        _ = Counter("a", help: "A.", registry: registry)
        _ = Histogram("b", help: "B.", registry: registry)
        registry.register(Fixed([gauge("c", 1)]))
        let end = format == .openMetrics ? "# EOF\n" : ""
        func families(_ names: Set<String>) -> [Substring] {
            let page = registry.page(as: format, names: names)
            #expect(page.hasSuffix(end))
            return page.split(separator: "\n").filter { $0.hasPrefix("# TYPE") }.map { $0.split(separator: " ")[2] }
        }
        let counter: Substring = format == .text ? "a_total" : "a"
        #expect(families(["a_total"]) == [counter])
        #expect(families(["a", "b_sum"]) == [counter, "b"])
        #expect(families(["c", "vernier_detached_metrics_total"]).count == 2)
        #expect(registry.page(as: format, names: ["none"]) == end)
        #expect(registry.page(as: format, names: []) == end)
    }

    @Test func `a page waits for collectors as long as it is told`() throws {
        let registry = Registry()
        let gate = Gate()
        registry.register(
            Closure("slow") {
                gate.wait(atMost: .seconds(60))
                return [gauge("slow", 1)]
            })
        var page: [UInt8] = []
        let start = ContinuousClock.now
        try registry.expose(as: .text, timeout: .milliseconds(20)) { piece in
            // SAFETY: the bytes of the span live while the closure has it.
            unsafe piece.withUnsafeBytes { unsafe page.append(contentsOf: $0) }
        }
        gate.open()
        #expect(ContinuousClock.now - start < .seconds(30))
        #expect(text(page).contains("vernier_collector_errors_total{collector=\"slow\",kind=\"late\"} 1"))
        #expect(!text(page).contains("# TYPE slow"))
    }

    @Test func `pages are the same from scrape to scrape`() {
        let registry = makeLarge()
        let first = registry.page(as: .text, names: ["large", "sizes", "read", "collected"])
        for _ in 0..<3 { #expect(registry.page(as: .text, names: ["large", "sizes", "read", "collected"]) == first) }
    }

    @Test func `formats say what they are`() {
        #expect(ExpositionFormat.text.contentType == "text/plain; version=0.0.4; charset=utf-8")
        #expect(
            ExpositionFormat.openMetrics.contentType == "application/openmetrics-text; version=1.0.0; charset=utf-8")
    }
}

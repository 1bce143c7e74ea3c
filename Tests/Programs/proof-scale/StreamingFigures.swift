import ProgramSupport
import Vernier
import VernierExporter

/// How much memory a page of many series takes while it is made, and whether it is all there.
struct StreamingFigures: Figures {
    var way: String
    var series: Int
    /// Bytes in main memory before, and the most during the page; `nil` where the system does not say.
    var before: Int?
    var peak: Int?
    var duration: Duration
    /// What was counted in the page.
    var bytes: Int
    var lines: Int
    var counted: Int
    var isComplete: Bool
    /// How many bytes the page should have.
    var expectedBytes: Int

    /// How much more memory there may be during the page, in bytes.
    static let limit = 4_000_000

    var name: String { "\(series) series \(way)" }

    private var extra: Int? {
        guard let before, let peak else { return nil }
        return peak - before
    }

    var text: String {
        let memory =
            if let before, let extra {
                "\(Rounded(megabytes: extra)) MB of memory beyond \(Rounded(megabytes: before)) MB"
            } else {
                "memory not known on this system"
            }
        return "\(memory), limit \(Rounded(megabytes: Self.limit)) MB, "
            + "page of \(bytes) bytes with \(counted) series in \(lines) lines, \(Rounded(duration, .seconds(1))) s"
    }

    var problem: String? {
        if counted != series { return "\(counted) series are on the page" }
        if !isComplete { return "the page is cut" }
        if bytes != expectedBytes { return "the page should have \(expectedBytes) bytes" }
        if let extra, extra > Self.limit { return "it takes too much memory" }
        return nil
    }

    /// Measures a page handed to a closure and one sent by a server to a thread that reads it and keeps nothing.
    static func measure(series: Int) -> (exposed: StreamingFigures, served: StreamingFigures) {
        let registry = Registry()
        let family = CounterFamily(
            "streamed", help: "Many series.", labels: .of(Label<String>("client")), limit: series, registry: registry)
        var lineBytes = 0
        for index in 0..<series {
            family["client-\(index)"].increment(by: index)
            lineBytes += "streamed_total{client=\"client-\(index)\"} \(index)\n".utf8.count
        }
        let expected = lineBytes + bytesOfOtherLines(in: registry)
        return (exposed(registry, series, expected), served(registry, series, expected))
    }

    private static let start = "streamed_total{client=\""

    /// What stands on the page beside the series: metadata and the registry's own figures.
    private static func bytesOfOtherLines(in registry: Registry) -> Int {
        let own: Set<String> = ["vernier_detached_metrics", "vernier_rejected_updates", "vernier_overflowed_lookups"]
        return registry.page(as: .openMetrics, names: own).utf8.count
            + "# TYPE streamed counter\n# HELP streamed Many series.\n".utf8.count
    }

    private static func exposed(_ registry: Registry, _ series: Int, _ expected: Int) -> StreamingFigures {
        var page = PageCount(series: start)
        let began = ContinuousClock.now
        let memory = Memory.watch { look in
            // Only the closure could throw, and it does not.
            try? registry.expose(as: .openMetrics) { piece in
                page.add(piece)
                look()
            }
        }
        return StreamingFigures(
            "handed to a closure", series, (memory.before, memory.peak), .now - began, page, expected)
    }

    private static func served(_ registry: Registry, _ series: Int, _ expected: Int) -> StreamingFigures {
        let way = "scraped over HTTP"
        guard let server = try? MetricsServer.start(port: 0, registry: registry), let port = server.port else {
            return StreamingFigures(way, series, (nil, nil), .zero, PageCount(), expected)
        }
        defer { server.stop() }
        let start = start
        let memory = Memory.watch { look in
            HostThread.run({ Scrape.run(port: port, series: start) }, meanwhile: look) ?? Scrape()
        }
        return StreamingFigures(
            way, series, (memory.before, memory.peak), memory.result.duration, memory.result.page, expected)
    }
}

extension StreamingFigures {
    private init(
        _ way: String, _ series: Int, _ memory: (before: Int?, peak: Int?), _ duration: Duration, _ page: PageCount,
        _ expected: Int
    ) {
        self.init(
            way: way, series: series, before: memory.before, peak: memory.peak, duration: duration, bytes: page.bytes,
            lines: page.lines, counted: page.series, isComplete: page.isComplete, expectedBytes: expected)
    }
}

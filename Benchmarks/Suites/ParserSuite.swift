import Benchmark
import Vernier
import VernierParsing
import Workloads

/// The cost of reading a page into values; a page of counters has some 700 kilobytes, one of histograms a megabyte.
enum ParserSuite {
    static func register() {
        add("OpenMetrics of 10,000 counters", .openMetrics, Workloads.fillCounters)
        add("text of 10,000 counters", .text, Workloads.fillCounters)
        add("OpenMetrics of 1,000 histograms", .openMetrics, Workloads.fillHistograms)
    }

    private static func add(_ name: String, _ format: ExpositionFormat, _ fill: @escaping @Sendable (Registry) -> Void)
    {
        Benchmark("parse: \(name)") { (benchmark, page: [UInt8]) in
            for _ in benchmark.scaledIterations where metrics(in: page, format) < 1_000 {
                benchmark.error("the page was not read")
            }
        } setup: {
            let registry = Registry()
            fill(registry)
            return Array(registry.page(as: format).utf8)
        }
    }

    /// Reads a page.
    ///
    /// - Returns: how many metrics it has, 0 when it was refused.
    private static func metrics(in page: [UInt8], _ format: ExpositionFormat) -> Int {
        var count = 0
        var parser = ExpositionParser(format)
        do {
            try parser.parse(page.span) { count += $0.metrics.count }
            try parser.finish { count += $0.metrics.count }
            return count
        } catch {
            return 0
        }
    }
}

import Testing

@testable import Vernier

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

@Suite struct ProcessCollectorTests {
    private static let full = ProcessFigures(
        processorSeconds: 1.5, openDescriptors: 7, openDescriptorLimit: 1024, virtualBytes: 3_133_440,
        addressSpaceLimit: .max, residentBytes: 4096, startSeconds: 1795264985.26, threads: 3)

    @Test func `all figures have the names that client libraries share`() {
        let families = ProcessCollector { ProcessCollectorTests.full }.collect()
        let lines = families.map { family in
            "\(family.type) \(family.name) \(family.unit) \(family.metrics.map { "\($0.labels) \($0.point)" })"
        }
        #expect(
            lines == [
                "counter process_cpu_seconds seconds [\"[] counter(1.5)\"]",
                "gauge process_open_fds  [\"[] gauge(7.0)\"]",
                "gauge process_max_fds  [\"[] gauge(1024.0)\"]",
                "gauge process_virtual_memory_bytes bytes [\"[] gauge(3133440.0)\"]",
                "gauge process_virtual_memory_max_bytes bytes [\"[] gauge(1.8446744073709552e+19)\"]",
                "gauge process_resident_memory_bytes bytes [\"[] gauge(4096.0)\"]",
                "gauge process_start_time_seconds seconds [\"[] gauge(1795264985.26)\"]",
                "gauge process_threads  [\"[] gauge(3.0)\"]",
            ])
        #expect(families.allSatisfy { !$0.help.isEmpty && ($0.unit.isEmpty || $0.name.hasSuffix("_" + $0.unit)) })
        #expect(families.allSatisfy { MetricName.problem(inMetric: $0.name) == nil })
    }

    @Test func `a figure that is not known is left out`() {
        #expect(ProcessCollector { ProcessFigures() }.collect().isEmpty)
        let families = ProcessCollector { ProcessFigures(threads: 1) }.collect()
        #expect(families.map(\.name) == ["process_threads"])
    }

    @Test func `this process has plausible figures`() throws {
        let figures = ProcessFigures.current()
        #expect(try #require(figures.processorSeconds) > 0)
        #expect(try #require(figures.openDescriptors) >= 3)
        #expect(try #require(figures.virtualBytes) > (try #require(figures.residentBytes)))
        #expect(try #require(figures.residentBytes) > 1 << 20)
        #expect(try #require(figures.threads) >= 1)
        let now = try #require(Platform.nanoseconds(of: CLOCK_REALTIME))
        let age = Double(now) / 1e9 - (try #require(figures.startSeconds))
        #expect(age > -1 && age < 3600)
        #expect(ProcessCollector().collect().count == 8)
        #expect(ProcessCollector().name == "process")
    }

    @Test func `the start of the process never moves`() {
        let starts = (0..<100).map { _ in ProcessFigures.current().startSeconds }
        #expect(Set(starts).count == 1)
    }

    #if !canImport(Darwin)
        @Test func `without a readable proc only processor time and limits remain`() throws {
            let directory = try TemporaryDirectory()
            let names = ProcessCollector { [path = directory.path] in .current(directory: path) }.collect().map(\.name)
            #expect(names == ["process_cpu_seconds", "process_max_fds", "process_virtual_memory_max_bytes"])
            _ = directory.write(Array("nonsense".utf8), to: "stat")
            #expect(ProcessFigures.current(directory: directory.path).threads == nil)
        }

        @Test func `descriptors are counted, by size or one by one`() throws {
            let counted = try #require(ProcessFigures.openDescriptors(in: "/proc/self", trustingSize: false))
            #expect(counted >= 3)
            #expect(ProcessFigures.openDescriptors(in: "/proc/self", trustingSize: true) != nil)
            #expect(ProcessFigures.openDescriptors(in: "/missing", trustingSize: true) == nil)
            #expect(ProcessFigures.openDescriptors(in: "/missing", trustingSize: false) == nil)
        }
    #endif
}

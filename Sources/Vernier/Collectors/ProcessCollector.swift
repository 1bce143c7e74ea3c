/// Figures about the process that every Prometheus client library gives under the same names.
///
/// | family | type | unit |
/// |---|---|---|
/// | `process_cpu_seconds` | counter | user and system time of all threads |
/// | `process_open_fds`, `process_max_fds` | gauge | descriptors |
/// | `process_virtual_memory_bytes`, `process_virtual_memory_max_bytes` | gauge | bytes |
/// | `process_resident_memory_bytes` | gauge | bytes |
/// | `process_start_time_seconds` | gauge | Unix time |
/// | `process_threads` | gauge | threads |
///
/// What the platform cannot tell is left out: on Linux without a readable `/proc` only the processor time and the limits
/// remain. A limit that is not set shows as 2^64 - 1, as in other client libraries. The names are those of Prometheus,
/// "Writing client libraries", section "Standard and runtime collectors".
public struct ProcessCollector: Collector {
    private let figures: @Sendable () -> ProcessFigures

    /// Makes a collector for the process that it runs in.
    public init() {
        self.init { ProcessFigures.current() }
    }

    /// Makes a collector that shows given figures.
    init(figures: @escaping @Sendable () -> ProcessFigures) {
        self.figures = figures
    }

    /// `process`.
    public var name: String { "process" }

    /// Reads the figures from the operating system.
    ///
    /// - Complexity: A few system calls and one small file; before Linux 6.2 and on macOS, the open descriptors are counted
    ///   one by one.
    public func collect() -> [MetricFamilySnapshot] {
        let now = figures()
        var families: [MetricFamilySnapshot] = []
        func add(_ name: String, unit: String = "", help: String, _ point: MetricPoint?) {
            guard let point else { return }
            let type: MetricType = if case .counter = point { .counter } else { .gauge }
            families.append(
                MetricFamilySnapshot(name, type: type, unit: unit, help: help, metrics: [MetricSnapshot(point)]))
        }
        add(
            "process_cpu_seconds", unit: "seconds", help: "User and system processor time of all threads.",
            now.processorSeconds.map { .counter($0) })
        add("process_open_fds", help: "Open file descriptors.", now.openDescriptors.map { .gauge(Double($0)) })
        add(
            "process_max_fds", help: "How many file descriptors may be open.",
            now.openDescriptorLimit.map { .gauge(Double($0)) })
        add(
            "process_virtual_memory_bytes", unit: "bytes", help: "Size of the address space in use.",
            now.virtualBytes.map { .gauge(Double($0)) })
        add(
            "process_virtual_memory_max_bytes", unit: "bytes", help: "How large the address space may be.",
            now.addressSpaceLimit.map { .gauge(Double($0)) })
        add(
            "process_resident_memory_bytes", unit: "bytes", help: "Memory of the process that is in main memory.",
            now.residentBytes.map { .gauge(Double($0)) })
        add(
            "process_start_time_seconds", unit: "seconds", help: "When the process started, in Unix time.",
            now.startSeconds.map { .gauge($0) })
        add("process_threads", help: "Threads of the process.", now.threads.map { .gauge(Double($0)) })
        return families
    }
}

import Foundation

#if canImport(Glibc)
    import Glibc
#endif

/// The machine and its processes.
enum Machine {
    /// How many processors there are.
    static let processors = ProcessInfo.processInfo.activeProcessorCount

    /// What the numbers depend on, as rows.
    static func rows() -> [Row] {
        let cpu = field("model name", of: "/proc/cpuinfo", separator: ":") ?? "unknown"
        return [
            Row("run", "date", "", Date().formatted(.iso8601.year().month().day())),
            Row("run", "processor", "", cpu),
            Row("run", "processors", "", "\(processors)"),
            Row("run", "system", "", system),
            Row("run", "compiler", "", compiler),
        ]
    }

    /// What a process has in main memory, in bytes; `nil` where there is no `/proc`.
    static func resident(of process: String = "self") -> Int? {
        kilobytes("Rss", of: "/proc/\(process)/smaps_rollup")
    }

    /// The most that a process had in main memory since the last ``forgetPeak(of:)``, in bytes.
    static func peak(of process: Int32) -> Int? {
        kilobytes("VmHWM", of: "/proc/\(process)/status")
    }

    /// Starts the record of a process' peak anew; returns whether that worked.
    static func forgetPeak(of process: Int32) -> Bool {
        (try? Data("5".utf8).write(to: URL(filePath: "/proc/\(process)/clear_refs"))) != nil
    }

    /// The time for which a process has had a processor so far; `nil` where the system does not say.
    static func processorTime(of process: Int32) -> Duration? {
        #if canImport(Glibc)
            var clock = clockid_t()
            var time = timespec()
            // SAFETY: locals that the calls fill in.
            guard unsafe clock_getcpuclockid(process, &clock) == 0, unsafe clock_gettime(clock, &time) == 0 else {
                return nil
            }
            return .seconds(time.tv_sec) + .nanoseconds(time.tv_nsec)
        #else
            return nil
        #endif
    }

    private static var system: String {
        let kernel = (try? String(contentsOfFile: "/proc/sys/kernel/osrelease", encoding: .utf8)) ?? ""
        let named = field("PRETTY_NAME", of: "/etc/os-release", separator: "=")?.trimmingCharacters(in: ["\""])
        let name = named ?? ProcessInfo.processInfo.operatingSystemVersionString
        return "\(name), kernel \(kernel.trimmingCharacters(in: .whitespacesAndNewlines))"
    }

    private static var compiler: String {
        let output = try? Command(["swift", "--version"]).text()
        let line = output?.split(separator: "\n").first { $0.contains("Swift version") }
        return line.map { String($0.split(separator: " (").first ?? $0) } ?? "unknown"
    }

    private static func kilobytes(_ name: String, of file: String) -> Int? {
        field(name, of: file, separator: ":").flatMap { $0.split(separator: " ").first }.flatMap { Int($0) }.map {
            $0 * 1024
        }
    }

    /// What stands behind a name at the start of a line.
    private static func field(_ name: String, of file: String, separator: Character) -> String? {
        guard let content = try? String(contentsOfFile: file, encoding: .utf8) else { return nil }
        for line in content.split(separator: "\n") where line.hasPrefix(name) {
            guard let place = line.firstIndex(of: separator) else { continue }
            return line[line.index(after: place)...].trimmingCharacters(in: .whitespaces)
        }
        return nil
    }
}

/// How much memory the process has in main memory; `nil` where there is no `/proc`.
package enum Memory {
    /// What it has now, in bytes.
    package static var resident: Int? { field("VmRSS:") }

    /// Runs a closure and returns what there was before it and the most there was during it.
    ///
    /// The system's own record of the peak is asked where it can be started anew (Linux, proc(5), `clear_refs`). In any case the
    /// closure calls what it is given now and then to have the memory looked at.
    package static func watch<R>(_ body: (_ look: () -> Void) throws -> R) rethrows -> (
        before: Int?, peak: Int?, result: R
    ) {
        let hasRecord = System.write(Array("5".utf8), toFile: "/proc/self/clear_refs")
        let before = resident
        var peak = before
        func note(_ bytes: Int?) { if let bytes { peak = max(peak ?? bytes, bytes) } }
        let result = try body { note(resident) }
        if hasRecord { note(field("VmHWM:")) }
        return (before, peak, result)
    }

    private static func field(_ name: String) -> Int? {
        guard let status = System.read(file: "/proc/self/status") else { return nil }
        for line in status.split(separator: "\n") where line.hasPrefix(name) {
            return line.split(whereSeparator: { $0 == " " || $0 == "\t" }).dropFirst().first.flatMap { Int($0) }.map {
                $0 * 1024
            }
        }
        return nil
    }
}

import CProbe
import Foundation
import Workloads

/// Counts instructions: all work is done once more under valgrind's callgrind, which writes down how many there were between two marks.
enum Instructions {
    /// Why there are no counts.
    struct Failure: Error, CustomStringConvertible {
        /// Whether only valgrind is missing.
        var isMissing = false
        let description: String
    }

    /// What this program is called with when it runs under valgrind.
    static let option = "--under-counter"

    /// What runs under valgrind: every subject's work between the marks, in order.
    static func runUnderCounter() {
        for subject in Subject.all {
            let loops = subject.prepared()
            let turns = subject.turns
            probe_start()
            for loop in loops { loop(turns) }
            probe_stop()
        }
    }

    /// How many instructions one unit of each subject's work takes, in the order of the subjects.
    static func perUnit() throws(Failure) -> [Double] {
        guard let valgrind = find("valgrind") else {
            throw Failure(isMissing: true, description: "instructions are counted by valgrind, which is not installed")
        }
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("cost-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        do {
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            try run(valgrind, folder)
        } catch let failure as Failure {
            throw failure
        } catch {
            throw Failure(description: "valgrind did not run: \(error)")
        }
        var counts: [Double] = []
        for (index, subject) in Subject.all.enumerated() {
            let dump = folder.appendingPathComponent("out.\(index + 1)")
            guard let text = try? String(contentsOf: dump, encoding: .utf8), text.contains("probe_stop"),
                let total = text.split(separator: "\n").first(where: { $0.hasPrefix("totals: ") }),
                let count = Double(total.dropFirst("totals: ".count))
            else { throw Failure(description: "callgrind has not counted \(subject.workload.name)") }
            counts.append(count / subject.units)
        }
        return counts
    }

    private static func run(_ valgrind: URL, _ folder: URL) throws {
        let process = Process()
        process.executableURL = valgrind
        process.arguments = [
            "--tool=callgrind", "--quiet", "--callgrind-out-file=\(folder.appendingPathComponent("out").path)",
            "--zero-before=probe_start", "--dump-before=probe_stop", "--combine-dumps=no",
            Bundle.main.executablePath ?? CommandLine.arguments[0], option,
        ]
        // Otherwise Swift's own sets and dictionaries differ from run to run, and first calls of the system's functions cost more.
        let fixed = ["SWIFT_DETERMINISTIC_HASHING": "1", "LD_BIND_NOW": "1"]
        process.environment = ProcessInfo.processInfo.environment.merging(fixed) { $1 }
        let log = folder.appendingPathComponent("log")
        try Data().write(to: log)
        let output = try FileHandle(forWritingTo: log)
        process.standardError = output
        process.standardOutput = output
        try process.run()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else {
            let said = (try? String(contentsOf: log, encoding: .utf8)) ?? ""
            throw Failure(description: "valgrind ended with status \(process.terminationStatus): \(said.suffix(2_000))")
        }
    }

    /// A program on the search path.
    private static func find(_ name: String) -> URL? {
        (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
            .map { URL(fileURLWithPath: String($0)).appendingPathComponent(name) }
            .first { FileManager.default.isExecutableFile(atPath: $0.path) }
    }
}

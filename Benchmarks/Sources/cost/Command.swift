import CProbe
import Foundation

/// Gates on what one operation costs, where that can be counted exactly: allocations and instructions.
///
/// Nothing is timed, so what else the machine does has no part in it.
@main
enum Command {
    private static let help = """
        usage: cost [--accept | --self-test | --help] [--thresholds FILE]

        Counts the allocations and the instructions of every operation and compares them with the accepted values.

          --accept           writes what was counted as the accepted values; refused while an update allocates
          --self-test        shows that the gates can fail; counts nothing
          --thresholds FILE  the accepted values, instead of those of this kind of machine in Benchmarks/Thresholds
          --help             this

        Exit status: 0 all as accepted, 1 not so, 64 wrong usage, 77 this machine cannot count (no valgrind, or not
        Linux with glibc).
        """

    static func main() {
        var mode = "--check"
        var file = Thresholds.defaultFile
        var arguments = CommandLine.arguments.dropFirst().makeIterator()
        while let argument = arguments.next() {
            switch argument {
            case "--help", "-h": mode = "--help"
            case "--accept", "--self-test", Instructions.option: mode = argument
            case "--thresholds":
                guard let value = arguments.next() else { end(64, "cost: --thresholds needs a file after it") }
                file = value
            default: end(64, "cost: \(argument) is not an option\n\(help)")
            }
        }
        switch mode {
        case "--help": end(0, help)
        case "--self-test": exit(SelfTest.run(file) ? 0 : 1)
        case Instructions.option: Instructions.runUnderCounter()
        default: count(file, accepting: mode == "--accept")
        }
    }

    /// Counts everything and compares or accepts it.
    private static func count(_ file: String, accepting: Bool) {
        guard probe_counts_allocations() else {
            end(77, "cost: skipped: allocations are counted on Linux with glibc only")
        }
        guard sysconf(Int32(_SC_NPROCESSORS_ONLN)) == Int(probe_processors()) else {
            end(1, "cost: the number of processors is the machine's, so pages would cost what they cost here only")
        }
        // Allocations first: later there are other threads, which wait for valgrind.
        let allocations = Subject.all.map(Allocations.perUnit)
        let instructions: [Double]
        do throws(Instructions.Failure) {
            instructions = try Instructions.perUnit()
        } catch {
            end(error.isMissing ? 77 : 1, "cost: \(error.isMissing ? "skipped: " : "")\(error.description)")
        }
        let counts = zip(Subject.all, zip(allocations, instructions)).map {
            Count($0, allocations: $1.0, instructions: $1.1)
        }
        if accepting {
            let problems = Gate.unacceptable(counts)
            guard problems.isEmpty else { end(1, problems.joined(separator: "\n") + "\ncost: nothing was accepted") }
            guard Thresholds(counts).write(to: file) else { end(1, "cost: \(file) cannot be written") }
            print(Report.table(counts, []))
            end(0, "cost: accepted in \(file)")
        }
        let findings = Gate.judge(counts, Thresholds(readingFrom: file))
        print(Report.table(counts, findings))
        print(Report.verdict(counts, findings))
        exit(findings.contains(where: \.isBad) ? 1 : 0)
    }

    /// Says a last word, on standard error unless all is well, and ends the program.
    private static func end(_ status: Int32, _ text: String) -> Never {
        if status == 0 { print(text) } else { FileHandle.standardError.write(Data("\(text)\n".utf8)) }
        exit(status)
    }
}

// Measures Vernier beside the limits of the machine and beside other libraries that do the same work.
//
//     swift run -c release --package-path Benchmarks compare --help
import Foundation

@main
enum Compare {
    static func main() {
        let arguments = Array(CommandLine.arguments.dropFirst())
        do {
            switch arguments {
            // Vernier as a program like the peers': see Peers/README.md.
            case ["--vernier"]: VernierLibrary.answerRequests()
            case _ where arguments.count == 3 && arguments.starts(with: ["--vernier", "--exposition"]):
                try VernierPages.write(arguments[2])
            case _ where arguments.count == 3 && arguments.starts(with: ["--vernier", "--serve"]):
                try VernierPages.serve(arguments[2])
            default: try run(Options(arguments))
            }
        } catch let problem as Options.Problem {
            say("compare: \(problem.message)")
            exit(64)
        } catch {
            Interruption.waitIfUnderWay()
            say("compare: \(error)")
            exit(1)
        }
    }

    private static func run(_ options: Options) throws {
        if options.isHelp { return print(Options.usage) }
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        Interruption.watch(removing: folder)
        let rows = try Comparison(options, in: folder.url).rows()
        if options.isTSV {
            print(([Row.header] + rows.map(\.line)).joined(separator: "\n"))
        } else {
            for row in rows where row.library == "run" || row.operation == "version" {
                print([row.library, row.operation, row.value, row.unit].filter { !$0.isEmpty }.joined(separator: " "))
            }
            print("\n\(Table(rows).text)")
        }
    }

    /// Writes a line to standard error.
    static func say(_ line: String) {
        FileHandle.standardError.write(Data("\(line)\n".utf8))
    }
}

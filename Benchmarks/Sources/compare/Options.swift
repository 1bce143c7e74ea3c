/// What the program was asked to do.
struct Options {
    var isTSV = false
    var isQuick = false
    var isSlow = false
    var only: String?
    var cache: String?
    var isHelp = false

    static let usage = """
        usage: swift run -c release --package-path Benchmarks compare [--tsv] [--quick] [--slow] [--only TEXT] [--cache DIR] [--help]

        Measures Vernier, the machine's limits and other libraries beside each other. Progress goes to standard error.

          --tsv        library, operation, variant, value and unit as lines with tabs; without it a table
          --quick      fewer and shorter rounds: to see that all works, not to quote
          --slow       also the time of a clean build and the size that linking adds, whatever --only says
          --only TEXT  only operations whose name contains the text
          --cache DIR  keeps what is built of the peers in DIR for the next time
        """

    /// An option that does not fit.
    struct Problem: Error {
        let message: String
    }

    /// Reads the arguments without the program's name.
    init(_ arguments: some Sequence<String>) throws(Problem) {
        var rest = arguments.makeIterator()
        while let argument = rest.next() {
            switch argument {
            case "--tsv": isTSV = true
            case "--quick": isQuick = true
            case "--slow": isSlow = true
            case "--help", "-h": isHelp = true
            case "--only": only = try Self.value(of: argument, rest.next())
            case "--cache": cache = try Self.value(of: argument, rest.next())
            default: throw Problem(message: "\(argument) is not an option; see --help")
            }
        }
        if let only, !Comparison.operations.contains(where: { $0.contains(only) }) {
            let names = Set(Comparison.operations).sorted().joined(separator: "\n  ")
            throw Problem(message: "no operation contains \(only); there are\n  \(names)")
        }
    }

    private static func value(of option: String, _ value: String?) throws(Problem) -> String {
        guard let value, !value.isEmpty else { throw Problem(message: "\(option) needs a value after it; see --help") }
        return value
    }
}

/// What the program was asked to do.
struct Options {
    var directory: String?
    var port = 9464
    var duration: Duration?
    var isHelp = false

    static let usage = """
        usage: swift run quickstart [DIRECTORY] [--port N] [--for SECONDS] [--help]

        Reads the files below DIRECTORY again and again and shows metrics about it.

          DIRECTORY      what to read; by default this package
          --port N       port on 127.0.0.1, 0 for any free one (default 9464)
          --for SECONDS  ends by itself after that time; by default Ctrl-C ends it
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
            case "--help", "-h":
                isHelp = true
            case "--port":
                guard let port = rest.next().flatMap({ Int($0) }), (0...65_535).contains(port) else {
                    throw Problem(message: "--port needs a number from 0 to 65535 after it, for example --port 9465")
                }
                self.port = port
            case "--for":
                guard let seconds = rest.next().flatMap({ Double($0) }), seconds > 0, seconds <= 1e9 else {
                    throw Problem(message: "--for needs a number of seconds after it, for example --for 30")
                }
                duration = .seconds(seconds)
            case _ where argument.hasPrefix("-") && argument != "-":
                throw Problem(message: "\(argument) is not an option; see --help")
            case _ where directory != nil:
                throw Problem(message: "\(argument) is one directory too many; pass at most one")
            default:
                directory = argument
            }
        }
    }

    /// The directory to read: what was asked for, or the package itself.
    var directoryOrPackage: String? {
        if let directory { return directory }
        // Here, or where this file was when it was compiled.
        let source = #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast(3)
        return [".", source.joined(separator: "/")].first { isDirectory("\($0)/Sources/quickstart") }
    }
}

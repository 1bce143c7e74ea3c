/// What the program was asked to do.
struct Options {
    enum Command: Equatable {
        case serve
        case run(hook: String)
        case help
    }

    /// Arguments that do not fit.
    struct Problem: Error, CustomStringConvertible {
        let description: String
    }

    var command = Command.help
    var configuration = "hooks.json"
    /// Where to write the page of metrics after a run.
    var metricsFile: String?
    var metricsPort: Int?
    var apiPort: Int?

    static let usage = """
        usage: hook-runner serve [--config FILE] [--port N] [--api-port N]
               hook-runner run HOOK [--config FILE] [--metrics FILE]

        serve runs hooks and searches texts for whoever asks over HTTP, and shows metrics of both, until SIGINT or SIGTERM.
        run runs one hook: it hands on standard input, writes what the hook writes, and ends with its exit status,
        with 124 when it took too long, or with 125 when it was killed or could not be started.

          --config FILE   what to run and where (default hooks.json)
          --port N        port of the metrics instead of that in the file; 0 takes any free one
          --api-port N    port for invocations and searches instead of that in the file
          --metrics FILE  writes the page of metrics there, as for the textfile collector of Prometheus' node exporter
        """

    /// Reads the arguments without the program's name.
    init(_ arguments: some Sequence<String>) throws(Problem) {
        var rest = arguments.makeIterator()
        func port(_ text: String?) throws(Problem) -> Int {
            guard let port = text.flatMap({ Int($0) }), (0...65_535).contains(port) else {
                throw Problem(description: "a port is a number from 0 to 65535")
            }
            return port
        }
        func file(_ text: String?, _ option: String) throws(Problem) -> String {
            guard let text else { throw Problem(description: "\(option) needs a file after it") }
            return text
        }
        switch rest.next() {
        case "serve": command = .serve
        case "run":
            guard let hook = rest.next(), !hook.hasPrefix("-") else {
                throw Problem(description: "run needs the type of a hook after it, such as pre_tool_use")
            }
            command = .run(hook: hook)
        case "--help", "-h": return
        case let other: throw Problem(description: "\(other ?? "nothing") is no command; see --help")
        }
        while let argument = rest.next() {
            switch argument {
            case "--config": configuration = try file(rest.next(), argument)
            case "--metrics": metricsFile = try file(rest.next(), argument)
            case "--port": metricsPort = try port(rest.next())
            case "--api-port": apiPort = try port(rest.next())
            case "--help", "-h": command = .help
            default: throw Problem(description: "\(argument) is not an option; see --help")
            }
        }
    }
}

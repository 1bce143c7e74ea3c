import ExampleSupport

/// What the program was asked to do.
enum Command: Equatable {
    case help
    case serve(configuration: String, metricsPort: Int?, apiPort: Int?)
    case run(hook: String, configuration: String, metricsFile: String?)

    static let usage = """
        usage: hook-runner serve [--config FILE] [--port N] [--api-port N]
               hook-runner run HOOK [--config FILE] [--metrics FILE]

        serve runs hooks and searches texts for whoever asks over HTTP, and shows metrics of both, until SIGINT or SIGTERM.
        run runs one hook: it hands on standard input, a mebibyte at most, writes what the hook writes, and ends with its
        exit status; with 124 when it took too long; with 125 when it was killed or given up, as by SIGINT or SIGTERM, or
        could not be run; with 64 for a hook or an option that there is not.

          --config FILE   what to run and where (default hooks.json)
          --port N        port of the metrics instead of that in the file; 0 takes any free one
          --api-port N    port for invocations and searches instead of that in the file
          --metrics FILE  writes gauges of this run there, one file for each hook, as for the textfile collector of
                          Prometheus' node exporter
        """

    /// Reads the arguments without the program's name.
    init(_ arguments: some Sequence<String>) throws(Options.Problem) {
        var rest = Array(arguments)
        let name = rest.isEmpty ? "nothing" : rest.removeFirst()
        let standard = "hooks.json"
        switch name {
        case "serve":
            let options = try Options(rest, known: ["config", "port", "api-port"])
            let metricsPort = try options.number("port", in: 0...65_535)
            let apiPort = try options.number("api-port", in: 0...65_535)
            self =
                options.wantsHelp
                ? .help
                : .serve(
                    configuration: options.text("config") ?? standard, metricsPort: metricsPort, apiPort: apiPort)
        case "run":
            let options = try Options(rest, known: ["config", "metrics"], takesWords: true)
            if options.wantsHelp {
                self = .help
                return
            }
            guard options.words.count == 1 else {
                throw Options.Problem("run needs the type of one hook after it, such as pre_tool_use")
            }
            self = .run(
                hook: options.words[0], configuration: options.text("config") ?? standard,
                metricsFile: options.text("metrics"))
        case "--help", "-h": self = .help
        default: throw Options.Problem("\(name) is no command; see --help")
        }
    }
}

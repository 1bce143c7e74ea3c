// A complete program with metrics: it reads real files and shows on http://127.0.0.1:9464/metrics what it does.
//
//     swift run quickstart ~/Projects
//
// What it measures is in Metrics.swift, how it is measured in Walk.swift.
import Vernier
import VernierExporter

@main
struct Quickstart {
    static func main() async {
        let options: Options
        do { options = try Options(CommandLine.arguments.dropFirst()) } catch { quit(error.message, code: 64) }
        if options.isHelp { return print(Options.usage) }
        guard let directory = options.directoryOrPackage else {
            quit("the package is not where it was built; pass a directory to read", code: 64)
        }
        guard isDirectory(directory) else {
            quit("there is no directory \(directory); pass one that exists, or none to read this package", code: 1)
        }

        // Instruments register themselves when they are made; figures of the process and of the Swift runtime are added.
        let metrics = Metrics()
        Registry.default.register(ProcessCollector())
        Registry.default.register(RuntimeCollector())

        let server: MetricsServer
        do {
            server = try MetricsServer.start(port: options.port)
        } catch {
            guard error.code == .addressInUse else { quit("\(error)", code: 1) }
            quit(
                "port \(options.port) is in use; stop the other program or pass another one with --port, 0 for any that is free",
                code: 1)
        }
        catchStopSignals()
        introduce(directory, server.url)

        let began = ContinuousClock.now
        let walkers = (0..<3).map { _ in
            Task { await Walker(directory: directory, metrics: metrics).run() }
        }
        await showProgress(of: metrics, until: options.duration.map { began + $0 })
        for walker in walkers { walker.cancel() }
        for walker in walkers { await walker.value }
        server.stop()

        let seconds = tenths((ContinuousClock.now - began) / .seconds(1))
        print("Read \(await summary(of: metrics)) in \(seconds) s.")
    }

    private static func introduce(_ directory: String, _ url: String) {
        show(
            """
            Reading the files below \(directory) again and again. Ctrl-C ends it.

              metrics   \(url)
              all       curl -s \(url)
              some      curl -gs '\(url)?name[]=files_read_bytes&name[]=file_read_duration_seconds'
              PromQL    sum by (kind) (rate(files_read_bytes_total[1m]))


            """)
    }

    /// Shows a line about once a second on a terminal, and every five seconds elsewhere, until it is time to stop.
    private static func showProgress(of metrics: Metrics, until end: ContinuousClock.Instant?) async {
        var next = ContinuousClock.now
        while !shouldStop, end.map({ ContinuousClock.now < $0 }) ?? true {
            if ContinuousClock.now >= next {
                next = .now + .seconds(isTerminal ? 1 : 5)
                let line = await summary(of: metrics)
                show(isTerminal ? "\r\(line)\u{1B}[K" : "\(line)\n")
            }
            try? await Task.sleep(for: .milliseconds(100))
        }
        if isTerminal { show("\n") }
    }

    /// What was read so far, from the program's own metrics.
    private static func summary(of metrics: Metrics) async -> String {
        // A single instrument is asked for its value; a family's series are gathered, as a scrape does.
        let families = await Registry.default.gather(names: ["files_read_bytes", "file_lines", "files_unreadable"])
        let bytes = tenths(total("files_read_bytes", in: families) / 1e6)
        let lines = Int(total("file_lines", in: families))
        let unreadable = Int(total("files_unreadable", in: families))
        return "\(Int(metrics.files.value)) files, \(bytes) MB, \(lines) lines, \(unreadable) unreadable"
    }

    private static func total(_ name: String, in families: [MetricFamilySnapshot]) -> Double {
        var total = 0.0
        for family in families where family.name == name {
            for case .counter(let value) in family.metrics.map(\.point) { total += value }
        }
        return total
    }

    /// A number with one place.
    private static func tenths(_ number: Double) -> String { "\((number * 10).rounded() / 10)" }
}

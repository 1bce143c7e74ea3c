// A program whose page holds every kind of metric with values that are hard to get right, and which says what they are.
//
//     proof-host --port 9464 --expect expected.json --series 1000
//
// It fills a registry, writes what a scraper should read, starts a server, and then nothing changes until SIGTERM.
import ProgramSupport
import Synchronization
import Vernier
import VernierExporter

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

System.holdStopSignals()

func quit(_ message: String, code: Int32) -> Never {
    System.complain("proof-host: \(message)")
    exit(code)
}

let options: (port: Int, expect: String?, series: Int, isPlain: Bool)
do {
    let arguments = try Arguments(
        CommandLine.arguments.dropFirst(), options: ["--port", "--expect", "--series"], flags: ["--plain"])
    options = (
        port: try arguments.number("--port", in: 0...65_535) ?? 9464, expect: arguments.text("--expect"),
        series: try arguments.number("--series", in: 0...5_000_000) ?? 0, isPlain: arguments.has("--plain")
    )
} catch {
    quit(
        """
        \(error)
        usage: proof-host [--port N] [--expect FILE] [--series N] [--plain]
          --port N       port on 127.0.0.1, 0 for any free one (default 9464)
          --expect FILE  write every sample of the page as JSON
          --series N     add a family of N counters
          --plain        no prefix and no constant labels
        """, code: 64)
}

let registry =
    options.isPlain
    ? Registry(clashPolicy: .stop)
    : Registry(
        prefix: "proof", constantLabels: ["instance_id": "blue", "constant": Hostile.everything], clashPolicy: .stop)
// Not `await`: an asynchronous main thread is not the one that waits for signals in the end.
let isFilled = Atomic<Bool>(false)
Task.detached {
    await fill(registry)
    isFilled.store(true, ordering: .releasing)
}
while !isFilled.load(ordering: .acquiring) { System.sleep(.milliseconds(1)) }
if options.series > 0 { addSeries(options.series, to: registry) }

if let path = options.expect {
    let text = Expectation.json(of: registry.gather())
    guard System.write(text, toFile: path) else { quit("\(path) cannot be written", code: 1) }
}
do {
    let server = try MetricsServer.start(port: options.port, registry: registry)
    System.say("ready \(server.url)")
    System.waitForStop()
    server.stop()
} catch {
    quit("\(error)", code: 1)
}

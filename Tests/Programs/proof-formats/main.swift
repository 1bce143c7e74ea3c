// A program whose page holds what only some formats can show: exemplars, native buckets, created times, names with dots.
//
//     proof-formats --port 9464 --expect expected.json --created
//
// It fills a registry, writes what that holds, starts a server, and then nothing changes until SIGTERM.
import ProgramSupport
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
    System.complain("proof-formats: \(message)")
    exit(code)
}

let options: (port: Int, expect: String?, showsCreated: Bool)
do {
    let arguments = try Arguments(
        CommandLine.arguments.dropFirst(), options: ["--port", "--expect"], flags: ["--created"])
    options = (
        port: try arguments.number("--port", in: 0...65_535) ?? 9464, expect: arguments.text("--expect"),
        showsCreated: arguments.has("--created")
    )
} catch {
    quit(
        """
        \(error)
        usage: proof-formats [--port N] [--expect FILE] [--created]
          --port N       port on 127.0.0.1, 0 for any free one (default 9464)
          --expect FILE  write what the registry holds as JSON
          --created      show created times in OpenMetrics too
        """, code: 64)
}

let registry = Registry(clashPolicy: .stop)
fill(registry)
if let path = options.expect {
    guard System.write(Truth.json(of: registry.gather()), toFile: path) else {
        quit("\(path) cannot be written", code: 1)
    }
}
do {
    let server = try MetricsServer.start(
        MetricsServer.Configuration(
            address: .tcp(host: "127.0.0.1", port: options.port), createdSamples: options.showsCreated),
        registry: registry)
    System.say("ready \(server.url)")
    System.waitForStop()
    server.stop()
} catch {
    quit("\(error)", code: 1)
}

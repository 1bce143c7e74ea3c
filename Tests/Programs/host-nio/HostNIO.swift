// A program whose exporter speaks TLS on SwiftNIO, and which serves HTTP/1 that is metered by the channel handlers.
//
//     host-nio --certificate tls.crt --key tls.key --port 0 --http-port 0 --series 1000
//
// It says where both listen, one line each, and runs until SIGTERM.
#if NIO
    import Dispatch
    import NIOCore
    import NIOHTTP1
    import NIOPosix
    import Vernier
    import VernierExporter
    import VernierInstrumentation
    import VernierNIO

    #if canImport(Glibc)
        import Glibc
    #elseif canImport(Musl)
        import Musl
    #else
        import Darwin
    #endif

    @main
    struct HostNIO {
        static func main() async {
            do {
                try await run(try Options(CommandLine.arguments.dropFirst()))
            } catch {
                say("host-nio: \(error)")
                exit(1)
            }
        }

        private static func run(_ options: Options) async throws {
            let group = MultiThreadedEventLoopGroup.singleton
            let application = try await Application.start(on: group, port: options.httpPort)
            let numbers = CounterFamily(
                "proof_numbers", help: "Each says its own number.", labels: .of(Label<Int>("number")),
                limit: max(1, options.series))
            for number in 0..<options.series { numbers[number].increment(by: number) }
            var tls: NIOMetricsServer.TLS?
            if let certificate = options.certificate {
                tls = .files(certificateChain: certificate, privateKey: options.key ?? certificate)
            }
            var limits = MetricsServer.Limits()
            limits.requestTime = .seconds(2)
            limits.responseTime = .seconds(2)
            let server = try await NIOMetricsServer.start(
                .init(address: .tcp(host: "127.0.0.1", port: options.port), limits: limits), tls: tls, group: group)
            say("exporter \(server.url)")
            say("http 127.0.0.1:\(application.localAddress?.port ?? 0)")
            await untilStopped()
            await server.stop()
            try await application.close()
            say("stopped")
        }

        private static func untilStopped() async {
            signal(SIGTERM, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: SIGTERM)
            let stops = AsyncStream<Void> { continuation in
                source.setEventHandler { continuation.yield() }
                source.resume()
            }
            for await _ in stops { break }
            source.cancel()
        }

        /// Writes a line to standard output at once.
        static func say(_ text: String) {
            let line = Array((text + "\n").utf8)
            // SAFETY: the pointer and the count are the array's own, alive for the call.
            _ = unsafe line.withUnsafeBytes { unsafe write(STDOUT_FILENO, $0.baseAddress, $0.count) }
        }
    }

    /// What the command line says.
    struct Options {
        struct Usage: Error, CustomStringConvertible {
            let problem: String
            var description: String {
                "\(problem); usage: host-nio [--certificate FILE --key FILE] [--port N] [--http-port N] [--series N]"
            }
        }

        var certificate: String?
        var key: String?
        var port = 0
        var httpPort = 0
        var series = 0

        init(_ arguments: some Sequence<String>) throws {
            var rest = arguments.makeIterator()
            while let name = rest.next() {
                guard let value = rest.next() else { throw Usage(problem: "\(name) has no value") }
                switch name {
                case "--certificate": certificate = value
                case "--key": key = value
                case "--port": port = try Self.number(value, name)
                case "--http-port": httpPort = try Self.number(value, name)
                case "--series": series = try Self.number(value, name)
                default: throw Usage(problem: "\(name) is not known")
                }
            }
        }

        private static func number(_ text: String, _ name: String) throws -> Int {
            guard let number = Int(text), (0...1_000_000).contains(number) else {
                throw Usage(problem: "\(name) \(text) is no number from 0 to 1000000")
            }
            return number
        }
    }
#else
    @main
    struct HostNIO {
        static func main() {
            print("host-nio was built without the trait NIO: swift build --traits NIO")
            exit(1)
        }
    }

    #if canImport(Glibc)
        import Glibc
    #elseif canImport(Musl)
        import Musl
    #else
        import Darwin
    #endif
#endif

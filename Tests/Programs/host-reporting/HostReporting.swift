// A host whose libraries report through swift-metrics: Hummingbird with its own middleware, a client of AsyncHTTPClient, a gRPC server and client.
//
//     host-reporting --port 9464 --application 8080
//
// It serves until SIGTERM: its page on one port, the application on the other.
#if SwiftMetrics && Hummingbird && GRPC && AsyncHTTPClient
    import AsyncHTTPClient
    import CoreMetrics
    import GRPCCore
    import GRPCNIOTransportHTTP2
    import Hummingbird
    import Logging
    import VernierExporter
    import VernierSwiftMetrics

    @main
    struct HostReporting {
        static func main() async throws {
            MetricsSystem.bootstrap(VernierMetricsFactory())
            let page = try MetricsServer.start(port: port("--port") ?? 9464)
            defer { page.stop() }
            try await withGRPCServer(
                transport: .http2NIOPosix(address: .ipv4(host: "127.0.0.1", port: 0), transportSecurity: .plaintext),
                services: [EchoService()]
            ) { server in
                guard let port = try await server.transport.listeningAddress.ipv4?.port else { return }
                try await withGRPCClient(
                    transport: .http2NIOPosix(
                        target: .ipv4(address: "127.0.0.1", port: port), transportSecurity: .plaintext)
                ) { client in
                    try await serve(EchoService.Caller(client: client))
                }
            }
        }

        /// The number after an option.
        private static func port(_ option: String) -> Int? {
            let arguments = CommandLine.arguments
            guard let place = arguments.firstIndex(of: option), place + 1 < arguments.count else { return nil }
            return Int(arguments[place + 1])
        }

        /// Runs the application until the program ends.
        private static func serve(_ caller: EchoService.Caller) async throws {
            let router = Router()
            router.add(middleware: MetricsMiddleware())
            router.get("hello/:name") { _, context in "Hello, \(try context.parameters.require("name")).\n" }
            router.post("echo") { request, _ in Response(status: .created, body: .init(asyncSequence: request.body)) }
            router.get("refused") { _, _ -> String in throw HTTPError(.conflict, message: "no") }
            router.get("broken") { _, _ -> String in throw CancellationError() }
            // Calls this very application.
            router.get("outward/:port/:count") { _, context in
                let port = try context.parameters.require("port", as: Int.self)
                for number in 0..<(try context.parameters.require("count", as: Int.self)) {
                    let request = HTTPClientRequest(url: "http://127.0.0.1:\(port)/hello/\(number)")
                    let response = try await HTTPClient.shared.execute(request, timeout: .seconds(30))
                    _ = try await response.body.collect(upTo: 1 << 20)
                }
                return "called\n"
            }
            router.get("rpc/:count") { _, context in
                for _ in 0..<(try context.parameters.require("count", as: Int.self)) { try await caller.call() }
                return "called\n"
            }
            let application = Application(
                router: router,
                configuration: .init(address: .hostname("127.0.0.1", port: port("--application") ?? 8080)),
                logger: Logger(label: "host-reporting", factory: { _ in SwiftLogNoOpLogHandler() }))
            try await application.run()
        }
    }

    /// A service that answers what it is sent.
    struct EchoService: RegistrableRPCService {
        /// Messages that are octets.
        private struct Octets: MessageSerializer, MessageDeserializer {
            func serialize<Bytes: GRPCContiguousBytes>(_ message: [UInt8]) throws -> Bytes { Bytes(message) }

            func deserialize<Bytes: GRPCContiguousBytes>(_ bytes: Bytes) throws -> [UInt8] {
                // SAFETY: the octets are copied while they are there.
                unsafe bytes.withUnsafeBytes { buffer in unsafe Array(buffer) }
            }
        }

        /// Who calls it.
        struct Caller: Sendable {
            let client: GRPCClient<HTTP2ClientTransport.Posix>

            func call() async throws {
                _ = try await client.unary(
                    request: ClientRequest(message: [1, 2, 3]), descriptor: EchoService.method, serializer: Octets(),
                    deserializer: Octets(), options: .defaults
                ) { try $0.message }
            }
        }

        private static var method: MethodDescriptor {
            MethodDescriptor(fullyQualifiedService: "test.Echo", method: "Unary")
        }

        func registerMethods(with router: inout RPCRouter<some ServerTransport>) {
            router.registerHandler(forMethod: Self.method, deserializer: Octets(), serializer: Octets()) { request, _ in
                let message = try await ServerRequest(stream: request).message
                return StreamingServerResponse(single: ServerResponse(message: message))
            }
        }
    }
#else
    #if canImport(Glibc)
        import Glibc
    #elseif canImport(Musl)
        import Musl
    #else
        import Darwin
    #endif

    @main
    struct HostReporting {
        static func main() {
            print(
                "host-reporting was built without one of its traits: SwiftMetrics, Hummingbird, GRPC, AsyncHTTPClient")
            exit(1)
        }
    }
#endif

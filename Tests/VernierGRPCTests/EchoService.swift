#if GRPC
    import GRPCCore

    /// Messages that are octets.
    struct Octets: MessageSerializer, MessageDeserializer {
        func serialize<Bytes: GRPCContiguousBytes>(_ message: [UInt8]) throws -> Bytes { Bytes(message) }

        func deserialize<Bytes: GRPCContiguousBytes>(_ bytes: Bytes) throws -> [UInt8] {
            // SAFETY: the octets are copied while they are there.
            unsafe bytes.withUnsafeBytes { buffer in unsafe Array(buffer) }
        }
    }

    /// An error that gRPC knows nothing of.
    struct Mishap: Error {}

    /// An error that says which status it is.
    struct Missing: Error, RPCErrorConvertible {
        var rpcErrorCode: RPCError.Code { .notFound }
        var rpcErrorMessage: String { "missing" }
    }

    /// A service that answers what it is sent, in each of the four ways, and fails when it is told to.
    struct EchoService: RegistrableRPCService {
        typealias Kind = MethodDescriptor.RPCType

        static func method(_ kind: Kind) -> MethodDescriptor {
            MethodDescriptor(fullyQualifiedService: "test.Echo", method: String(describing: kind))
        }

        /// Throws what a message asks for.
        static func obey(_ message: [UInt8]) throws {
            switch String(decoding: message, as: UTF8.self) {
            case "missing": throw Missing()
            case "denied": throw RPCError(code: .permissionDenied, message: "no")
            case "broken": throw RPCError(code: .internalError, message: "broken")
            case "mishap": throw Mishap()
            case "cancellation": throw CancellationError()
            default: break
            }
        }

        func registerMethods(with router: inout RPCRouter<some ServerTransport>) {
            for kind in Kind.allCases {
                router.registerHandler(
                    forMethod: Self.method(kind), deserializer: Octets(), serializer: Octets()
                ) { request, context in
                    try await Self.answer(request, kind, context)
                }
            }
        }

        static func answer(
            _ request: StreamingServerRequest<[UInt8]>, _ kind: Kind, _ context: ServerContext
        ) async throws -> StreamingServerResponse<[UInt8]> {
            switch kind {
            case .unary:
                let message = try await ServerRequest(stream: request).message
                try obey(message)
                return StreamingServerResponse(single: ServerResponse(message: message))
            case .clientStreaming:
                var all: [UInt8] = []
                for try await message in request.messages {
                    try obey(message)
                    all += message
                }
                return StreamingServerResponse(single: ServerResponse(message: all))
            case .serverStreaming:
                let message = try await ServerRequest(stream: request).message
                return StreamingServerResponse { writer in
                    try await writer.write(message)
                    if message == Array("shutdown".utf8) {
                        // What is told to end still answers in full.
                        try await context.cancellation.cancelled
                        try await writer.write(message)
                        return [:]
                    }
                    if message == Array("failing shutdown".utf8) {
                        try await context.cancellation.cancelled
                        throw RPCError(code: .dataLoss, message: "lost")
                    }
                    if message == Array("quiet".utf8) {
                        try await context.cancellation.cancelled
                        return [:]
                    }
                    if message == Array("endless".utf8) {
                        while !context.cancellation.isCancelled {
                            try await writer.write(message)
                            try await Task.sleep(for: .milliseconds(1))
                        }
                    }
                    try obey(message)
                    try await writer.write(contentsOf: [message, message])
                    return [:]
                }
            case .bidirectionalStreaming:
                return StreamingServerResponse { writer in
                    for try await message in request.messages {
                        try obey(message)
                        try await writer.write(message)
                    }
                    return [:]
                }
            }
        }
    }
#endif

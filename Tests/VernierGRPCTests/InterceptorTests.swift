#if GRPC
    import GRPCCore
    import GRPCNIOTransportHTTP2
    import Testing
    import Vernier
    import VernierGRPC
    import VernierInstrumentation
    import VernierTesting

    @Suite(.isolatedRegistry, .timeLimit(.minutes(5))) struct InterceptorTests {
        @Test func `calls of all four kinds count alike on both sides`() async throws {
            try await withEcho { client in
                for _ in 0..<3 {
                    let answers = [
                        try await client.echo(.unary, ["a"]),
                        try await client.echo(.clientStreaming, ["a", "b", "c"]),
                        try await client.echo(.serverStreaming, ["a"]),
                        try await client.echo(.bidirectionalStreaming, ["a", "b"]),
                    ]
                    #expect(answers == [1, 1, 3, 2])
                }
            }
            for side in ["client", "server"] {
                #expect(Counted(side, .unary) == Counted(calls: 3, requests: 3, responses: 3))
                #expect(Counted(side, .clientStreaming) == Counted(calls: 3, requests: 9, responses: 3))
                #expect(Counted(side, .serverStreaming) == Counted(calls: 3, requests: 3, responses: 9))
                #expect(Counted(side, .bidirectionalStreaming) == Counted(calls: 3, requests: 6, responses: 6))
            }
        }

        @Test(
            arguments: EchoService.Kind.allCases,
            [
                ("missing", "NOT_FOUND", ""), ("denied", "PERMISSION_DENIED", ""), ("broken", "INTERNAL", "INTERNAL"),
                ("mishap", "UNKNOWN", "UNKNOWN"), ("cancellation", "UNKNOWN", "UNKNOWN"),
            ]) func `a call that fails counts with its status on both sides`(
                _ kind: EchoService.Kind, _ failure: (message: String, status: String, errorOfServer: String)
            ) async throws
        {
            try await withEcho { client in
                await #expect(throws: RPCError.self) { try await client.echo(kind, [failure.message]) }
            }
            let server = Counted("server", kind, status: failure.status, error: failure.errorOfServer)
            let client = Counted("client", kind, status: failure.status, error: failure.status)
            #expect(server.calls == 1 && client.calls == 1)
            #expect(server == client)
            #expect(Counted("server", kind).calls == nil && Counted("client", kind).calls == nil)
            // A stream that fails after its first message has sent that one.
            #expect(client.responses == (kind == .serverStreaming ? 1 : 0))
        }

        @Test func `a call that its client cancels counts as cancelled on both sides`() async throws {
            try await withEcho { client in
                let call = Task { try await client.echo(.serverStreaming, ["endless"]) }
                try await eventually { Counted("server", .serverStreaming).active == 1 }
                call.cancel()
                _ = await call.result
                try await eventually { Counted("server", .serverStreaming).active == 0 }
            }
            for side in ["client", "server"] {
                let error = side == "client" ? "CANCELLED" : ""
                let page = Registry.current.page(as: .text)
                #expect(Counted(side, .serverStreaming, status: "CANCELLED", error: error).calls == 1, "\(page)")
                #expect(Counted(side, .serverStreaming).active == 0)
            }
        }

        @Test(
            arguments: [
                ("shutdown", "OK", "", ""), ("failing shutdown", "DATA_LOSS", "DATA_LOSS", "DATA_LOSS"),
            ]) func `a call that a shutdown overtakes counts as the service ends it, on both sides`(
                _ message: String, _ status: String, _ errorOfServer: String, _ errorOfClient: String
            ) async throws
        {
            try await withEcho { client, server in
                let answers = Task { try await client.echo(.serverStreaming, [message]) }
                try await eventually { Counted("server", .serverStreaming).active == 1 }
                server.beginGracefulShutdown()
                let result = await answers.result
                if status == "OK" {
                    #expect(try result.get() == 2)
                } else {
                    #expect(throws: RPCError.self) { try result.get() }
                }
            }
            #expect(Counted("server", .serverStreaming, status: status, error: errorOfServer).calls == 1)
            #expect(Counted("client", .serverStreaming, status: status, error: errorOfClient).calls == 1)
            #expect(Counted("server", .serverStreaming).active == 0)
        }

        @Test func `a service that ends quietly when its caller has gone answered nobody`() async throws {
            try await withEcho { client in
                let call = Task { try await client.echo(.serverStreaming, ["quiet"]) }
                try await eventually { Counted("server", .serverStreaming).active == 1 }
                call.cancel()
                _ = await call.result
                try await eventually { Counted("server", .serverStreaming).active == 0 }
            }
            let page = Registry.current.page(as: .text)
            #expect(Counted("server", .serverStreaming, status: "CANCELLED").calls == 1, "\(page)")
        }

        @Test func `a client that stops reading ends its call as cancelled`() async throws {
            try await withEcho { client in
                let request = ClientRequest<[UInt8]>(message: Array("endless".utf8))
                let first = try await client.serverStreaming(
                    request: request, descriptor: EchoService.method(.serverStreaming), serializer: Octets(),
                    deserializer: Octets(), options: .defaults
                ) { response in
                    for try await message in response.messages { return message }
                    return []
                }
                #expect(first == Array("endless".utf8))
                try await eventually {
                    Counted("client", .serverStreaming).active == 0 && Counted("server", .serverStreaming).active == 0
                }
            }
            let client = Counted("client", .serverStreaming, status: "CANCELLED", error: "CANCELLED")
            #expect(client.calls == 1 && client.responses == 1)
            #expect(Counted("server", .serverStreaming, status: "CANCELLED").calls == 1)
        }

        @Test func `a call whose time is over counts with its deadline on both sides`() async throws {
            func deadlines(_ side: String) -> Double {
                let status = "DEADLINE_EXCEEDED"
                return Counted(side, .serverStreaming, status: status, error: status).calls ?? 0
            }
            try await withEcho { client in
                var options = CallOptions.defaults
                options.timeout = .milliseconds(200)
                var calls = 0.0
                // Of a call that stands still before it begins the end may be told as CANCELLED.
                while deadlines("client") == 0 || deadlines("server") == 0 {
                    let error = await #expect(throws: RPCError.self) {
                        try await client.echo(.serverStreaming, ["endless"], options: options)
                    }
                    calls += 1
                    #expect(error?.code == .deadlineExceeded)
                    try await eventually {
                        Counted("server", .serverStreaming).active ?? 0 == 0
                            && Counted("client", .serverStreaming).active ?? 0 == 0
                    }
                }
                #expect(deadlines("client") <= calls && deadlines("server") <= calls)
                #expect(Counted("client", .serverStreaming).calls == nil)
            }
        }

        @Test func `a method that no service has is counted by the client alone`() async throws {
            try await withEcho { client in
                let method = MethodDescriptor(fullyQualifiedService: "test.Echo", method: "Nothing")
                let error = await #expect(throws: RPCError.self) { _ = try await client.call(method, ["a"]) }
                #expect(error?.code == .unimplemented)
            }
            #expect(
                Registry.current.value(
                    of: "rpc_client_call_duration_seconds_count",
                    labels: [
                        "rpc_system_name": "grpc", "rpc_method": "test.Echo/Nothing",
                        "rpc_response_status_code": "UNIMPLEMENTED", "error_type": "UNIMPLEMENTED",
                    ]) == 1)
            #expect(!Registry.current.page(as: .text).contains("rpc_server_call_duration_seconds_count"))
        }

        @Test func `what a later interceptor answers is what counts`() async throws {
            struct Refusing: ServerInterceptor {
                func intercept<Input: Sendable, Output: Sendable>(
                    request: StreamingServerRequest<Input>, context: ServerContext,
                    next:
                        @Sendable (StreamingServerRequest<Input>, ServerContext) async throws ->
                        StreamingServerResponse<Output>
                ) async throws -> StreamingServerResponse<Output> {
                    StreamingServerResponse(error: RPCError(code: .unauthenticated, message: "who?"))
                }
            }
            try await withEcho(interceptors: [Refusing()]) { client in
                await #expect(throws: RPCError.self) { try await client.echo(.unary, ["a"]) }
            }
            #expect(Counted("server", .unary, status: "UNAUTHENTICATED").calls == 1)
        }

        @Test func `many calls at once are all counted`() async throws {
            try await withEcho { client in
                try await withThrowingTaskGroup(of: Int.self) { group in
                    for index in 0..<200 {
                        group.addTask {
                            try await client.echo(index % 2 == 0 ? .unary : .bidirectionalStreaming, ["a"])
                        }
                    }
                    for try await count in group { #expect(count == 1) }
                }
            }
            for side in ["client", "server"] {
                #expect(Counted(side, .unary) == Counted(calls: 100, requests: 100, responses: 100))
                #expect(Counted(side, .bidirectionalStreaming) == Counted(calls: 100, requests: 100, responses: 100))
            }
        }

        /// Makes something to refer to for what is inside of it, as an interceptor does that makes spans.
        private struct Span: ServerInterceptor, ClientInterceptor {
            let provider: ExemplarProvider

            init(_ id: String) { provider = ExemplarProvider { ["trace_id": "\(id)"] } }

            func intercept<Input: Sendable, Output: Sendable>(
                request: StreamingServerRequest<Input>, context: ServerContext,
                next:
                    @Sendable (StreamingServerRequest<Input>, ServerContext) async throws ->
                    StreamingServerResponse<Output>
            ) async throws -> StreamingServerResponse<Output> {
                try await provider.withCurrent { try await next(request, context) }
            }

            func intercept<Input: Sendable, Output: Sendable>(
                request: StreamingClientRequest<Input>, context: ClientContext,
                next: (StreamingClientRequest<Input>, ClientContext) async throws -> StreamingClientResponse<Output>
            ) async throws -> StreamingClientResponse<Output> {
                try await provider.withCurrent { try await next(request, context) }
            }
        }

        @Test(arguments: EchoService.Kind.allCases)
        func `durations refer to the span of the call, which has ended before its body`(
            _ kind: EchoService.Kind
        ) async throws {
            let (server, client) = ("4bf92f3577b34da6a3ce929d0e0e4736", "0af7651916cd43dd8448eb211c80319c")
            try await withEcho(before: [Span(server)], clientBefore: [Span(client)]) { caller in
                try await caller.echo(kind, ["a"])
            }
            let page = Registry.current.page(as: .openMetrics)
            for (side, id) in [("client", client), ("server", server)] {
                let lines = page.split(separator: "\n").filter {
                    $0.hasPrefix("rpc_\(side)_call_duration_seconds_bucket") && $0.contains("# {")
                }
                #expect(!lines.isEmpty && lines.allSatisfy { $0.contains("# {trace_id=\"\(id)\"}") }, "\(page)")
            }
        }
    }
#endif

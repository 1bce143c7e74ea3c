#if GRPC
    import GRPCCore
    import GRPCNIOTransportHTTP2
    import Testing
    import Vernier
    import VernierGRPC
    import VernierTesting

    typealias EchoClient = GRPCClient<HTTP2ClientTransport.Posix>

    /// Runs a server and a client of it over a socket of this machine; both measure.
    func withEcho(
        before: [any ServerInterceptor] = [], interceptors: [any ServerInterceptor] = [],
        clientBefore: [any ClientInterceptor] = [], _ body: (EchoClient) async throws -> Void
    ) async throws {
        try await withEcho(before: before, interceptors: interceptors, clientBefore: clientBefore) { client, _ in
            try await body(client)
        }
    }

    /// The same with the server at hand.
    func withEcho(
        before: [any ServerInterceptor] = [], interceptors: [any ServerInterceptor] = [],
        clientBefore: [any ClientInterceptor] = [],
        _ body: (EchoClient, GRPCServer<HTTP2ServerTransport.Posix>) async throws -> Void
    ) async throws {
        try await withGRPCServer(
            transport: .http2NIOPosix(
                address: .ipv4(host: "127.0.0.1", port: 0), transportSecurity: .plaintext),
            services: [EchoService()], interceptors: before + [MetricsServerInterceptor()] + interceptors
        ) { server in
            let address = try await server.transport.listeningAddress
            let port = try #require(address.ipv4?.port)
            try await withGRPCClient(
                transport: .http2NIOPosix(
                    target: .ipv4(address: "127.0.0.1", port: port), transportSecurity: .plaintext),
                interceptors: clientBefore + [MetricsClientInterceptor()]
            ) { client in
                try await body(client, server)
            }
        }
    }

    extension GRPCClient {
        /// Calls a method with messages and returns how many came back; throws the status if it is not OK.
        @discardableResult
        func echo(_ kind: EchoService.Kind, _ messages: [String], options: CallOptions = .defaults) async throws -> Int
        {
            try await call(EchoService.method(kind), messages, options: options)
        }

        func call(
            _ method: MethodDescriptor, _ messages: [String], options: CallOptions = .defaults
        ) async throws -> Int {
            let request = StreamingClientRequest<[UInt8]> { writer in
                for message in messages { try await writer.write(Array(message.utf8)) }
            }
            return try await bidirectionalStreaming(
                request: request, descriptor: method, serializer: Octets(), deserializer: Octets(), options: options
            ) { response in
                var count = 0
                for try await _ in response.messages { count += 1 }
                return count
            }
        }
    }

    /// What one side counted of a method.
    struct Counted: Equatable, CustomStringConvertible {
        var calls: Double?
        var requests: Double?
        var responses: Double?
        var active: Double?

        init(
            _ side: String, _ kind: EchoService.Kind, status: String = "OK", error: String = "",
            in registry: Registry = .current
        ) {
            let method = ["rpc_system_name": "grpc", "rpc_method": "test.Echo/\(kind)"]
            var labels = method
            labels["rpc_response_status_code"] = status
            labels["error_type"] = error
            calls = registry.value(of: "rpc_\(side)_call_duration_seconds_count", labels: labels)
            requests = registry.value(of: "rpc_\(side)_requests_per_call_sum", labels: method)
            responses = registry.value(of: "rpc_\(side)_responses_per_call_sum", labels: method)
            active = registry.value(of: "rpc_\(side)_active_calls", labels: method)
        }

        init(calls: Double, requests: Double, responses: Double, active: Double = 0) {
            (self.calls, self.requests, self.responses, self.active) = (calls, requests, responses, active)
        }

        var description: String {
            "calls \(calls ?? .nan), requests \(requests ?? .nan), responses \(responses ?? .nan), active \(active ?? .nan)"
        }
    }

    /// Waits until something holds; for ever if it never does, which the time limit of the test ends.
    func eventually(_ condition: () -> Bool) async throws {
        while !condition() { try await Task.sleep(for: .milliseconds(2)) }
    }
#endif

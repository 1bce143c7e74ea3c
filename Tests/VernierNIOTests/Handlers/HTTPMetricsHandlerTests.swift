#if NIO
    import NIOCore
    import NIOEmbedded
    import NIOHTTP1
    import Testing
    import Vernier
    import VernierInstrumentation
    import VernierTesting

    @testable import VernierNIO

    @Suite struct HTTPMetricsHandlerTests {
        /// A connection without a network, with the handler in it.
        private struct Connection {
            let registry = Registry()
            let channel = EmbeddedChannel()

            init() throws {
                let handler = HTTPMetricsHandler(HTTPServerMetrics(registry: registry)) { head in
                    head.uri.hasPrefix("/users/") ? "/users/{id}" : nil
                }
                try channel.pipeline.syncOperations.addHandler(handler)
                try channel.connect(to: try SocketAddress(ipAddress: "127.0.0.1", port: 1)).wait()
            }

            func request(_ method: HTTPMethod = .GET, _ uri: String = "/users/7", body: Int? = nil, ends: Bool = true)
                throws
            {
                try channel.writeInbound(
                    HTTPServerRequestPart.head(.init(version: .http1_1, method: method, uri: uri)))
                if let body { try channel.writeInbound(HTTPServerRequestPart.body(bytes(body))) }
                if ends { try channel.writeInbound(HTTPServerRequestPart.end(nil)) }
            }

            func head(_ status: HTTPResponseStatus) throws {
                try channel.writeOutbound(HTTPServerResponsePart.head(.init(version: .http1_1, status: status)))
            }

            func body(_ count: Int) throws {
                try channel.writeOutbound(HTTPServerResponsePart.body(.byteBuffer(bytes(count))))
            }

            func end() throws { try channel.writeOutbound(HTTPServerResponsePart.end(nil)) }

            func respond(_ status: HTTPResponseStatus = .ok, body: Int = 0) throws {
                try head(status)
                if body > 0 { try self.body(body) }
                try end()
            }

            func bytes(_ count: Int) -> ByteBuffer { ByteBuffer(repeating: 120, count: count) }

            func value(
                _ name: String, _ method: String = "GET", route: String = "/users/{id}", status: String = "200",
                error: String = ""
            ) -> Double? {
                registry.value(
                    of: "http_server_\(name)",
                    labels: [
                        "http_request_method": method, "http_route": route, "http_response_status_code": status,
                        "error_type": error,
                    ])
            }

            func active(_ method: String = "GET") -> Double? {
                registry.value(of: "http_server_active_requests", labels: ["http_request_method": method])
            }

            /// How many requests were counted in all.
            func total() -> Double {
                registry.gather(names: ["http_server_request_duration_seconds"]).flatMap(\.metrics).reduce(0) {
                    sum, metric in
                    if case .histogram(let point) = metric.point { sum + Double(point.count) } else { sum }
                }
            }
        }

        private let count = "request_duration_seconds_count"

        @Test func `a request counts from its head to the end of its response`() throws {
            let connection = try Connection()
            try connection.request(.POST, body: 100, ends: false)
            #expect(connection.active("POST") == 1)
            #expect(connection.total() == 0)
            try connection.channel.writeInbound(HTTPServerRequestPart.body(connection.bytes(23)))
            try connection.channel.writeInbound(HTTPServerRequestPart.end(nil))
            try connection.head(.created)
            try connection.body(400)
            try connection.body(50)
            #expect(connection.total() == 0)
            try connection.end()
            #expect(connection.value(count, "POST", status: "201") == 1)
            #expect(connection.value("request_body_size_bytes_sum", "POST", status: "201") == 123)
            #expect(connection.value("response_body_size_bytes_sum", "POST", status: "201") == 450)
            #expect(connection.active("POST") == 0)
            _ = try connection.channel.finish()
            #expect(connection.total() == 1)
        }

        @Test func `requests of one connection are told apart, pipelined or one after the other`() throws {
            let connection = try Connection()
            for status in [HTTPResponseStatus.ok, .notFound] {
                try connection.request()
                try connection.respond(status)
            }
            try connection.request(.GET, "/users/1")
            try connection.request(.PUT, "/other", body: 9)
            try connection.request(.DELETE, "/users/2")
            #expect(connection.active("PUT") == 1)
            try connection.respond(.ok, body: 5)
            try connection.respond(.internalServerError, body: 6)
            try connection.respond(.noContent)
            #expect(connection.value(count) == 2)
            #expect(connection.value(count, status: "404") == 1)
            #expect(connection.value("request_body_size_bytes_sum", "PUT", route: "", status: "500", error: "500") == 9)
            #expect(
                connection.value("response_body_size_bytes_sum", "PUT", route: "", status: "500", error: "500") == 6)
            #expect(connection.value(count, "DELETE", status: "204") == 1)
            #expect(connection.total() == 5)
        }

        @Test func `a response to HEAD has no body`() throws {
            let connection = try Connection()
            try connection.request(.HEAD)
            try connection.respond(.ok, body: 1000)
            #expect(connection.value("response_body_size_bytes_sum", "HEAD") == 0)
        }

        @Test func `an informational response is no answer`() throws {
            let connection = try Connection()
            try connection.request(.POST, ends: false)
            try connection.head(.continue)
            try connection.head(.custom(code: 103, reasonPhrase: "Early Hints"))
            #expect(connection.total() == 0)
            try connection.respond(.ok)
            #expect(connection.value(count, "POST") == 1)
            #expect(connection.total() == 1)
        }

        @Test func `a response before the end of its request counts what had come`() throws {
            let connection = try Connection()
            try connection.request(.POST, body: 10, ends: false)
            try connection.respond(.payloadTooLarge)
            try connection.channel.writeInbound(HTTPServerRequestPart.body(connection.bytes(500)))
            try connection.channel.writeInbound(HTTPServerRequestPart.end(nil))
            try connection.request()
            try connection.respond()
            #expect(connection.value("request_body_size_bytes_sum", "POST", status: "413") == 10)
            #expect(connection.value("request_body_size_bytes_sum") == 0)
            #expect(connection.total() == 2)
        }

        @Test func `requests whose connection ends count as such, with the status that was sent`() throws {
            let connection = try Connection()
            try connection.request(.GET)
            try connection.request(.POST, "/users/2", body: 4, ends: false)
            try connection.head(.ok)
            try connection.body(77)
            _ = try connection.channel.finish()
            #expect(connection.value("response_body_size_bytes_sum", error: "connection_closed") == 77)
            #expect(connection.value(count, "POST", status: "", error: "connection_closed") == 1)
            #expect(connection.active() == 0)
            #expect(connection.active("POST") == 0)
            // What the application still writes is nobody's answer.
            try? connection.end()
            #expect(connection.total() == 2)
        }

        @Test func `a response without a request counts as one that was none`() throws {
            let connection = try Connection()
            try connection.respond(.badRequest)
            #expect(connection.value(count, "_OTHER", route: "", status: "400") == 1)
        }

        @Test func `a method that strangers make up is another one`() throws {
            let connection = try Connection()
            for number in 0..<100 {
                try connection.request(.RAW(value: "BREW\(number)"), "/\(number)")
                try connection.respond(.notImplemented)
            }
            #expect(connection.value(count, "_OTHER", route: "", status: "501", error: "501") == 100)
        }

        @Test(arguments: [(HTTPMethod.GET, HTTPResponseStatus.switchingProtocols), (.CONNECT, .ok)])
        func `what follows a switch of protocols passes untouched`(
            method: HTTPMethod, status: HTTPResponseStatus
        ) throws {
            let connection = try Connection()
            try connection.request(method)
            try connection.head(status)
            #expect(connection.value(count, method.rawValue, status: "\(status.code)") == 1)
            try connection.end()
            try connection.channel.writeInbound(ByteBuffer(string: "frame"))
            try connection.channel.writeOutbound(ByteBuffer(string: "frame"))
            _ = try connection.channel.readInbound(as: HTTPServerRequestPart.self)
            _ = try connection.channel.readInbound(as: HTTPServerRequestPart.self)
            #expect(try connection.channel.readInbound(as: ByteBuffer.self) == ByteBuffer(string: "frame"))
            _ = try connection.channel.finish()
            #expect(connection.total() == 1)
        }

        @Test func `a handler that is removed ends what is open`() throws {
            let connection = try Connection()
            try connection.request()
            let handler = try connection.channel.pipeline.syncOperations.handler(type: HTTPMetricsHandler.self)
            try connection.channel.pipeline.syncOperations.removeHandler(handler).wait()
            #expect(connection.active() == 0)
            #expect(connection.value(count, status: "", error: "connection_closed") == 1)
        }
    }
#endif

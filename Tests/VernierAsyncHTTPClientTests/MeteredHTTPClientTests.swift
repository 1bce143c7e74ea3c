#if AsyncHTTPClient
    import AsyncHTTPClient
    import NIOCore
    import NIOHTTP1
    import Testing
    import Vernier
    import VernierAsyncHTTPClient
    import VernierInstrumentation
    import VernierTesting

    @Suite(.isolatedRegistry, .timeLimit(.minutes(5))) struct MeteredHTTPClientTests {
        let client = HTTPClient.shared.metered()
        let duration = "http_client_request_duration_seconds_count"
        let received = "http_client_response_body_size_bytes_sum"
        let sent = "http_client_request_body_size_bytes_sum"

        func value(
            _ family: String, _ server: TestServer, _ status: String, _ error: String = "", method: String = "GET"
        )
            -> Double?
        {
            Registry.current.value(
                of: family,
                labels: [
                    "http_request_method": method, "server_address": "127.0.0.1", "server_port": "\(server.port)",
                    "http_response_status_code": status, "error_type": error,
                ])
        }

        /// How many requests were counted, whatever their labels, and how many are under way.
        var totals: [Double] {
            let metrics = Registry.current.gather().flatMap { family in
                family.metrics.map { (family.name, $0) }
            }
            var (ended, active) = (0.0, 0.0)
            for (name, metric) in metrics {
                switch (name, metric.point) {
                case ("http_client_request_duration_seconds", .histogram(let point)): ended += Double(point.count)
                case ("http_client_active_requests", .gauge(let value)): active += value
                default: break
                }
            }
            return [ended, active]
        }

        func request(_ server: TestServer, _ path: String, _ method: HTTPMethod = .GET) -> HTTPClientRequest {
            var request = HTTPClientRequest(url: server.url(path))
            request.method = method
            return request
        }

        func fetch(_ request: HTTPClientRequest, timeout: TimeAmount = .minutes(5)) async throws -> Int {
            let response = try await client.execute(request, timeout: timeout)
            var bytes = 0
            for try await piece in response.body { bytes += piece.readableBytes }
            return bytes
        }

        @Test func `a request counts when its body has been read`() async throws {
            try await TestServer.run { server in
                let response = try await client.execute(request(server, "/pieces"), timeout: .minutes(5))
                #expect(totals == [0, 1])
                #expect(String(buffer: try await response.body.collect(upTo: 100)) == "onetwothree")
                #expect(totals == [1, 0])
                #expect(value(duration, server, "200") == 1)
                #expect(value(received, server, "200") == 11)
                #expect(value(sent, server, "200") == 0)
            }
        }

        @Test func `many requests at once are all counted`() async throws {
            try await TestServer.run { server in
                try await withThrowingTaskGroup(of: Int.self) { group in
                    for _ in 0..<200 { group.addTask { try await fetch(request(server, "/hello")) } }
                    for try await bytes in group { #expect(bytes == 5) }
                }
                #expect(value(duration, server, "200") == 200)
                #expect(value(received, server, "200") == 1_000)
                #expect(totals == [200, 0])
            }
        }

        @Test(arguments: [("/missing", "404", 4), ("/broken", "500", 0)])
        func `a status from 400 on is an error`(_ path: String, _ status: String, _ bytes: Int) async throws {
            try await TestServer.run { server in
                let read = try await fetch(request(server, path))
                #expect(read == bytes)
                #expect(value(duration, server, status, status) == 1)
                #expect(totals == [1, 0])
            }
        }

        @Test func `a response without a body ends with its head`() async throws {
            try await TestServer.run { server in
                let responses = [
                    try await client.execute(request(server, "/empty"), timeout: .minutes(5)),
                    try await client.execute(request(server, "/hello", .HEAD), timeout: .minutes(5)),
                    try await client.execute(request(server, "/broken"), timeout: .minutes(5)),
                ]
                #expect(totals == [3, 0])
                #expect(value(duration, server, "204") == 1)
                #expect(value(received, server, "200", method: "HEAD") == 0)
                for response in responses { _ = try await response.body.collect(upTo: 1) }
                #expect(totals == [3, 0])
            }
        }

        @Test func `a body that nobody wants counts with its status, without a size`() async throws {
            try await TestServer.run { server in
                let status = try await client.execute(request(server, "/hello"), timeout: .minutes(5)).status
                #expect(status == .ok)
                #expect(totals == [1, 0])
                #expect(value(duration, server, "200") == 1)
                #expect(value(received, server, "200") == nil)
            }
        }

        @Test func `a body that is let go of half-way was cancelled`() async throws {
            try await TestServer.run { server in
                func first() async throws -> Int {
                    let response = try await client.execute(request(server, "/stalled"), timeout: .minutes(5))
                    for try await piece in response.body { return piece.readableBytes }
                    return 0
                }
                let bytes = try await first()
                #expect(bytes == 9)
                #expect(value(duration, server, "200", "cancelled") == 1)
                #expect(value(received, server, "200", "cancelled") == 9)
                #expect(totals == [1, 0])
            }
        }

        @Test func `a body that the server breaks off is an error`() async throws {
            try await TestServer.run { server in
                await #expect(throws: (any Error).self) { _ = try await fetch(request(server, "/aborted")) }
                #expect(value(duration, server, "200", "connection_closed") == 1, "\(Registry.current.page(as: .text))")
                #expect(totals == [1, 0])
            }
        }

        @Test func `a server that closes without an answer is an error`() async throws {
            try await TestServer.run { server in
                await #expect(throws: (any Error).self) { _ = try await fetch(request(server, "/close", .POST)) }
                #expect(
                    value(duration, server, "", "connection_closed", method: "POST") == 1,
                    "\(Registry.current.page(as: .text))")
                #expect(totals == [1, 0])
            }
        }

        @Test func `a request whose time is over is a timeout`() async throws {
            try await TestServer.run { server in
                await #expect(throws: HTTPClientError.self) {
                    _ = try await fetch(request(server, "/hang"), timeout: .milliseconds(100))
                }
                #expect(value(duration, server, "", "timeout") == 1, "\(Registry.current.page(as: .text))")
                #expect(totals == [1, 0])
            }
        }

        @Test func `a body that stops coming is a timeout`() async throws {
            var configuration = HTTPClient.Configuration()
            configuration.timeout.read = .milliseconds(200)
            let plain = HTTPClient(configuration: configuration)
            try await TestServer.run { server in
                await #expect(throws: HTTPClientError.self) {
                    let response = try await plain.metered().execute(request(server, "/stalled"), timeout: .minutes(5))
                    _ = try await response.body.collect(upTo: 10_000)
                }
                // A machine that stands still may not even get the head in time.
                let ended = ["200", ""].compactMap { value(duration, server, $0, "timeout") }
                #expect(ended == [1], "\(Registry.current.page(as: .text))")
                #expect(totals == [1, 0])
            }
            try await plain.shutdown()
        }

        @Test(arguments: ["/hang", "/stalled"]) func `a task that is cancelled cancels its request`(_ path: String)
            async throws
        {
            try await TestServer.run { server in
                let task = Task { try await fetch(request(server, path)) }
                while totals != [0, 1] { try await Task.sleep(for: .milliseconds(2)) }
                task.cancel()
                _ = await task.result
                while totals != [1, 0] { try await Task.sleep(for: .milliseconds(2)) }
                let ended = ["200", ""].compactMap { value(duration, server, $0, "cancelled") }
                #expect(ended == [1], "\(Registry.current.page(as: .text))")
            }
        }

        @Test func `a connection that is refused is told from others`() async throws {
            let server = try await TestServer.start()
            let port = server.port
            try await server.stop()
            var configuration = HTTPClient.Configuration()
            configuration.connectionPool.retryConnectionEstablishment = false
            let plain = HTTPClient(configuration: configuration)
            let client = plain.metered()
            await #expect(throws: (any Error).self) {
                _ = try await client.execute(HTTPClientRequest(url: "http://127.0.0.1:\(port)/"), timeout: .minutes(5))
            }
            try await plain.shutdown()
            #expect(totals == [1, 0])
            #expect(
                Registry.current.value(
                    of: duration,
                    labels: [
                        "http_request_method": "GET", "server_address": "127.0.0.1", "server_port": "\(port)",
                        "http_response_status_code": "", "error_type": "connection_refused",
                    ]) == 1, "\(Registry.current.page(as: .text))")
        }

        @Test func `a redirect is part of the request that met it`() async throws {
            try await TestServer.run { server in
                let bytes = try await fetch(request(server, "/redirect"))
                #expect(bytes == 5)
                #expect(value(duration, server, "200") == 1)
                #expect(totals == [1, 0])
            }
        }

        @Test func `the size of a request's body is that of the field, or what the caller says`() async throws {
            try await TestServer.run { server in
                var upload = request(server, "/hello", .POST)
                upload.body = .bytes(ByteBuffer(string: "12345678"))
                _ = try await fetch(upload)
                #expect(value(duration, server, "200", method: "POST") == 1)
                #expect(value(sent, server, "200", method: "POST") == nil)
                upload.headers.add(name: "content-length", value: "8")
                _ = try await fetch(upload)
                #expect(value(sent, server, "200", method: "POST") == 8)
                let response = try await client.execute(upload, timeout: .minutes(5), requestBytes: 100)
                _ = try await response.body.collect(upTo: 100)
                #expect(value(sent, server, "200", method: "POST") == 108)
            }
        }

        @Test func `a URL that cannot be one is counted without a server`() async throws {
            await #expect(throws: HTTPClientError.self) {
                _ = try await client.execute(HTTPClientRequest(url: "nonsense"), timeout: .minutes(5))
            }
            #expect(totals == [1, 0])
            #expect(Registry.current.page(as: .text).contains("server_address=\"_OTHER\""))
        }
    }
#endif

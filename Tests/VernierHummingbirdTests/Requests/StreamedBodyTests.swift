#if Hummingbird
    import HTTPTypes
    import Hummingbird
    import HummingbirdTesting
    import NIOCore
    import Testing
    import Vernier
    import VernierHummingbird
    import VernierTesting

    private struct Broken: Error {}

    @Suite struct StreamedBodyTests {
        @Test func `a body that is written piece by piece is timed to its end`() async throws {
            try await withServer { router, _ in
                router.add(middleware: HTTPMetricsMiddleware())
                router.get("streamed") { _, _ in
                    Response(
                        status: .ok,
                        body: ResponseBody { writer in
                            for _ in 0..<3 {
                                try await Task.sleep(for: .milliseconds(20))
                                try await writer.write(ByteBuffer(string: "piece"))
                            }
                            try await writer.write(contentsOf: [ByteBuffer(string: "two"), ByteBuffer(string: "more")])
                            try await writer.finish(nil)
                        })
                }
            } _: { client, registry in
                let response = try await client.execute(uri: "/streamed", method: .get)
                #expect(String(buffer: response.body) == "piecepiecepiecetwomore")
                #expect(await eventually { await registry.active() == 0 })
                #expect(await registry.durations("GET", "/streamed", "200")?.sum ?? 0 >= 0.06)
                #expect(await registry.sizes("response", "GET", "/streamed", "200")?.sum == 22)
            }
        }

        @Test func `a body of known length keeps it`() async throws {
            try await withServer { router, _ in
                router.add(middleware: HTTPMetricsMiddleware())
                router.get("file") { _, _ in
                    Response(
                        status: .ok,
                        body: ResponseBody(contentLength: 4) { writer in
                            try await writer.write(ByteBuffer(string: "file"))
                            try await writer.finish(nil)
                        })
                }
            } _: { client, registry in
                let response = try await client.execute(uri: "/file", method: .get)
                #expect(response.headers[.contentLength] == "4")
                #expect(await eventually { await registry.requests("GET", "/file", "200") == 1 })
            }
        }

        @Test func `trailers pass through`() async throws {
            let name = try #require(HTTPField.Name("X-Checksum"))
            try await withServer { router, _ in
                router.add(middleware: HTTPMetricsMiddleware())
                router.get("checked") { _, _ in
                    Response(
                        status: .ok,
                        body: ResponseBody { writer in
                            try await writer.write(ByteBuffer(string: "body"))
                            try await writer.finish([name: "abc"])
                        })
                }
            } _: { client, _ in
                let response = try await client.execute(uri: "/checked", method: .get)
                #expect(response.trailerHeaders?[name] == "abc")
            }
        }

        @Test func `a body that fails counts with its error and what was sent`() async throws {
            try await withServer { router, _ in
                router.add(middleware: HTTPMetricsMiddleware())
                router.get("broken") { _, _ in
                    Response(
                        status: .ok,
                        body: ResponseBody { writer in
                            try await writer.write(ByteBuffer(string: "begun"))
                            throw Broken()
                        })
                }
            } _: { client, registry in
                let raw = try RawClient(port: try #require(client.port))
                try raw.send("GET /broken HTTP/1.1\r\nHost: a\r\n\r\n")
                #expect(await raw.read(until: "never").contains("begun"))
                #expect(await eventually { await registry.active() == 0 })
                #expect(await registry.requests("GET", "/broken", "200", "Broken") == 1)
                #expect(await registry.sizes("response", "GET", "/broken", "200", "Broken")?.sum == 5)
            }
        }

        @Test func `a client that goes away while its body is written closed the connection`() async throws {
            try await withServer { router, _ in
                router.add(middleware: HTTPMetricsMiddleware())
                router.get("endless") { _, _ in
                    Response(
                        status: .ok,
                        body: ResponseBody { writer in
                            while true {
                                try await writer.write(ByteBuffer(repeating: 0x2E, count: 1_000))
                                try await Task.sleep(for: .milliseconds(1))
                            }
                        })
                }
            } _: { client, registry in
                for _ in 0..<3 {
                    let raw = try RawClient(port: try #require(client.port))
                    try raw.send("GET /endless HTTP/1.1\r\nHost: a\r\n\r\n")
                    #expect(await raw.read(until: "....").contains("200 OK"))
                    #expect(await registry.active() == 1)
                    raw.close()
                    #expect(await eventually { await registry.active() == 0 })
                }
                #expect(await registry.requests("GET", "/endless", "200", "connection_closed") == 3)
                #expect(
                    await registry.sizes("response", "GET", "/endless", "200", "connection_closed")?.sum ?? 0 >= 3_000)
            }
        }

        @Test func `a client that goes away within its body, which is sent back meanwhile, closed the connection`()
            async throws
        {
            try await withServer { router, _ in
                router.add(middleware: HTTPMetricsMiddleware())
                router.post("echo") { request, _ in
                    Response(status: .ok, body: ResponseBody(asyncSequence: request.body))
                }
            } _: { client, registry in
                let raw = try RawClient(port: try #require(client.port))
                try raw.send("POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\nabc")
                #expect(await raw.read(until: "abc").contains("200 OK"))
                raw.close()
                #expect(await eventually { await registry.active() == 0 })
                #expect(await registry.requests("POST", "/echo", "200", "connection_closed") == 1)
            }
        }
    }
#endif

#if Hummingbird
    import HTTPTypes
    import Hummingbird
    import HummingbirdTesting
    import NIOCore
    import Testing
    import Vernier
    import VernierHummingbird
    import VernierInstrumentation
    import VernierTesting

    private struct Broken: Error {}

    /// Puts another response in the place of what the handler answered.
    private struct Replacing<Context: RequestContext>: RouterMiddleware {
        func handle(
            _ request: Request, context: Context, next: (Request, Context) async throws -> Response
        ) async throws -> Response {
            _ = try await next(request, context)
            return Response(status: .noContent)
        }
    }

    @Suite struct HTTPMetricsMiddlewareTests {
        @Test func `a request counts under the pattern of its route`() async throws {
            try await withServer { router, _ in
                router.add(middleware: HTTPMetricsMiddleware())
                router.get("users/{id}") { _, context in try context.parameters.require("id") }
            } _: { client, registry in
                for id in 0..<5 { try await client.execute(uri: "/users/\(id)?page=\(id)", method: .get) }
                #expect(await registry.requests("GET", "/users/{id}", "200") == 5)
                #expect(await registry.sizes("response", "GET", "/users/{id}", "200")?.sum == 5)
                #expect(
                    await registry.gather(names: ["http_server_request_duration_seconds"]).first?.metrics.count == 1)
                #expect(await registry.active() == 0)
            }
        }

        @Test func `the pattern of a group is part of its routes'`() async throws {
            try await withServer { router, _ in
                router.add(middleware: HTTPMetricsMiddleware())
                router.group("api").group("v1").get("items") { _, _ in "items" }
            } _: { client, registry in
                try await client.execute(uri: "/api/v1/items", method: .get)
                #expect(await registry.requests("GET", "/api/v1/items", "200") == 1)
            }
        }

        @Test func `paths without a route and methods without one are one series each, however many there are`()
            async throws
        {
            try await withServer { router, _ in
                router.add(middleware: HTTPMetricsMiddleware())
                router.get("here") { _, _ in "here" }
            } _: { client, registry in
                for number in 0..<50 {
                    let response = try await client.execute(uri: "/there/\(number)", method: .get)
                    #expect(response.status == .notFound)
                }
                for _ in 0..<3 { try await client.execute(uri: "/here", method: .delete) }
                #expect(await registry.requests("GET", "", "404") == 50)
                #expect(await registry.requests("DELETE", "", "404") == 3)
                #expect(
                    await registry.gather(names: ["http_server_request_duration_seconds"]).first?.metrics.count == 2)
            }
        }

        @Test func `an error counts with the status that it asks for, and only 500 and above as a failure`()
            async throws
        {
            try await withServer { router, _ in
                router.add(middleware: HTTPMetricsMiddleware())
                router.get("teapot") { _, _ -> String in throw HTTPError(.init(code: 418)) }
                router.get("busy") { _, _ -> String in throw HTTPError(.serviceUnavailable, message: "later") }
            } _: { client, registry in
                for path in ["/teapot", "/busy"] { try await client.execute(uri: path, method: .get) }
                #expect(await registry.requests("GET", "/teapot", "418") == 1)
                #expect(await registry.requests("GET", "/busy", "503", "503") == 1)
                #expect(await registry.active() == 0)
            }
        }

        @Test func `any other error counts with 500 and its name`() async throws {
            try await withServer { router, _ in
                router.add(middleware: HTTPMetricsMiddleware())
                router.get("broken") { _, _ -> String in throw Broken() }
            } _: { client, registry in
                let response = try await client.execute(uri: "/broken", method: .get)
                #expect(response.status == .internalServerError)
                #expect(await registry.requests("GET", "/broken", "500", "Broken") == 1)
                #expect(await registry.active() == 0)
            }
        }

        @Test func `a cancelled request counts as such`() async throws {
            try await withServer { router, _ in
                router.add(middleware: HTTPMetricsMiddleware())
                router.get("cancelled") { _, _ -> String in throw CancellationError() }
            } _: { client, registry in
                try await client.execute(uri: "/cancelled", method: .get)
                #expect(await registry.requests("GET", "/cancelled", "500", "cancelled") == 1)
            }
        }

        @Test
        func `a request whose client goes away while its handler works is cancelled where the handler asks for that`()
            async throws
        {
            try await withServer { router, _ in
                router.add(middleware: HTTPMetricsMiddleware())
                router.get("slow") { request, _ in
                    try await request.body.consumeWithCancellationOnInboundClose { _ in
                        try await Task.sleep(for: .seconds(600))
                        return "late"
                    }
                }
            } _: { client, registry in
                let raw = try RawClient(port: try #require(client.port))
                try raw.send("GET /slow HTTP/1.1\r\nHost: a\r\n\r\n")
                #expect(await eventually { await registry.active() == 1 })
                raw.close()
                #expect(await eventually { await registry.active() == 0 })
                #expect(await registry.requests("GET", "/slow", "500", "cancelled") == 1)
            }
        }

        @Test func `HEAD ends with its head`() async throws {
            try await withServer { router, _ in
                router.add(middleware: HTTPMetricsMiddleware())
                router.head("page") { _, _ in
                    Response(
                        status: .ok,
                        body: ResponseBody(contentLength: 4) { writer in
                            try await writer.write(ByteBuffer(string: "body"))
                            try await writer.finish(nil)
                        })
                }
            } _: { client, registry in
                try await client.execute(uri: "/page", method: .head)
                #expect(await registry.requests("HEAD", "/page", "200") == 1)
                #expect(await registry.sizes("response", "HEAD", "/page", "200")?.sum == 0)
            }
        }

        @Test func `the size of a body is what its length says`() async throws {
            try await withServer { router, _ in
                router.add(middleware: HTTPMetricsMiddleware())
                router.post("size") { request, _ in "\(try await request.body.collect(upTo: 1 << 20).readableBytes)" }
                router.get("size") { _, _ in "0" }
            } _: { client, registry in
                try await client.execute(uri: "/size", method: .post, body: ByteBuffer(repeating: 1, count: 70_000))
                try await client.execute(uri: "/size", method: .get)
                #expect(await registry.sizes("request", "POST", "/size", "200")?.sum == 70_000)
                #expect(await registry.sizes("response", "POST", "/size", "200")?.sum == 5)
                #expect(await registry.sizes("request", "GET", "/size", "200") == nil)
            }
        }

        @Test func `a size that a stranger only claims is not measured`() async throws {
            try await withServer { router, _ in
                router.add(middleware: HTTPMetricsMiddleware())
            } _: { client, registry in
                let raw = try RawClient(port: try #require(client.port))
                try raw.send("POST /nowhere HTTP/1.1\r\nHost: a\r\nContent-Length: 4611686018427387904\r\n\r\n")
                #expect(await raw.read(until: "\r\n\r\n").contains("404"))
                #expect(await registry.requests("POST", "", "404") == 1)
                #expect(await registry.sizes("request", "POST", "", "404") == nil)
            }
        }

        @Test func `a body in chunks is not measured`() async throws {
            try await withServer { router, _ in
                router.add(middleware: HTTPMetricsMiddleware())
                router.post("size") { request, _ in "\(try await request.body.collect(upTo: 1 << 20).readableBytes)" }
            } _: { client, registry in
                let raw = try RawClient(port: try #require(client.port))
                try raw.send(
                    "POST /size HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n")
                #expect(await raw.read(until: "\r\n\r\n3").hasSuffix("\r\n\r\n3"))
                #expect(await registry.requests("POST", "/size", "200") == 1)
                #expect(await registry.sizes("request", "POST", "/size", "200") == nil)
            }
        }

        @Test func `a client that goes away within its body closed the connection`() async throws {
            try await withServer { router, _ in
                router.add(middleware: HTTPMetricsMiddleware())
                router.post("size") { request, _ in "\(try await request.body.collect(upTo: 1 << 20).readableBytes)" }
            } _: { client, registry in
                let raw = try RawClient(port: try #require(client.port))
                try raw.send("POST /size HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\nabc")
                #expect(await eventually { await registry.active() == 1 })
                raw.close()
                #expect(await eventually { await registry.active() == 0 })
                #expect(await registry.requests("POST", "/size", "", "connection_closed") == 1)
            }
        }

        @Test func `a duration refers to the trace of its request`() async throws {
            try await withServer { router, _ in
                router.add(middleware: HTTPMetricsMiddleware())
                router.get("now") { _, _ in "now" }
                router.get("streamed") { _, _ in Response(status: .ok, body: ResponseBody { try await $0.finish(nil) })
                }
            } _: { client, registry in
                let exemplars: () async -> [[LabelPair]] = {
                    let family = await registry.gather(names: ["http_server_request_duration_seconds"]).first
                    return family?.metrics.flatMap { $0.exemplars.map(\.labels) } ?? []
                }
                let before = ExemplarProvider.default
                ExemplarProvider.default = ExemplarProvider { ["trace_id": "abc"] }
                defer { ExemplarProvider.default = before }
                for path in ["/now", "/streamed"] { try await client.execute(uri: path, method: .get) }
                #expect(await eventually { await exemplars().count == 2 })
                #expect(await exemplars().allSatisfy { $0 == [LabelPair("trace_id", "abc")] })
            }
        }

        @Test func `a response that another takes the place of ends its request`() async throws {
            try await withServer { router, _ in
                router.add(middleware: Replacing())
                router.add(middleware: HTTPMetricsMiddleware())
                router.get("streamed") { _, _ in Response(status: .ok, body: ResponseBody { try await $0.finish(nil) })
                }
            } _: { client, registry in
                let response = try await client.execute(uri: "/streamed", method: .get)
                #expect(response.status == .noContent)
                #expect(await eventually { await registry.active() == 0 })
                #expect(await registry.requests("GET", "/streamed", "200", "connection_closed") == 1)
            }
        }
    }
#endif

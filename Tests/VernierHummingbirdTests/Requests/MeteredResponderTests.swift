#if Hummingbird
    import HTTPTypes
    import Hummingbird
    import HummingbirdTesting
    import Logging
    import NIOCore
    import Testing
    import Vernier
    import VernierHummingbird
    import VernierInstrumentation
    import VernierTesting

    private struct Broken: Error {}

    /// A context that a group makes of the router's.
    private struct OtherContext: ChildRequestContext {
        var coreContext: CoreRequestContextStorage
        init(context: BasicRequestContext) { coreContext = context.coreContext }
    }

    /// Answers something else than the handler did.
    private struct NotModified<Context: RequestContext>: RouterMiddleware {
        func handle(
            _ request: Request, context: Context, next: (Request, Context) async throws -> Response
        ) async throws -> Response {
            _ = try await next(request, context)
            return Response(status: .notModified)
        }
    }

    @Suite struct MeteredResponderTests {
        /// Runs a server whose router is measured as a whole.
        private func withMeteredServer(
            _ routes: (Router<BasicRequestContext>) -> Void,
            _ body: @Sendable @escaping (any TestClientProtocol, Registry) async throws -> Void
        ) async throws {
            try await Registry.isolated { registry in
                let router = Router()
                routes(router)
                var quiet = Logger(label: "quiet")
                quiet.logLevel = .critical
                let app = Application(
                    router: router.metered(), configuration: .init(address: .hostname("127.0.0.1", port: 0)),
                    logger: quiet)
                try await app.test(.live) { client in try await body(client, registry) }
            }
        }

        @Test func `all requests of a router count, those that no route takes in one series`() async throws {
            try await withMeteredServer { router in
                router.get("users/{id}") { _, context in try context.parameters.require("id") }
                router.get("busy") { _, _ -> String in throw HTTPError(.serviceUnavailable) }
                router.get("broken") { _, _ -> String in throw Broken() }
                router.get("streamed") { _, _ in
                    Response(
                        status: .ok,
                        body: ResponseBody { writer in
                            try await writer.write(ByteBuffer(string: "piece"))
                            try await writer.finish(nil)
                        })
                }
            } _: { client, registry in
                for id in 0..<20 { try await client.execute(uri: "/users/\(id)", method: .get) }
                for id in 0..<10 { try await client.execute(uri: "/nowhere/\(id)", method: .get) }
                for path in ["/busy", "/broken", "/streamed"] { try await client.execute(uri: path, method: .get) }
                #expect(await eventually { await registry.active() == 0 })
                #expect(await registry.requests("GET", "/users/{id}", "200") == 20)
                #expect(await registry.requests("GET", "", "404") == 10)
                #expect(await registry.requests("GET", "/busy", "503", "503") == 1)
                #expect(await registry.requests("GET", "/broken", "500", "Broken") == 1)
                #expect(await registry.requests("GET", "/streamed", "200") == 1)
                #expect(await registry.sizes("response", "GET", "/streamed", "200")?.sum == 5)
                #expect(
                    await registry.gather(names: ["http_server_request_duration_seconds"]).first?.metrics.count == 5)
            }
        }

        @Test func `a group that changes the context keeps its routes`() async throws {
            try await withMeteredServer { router in
                router.group("api", context: OtherContext.self).get("items/{id}") { _, _ in "item" }
            } _: { client, registry in
                try await client.execute(uri: "/api/items/7", method: .get)
                #expect(await registry.requests("GET", "/api/items/{id}", "200") == 1)
            }
        }

        @Test func `what is sent counts, whatever a middleware makes of it`() async throws {
            try await withMeteredServer { router in
                router.add(middleware: NotModified())
                router.get("page") { _, _ in Response(status: .ok, body: ResponseBody { try await $0.finish(nil) }) }
            } _: { client, registry in
                let status = try await client.execute(uri: "/page", method: .get).status
                #expect(status == .notModified)
                #expect(await registry.requests("GET", "/page", "304") == 1)
                #expect(await registry.active() == 0)
            }
        }
    }
#endif

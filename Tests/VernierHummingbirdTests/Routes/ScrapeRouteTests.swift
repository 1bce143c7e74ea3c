#if Hummingbird
    import HTTPTypes
    import Hummingbird
    import HummingbirdTesting
    import Testing
    import Vernier
    import VernierExporter
    import VernierHummingbird
    import VernierParsing

    @Suite struct ScrapeRouteTests {
        @Test func `the page comes in the format that is asked for`() async throws {
            try await withServer { router, registry in
                Counter("orders", help: "Orders.", registry: registry).increment()
                router.addMetrics(registry: registry)
            } _: { client, registry in
                let plain = try await client.execute(uri: "/metrics", method: .get)
                #expect(plain.headers[.contentType] == "text/plain; version=0.0.4; charset=utf-8")
                #expect(String(buffer: plain.body).contains("orders_total 1\n"))
                let open = try await client.execute(
                    uri: "/metrics", method: .get, headers: [.accept: "application/openmetrics-text;version=1.0.0"])
                #expect(open.headers[.contentType]?.hasPrefix("application/openmetrics-text; version=1.0.0") == true)
                #expect(open.headers[.vary]?.hasPrefix("Accept") == true)
                #expect(String(buffer: open.body).hasSuffix("# EOF\n"))
                #expect(open.headers[.contentLength] == "\(open.body.readableBytes)")
            }
        }

        @Test func `only families that are named are on the page`() async throws {
            try await withServer { router, registry in
                for name in ["orders", "returns"] { Counter(name, help: "Some.", registry: registry).increment() }
                router.addMetrics(registry: registry)
            } _: { client, registry in
                let response = try await client.execute(uri: "/metrics?name[]=orders_total", method: .get)
                #expect(String(buffer: response.body).contains("orders_total"))
                #expect(!String(buffer: response.body).contains("returns_total"))
                let escaped = try await client.execute(uri: "/metrics?name%5B%5D=returns_total", method: .get)
                #expect(!String(buffer: escaped.body).contains("orders_total"))
            }
        }

        @Test func `HEAD has the head alone`() async throws {
            try await withServer { router, registry in
                router.addMetrics(registry: registry)
            } _: { client, registry in
                let raw = try RawClient(port: try #require(client.port))
                try raw.send("HEAD /metrics HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
                let answer = await raw.read(until: "never")
                #expect(answer.hasPrefix("HTTP/1.1 200"))
                #expect(answer.hasSuffix("\r\n\r\n"))
                #expect(answer.lowercased().contains("content-type: text/plain; version=0.0.4"))
            }
        }

        @Test func `credentials are asked for`() async throws {
            try await withServer { router, registry in
                router.addMetrics(registry: registry, authentication: .bearer(token: "secret"))
            } _: { client, registry in
                let refused = try await client.execute(uri: "/metrics", method: .get)
                #expect(refused.status == .unauthorized)
                #expect(refused.headers[.wwwAuthenticate] == "Bearer realm=\"metrics\"")
                let let_in = try await client.execute(
                    uri: "/metrics", method: .get, headers: [.authorization: "Bearer secret"])
                #expect(let_in.status == .ok)
            }
        }

        @Test func `the route may lie anywhere, and others stay as they are`() async throws {
            try await withServer { router, registry in
                router.group("internal").addMetrics("prometheus", registry: registry)
            } _: { client, registry in
                let asked = [
                    ("/internal/prometheus", HTTPRequest.Method.get), ("/metrics", .get),
                    ("/internal/prometheus", .post),
                ]
                var statuses: [Int] = []
                for (path, method) in asked {
                    statuses.append(try await client.execute(uri: path, method: method).status.code)
                }
                #expect(statuses == [200, 404, 404])
            }
        }

        @Test func `a long page comes whole`() async throws {
            try await withServer { router, registry in
                let family = CounterFamily(
                    "hits", help: "Hits.", labels: .of(Label<Int>("number")), limit: 30_000, registry: registry)
                for number in 0..<20_000 { family[number].increment(by: number) }
                router.addMetrics(registry: registry)
            } _: { client, registry in
                let response = try await client.execute(uri: "/metrics?name[]=hits_total", method: .get)
                #expect(response.headers[.contentLength] == nil)
                #expect(response.body.readableBytes > 400_000)
                #expect(String(buffer: response.body) == registry.page(as: .text, names: ["hits_total"]))
            }
        }

        @Test func `a client that goes away within a page leaves its place to another`() async throws {
            try await withServer { router, registry in
                let family = CounterFamily(
                    "hits", help: "Hits.", labels: .of(Label<Int>("number")), limit: 300_000, registry: registry)
                for number in 0..<200_000 { family[number].increment() }
                router.addMetrics(registry: registry, scrapesAtOnce: 1)
            } _: { client, registry in
                for _ in 0..<3 {
                    let raw = try RawClient(port: try #require(client.port))
                    try raw.send("GET /metrics HTTP/1.1\r\nHost: a\r\n\r\n")
                    #expect(await raw.read(until: "hits_total").contains("200 OK"))
                    raw.close()
                    #expect(
                        try await eventually {
                            try await client.execute(uri: "/metrics?name[]=none", method: .get).status == .ok
                        })
                }
            }
        }

        @Test func `more scrapes than there are places for are turned away`() async throws {
            try await withServer { router, registry in
                let family = CounterFamily(
                    "hits", help: "Hits.", labels: .of(Label<Int>("number")), limit: 300_000, registry: registry)
                for number in 0..<200_000 { family[number].increment() }
                router.addMetrics(registry: registry, scrapesAtOnce: 1)
            } _: { client, registry in
                let raw = try RawClient(port: try #require(client.port))
                try raw.send("GET /metrics HTTP/1.1\r\nHost: a\r\n\r\n")
                #expect(await raw.read(until: "hits_total").contains("200 OK"))
                let refused = try await client.execute(uri: "/metrics", method: .get)
                #expect(refused.status == .serviceUnavailable)
                #expect(refused.headers[.retryAfter] == "1")
                raw.close()
            }
        }
    }
#endif

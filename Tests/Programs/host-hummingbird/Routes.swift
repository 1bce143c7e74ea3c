#if Hummingbird
    import Hummingbird
    import NIOCore

    /// What the server answers.
    enum Routes {
        /// An error that says nothing of a status.
        struct PlainError: Error {}

        static func add(to router: Router<BasicRequestContext>) {
            router.get("hello") { _, _ in "Hello, world!" }
            router.get("api/v1/greetings/{name}") { _, _ in "Hello, world!" }
            router.get("users/{id}") { _, context in
                "User \(try context.parameters.require("id"))"
            }
            router.post("echo") { request, _ in Response(status: .ok, body: ResponseBody(asyncSequence: request.body)) }
            router.post("size") { request, _ in
                let body = try await request.body.collect(upTo: 1 << 24)
                return "\(body.readableBytes)"
            }
            router.get("fail/plain") { _, _ -> String in throw PlainError() }
            router.get("fail/missing") { _, _ -> String in throw HTTPError(.notFound) }
            router.get("fail/busy") { _, _ -> String in throw HTTPError(.serviceUnavailable) }
            router.get("fail/cancelled") { _, _ -> String in throw CancellationError() }
            router.get("stream") { request, _ in stream(request, 20) }
            router.get("endless") { request, _ in stream(request, .max) }
            router.get("broken") { _, _ in
                Response(
                    status: .ok,
                    body: ResponseBody { writer in
                        try await writer.write(ByteBuffer(repeating: 0x2E, count: 1_000))
                        throw PlainError()
                    })
            }
            router.get("slow") { request, _ in
                try await request.body.consumeWithCancellationOnInboundClose { _ in
                    try await Task.sleep(for: .seconds(60))
                    return "at last"
                }
            }
        }

        /// Some pieces of 1,000 bytes, one every 10 milliseconds.
        private static func stream(_ request: Request, _ count: Int) -> Response {
            Response(
                status: .ok,
                body: ResponseBody { writer in
                    for _ in 0..<count {
                        try await Task.sleep(for: .milliseconds(10))
                        try await writer.write(ByteBuffer(repeating: 0x2E, count: 1_000))
                    }
                    try await writer.finish(nil)
                })
        }
    }
#endif

#if Hummingbird
    import Foundation
    import Hummingbird
    import HummingbirdTesting
    import Logging
    import NIOCore
    import Testing
    import Vernier
    import VernierHummingbird
    import VernierTesting

    private struct Broken: Error {}

    @Suite struct JSONLogHandlerTests {
        @Test func `a statement is an object with its metadata`() throws {
            let file = try LogFile()
            var logger = Logger(label: "web") { label in JSONLogHandler(label: label, fileDescriptor: file.descriptor) }
            logger[metadataKey: "shop"] = "north"
            logger.debug("dropped")
            logger.warning("kept", metadata: ["count": .stringConvertible(3)])
            let line = try #require(try file.lines().only)
            #expect(line["level"] as? String == "warning")
            #expect(line["logger"] as? String == "web")
            #expect(line["message"] as? String == "kept")
            #expect(line["shop"] as? String == "north")
            #expect(line["count"] as? Int == 3)
            #expect((line["time"] as? String)?.hasSuffix("Z") == true)
            #expect(line["source"] as? String == "VernierHummingbirdTests")
        }

        @Test func `a statement's metadata goes before its provider's, and this before the handler's`() throws {
            let file = try LogFile()
            let provider = Logger.MetadataProvider { ["a": "provider", "b": "provider"] }
            var logger = Logger(label: "web") { label in
                JSONLogHandler(label: label, fileDescriptor: file.descriptor, metadataProvider: provider)
            }
            for key in ["a", "b", "c"] { logger[metadataKey: key] = "handler" }
            logger.info("line", metadata: ["a": "statement"])
            let line = try #require(try file.lines().only)
            #expect(["a", "b", "c"].map { line[$0] as? String } == ["statement", "provider", "handler"])
        }

        @Test func `lines of many threads do not mix`() async throws {
            let file = try LogFile()
            let text = String(repeating: "long ", count: 2_000)
            await withTaskGroup(of: Void.self) { group in
                for writer in 0..<8 {
                    group.addTask {
                        let logger = Logger(label: "\(writer)") { label in
                            JSONLogHandler(label: label, fileDescriptor: file.descriptor)
                        }
                        for number in 0..<50 {
                            logger.info("line", metadata: ["n": .stringConvertible(number), "text": .string(text)])
                        }
                    }
                }
            }
            let lines = try file.lines()
            #expect(lines.count == 400)
            #expect(lines.allSatisfy { $0["text"] as? String == text })
        }

        @Test func `a descriptor that nobody reads from loses lines, stops nobody and goes on with a new one`() throws {
            var ends: [Int32] = [0, 0]
            // SAFETY: the array has room for the two descriptors that the call writes.
            try #require(unsafe pipe(&ends) == 0)
            for end in ends { _ = fcntl(end, F_SETFL, O_NONBLOCK) }
            defer { for end in ends { close(end) } }
            /// What a pipe holds now.
            func content() -> Data {
                var buffer = [UInt8](repeating: 0, count: 1 << 20)
                // SAFETY: the array is lent to the call, which writes at most as many octets as it has.
                let count = unsafe buffer.withUnsafeMutableBytes { unsafe read(ends[0], $0.baseAddress, $0.count) }
                return Data(buffer.prefix(max(count, 0)))
            }
            let logger = Logger(label: "web") { label in JSONLogHandler(label: label, fileDescriptor: ends[1]) }
            let text = String(repeating: "x", count: 15_000)
            let began = ContinuousClock.now
            for _ in 0..<200 { logger.info("line", metadata: ["text": .string(text)]) }
            // One line waits a tenth of a second for a reader; each of them would be twenty.
            #expect(ContinuousClock.now - began < .seconds(10))
            let before = content()
            logger.info("last")
            let after = content()
            let lines = (before + after).split(separator: UInt8(ascii: "\n"))
            let whole = lines.compactMap { (try? JSONSerialization.jsonObject(with: $0)) as? [String: Any] }
            #expect(whole.count >= 3)
            #expect(lines.count - whole.count <= 1)
            #expect(whole.last?["message"] as? String == "last")
            let lost = whole.compactMap { $0["lost"] as? Int }
            #expect(lost == [200 - (whole.count - 2)])
        }

        @Test func `each request is a line in the words of its metrics`() async throws {
            let file = try LogFile()
            let logger = Logger(label: "web") { label in JSONLogHandler(label: label, fileDescriptor: file.descriptor) }
            try await withServer(logger: logger) { router, _ in
                router.add(middleware: HTTPMetricsMiddleware(log: RequestLog()))
                router.post("users/{id}") { request, _ in "\(try await request.body.collect(upTo: 100).readableBytes)" }
                router.get("broken") { _, _ -> String in throw Broken() }
                router.get("streamed") { _, _ in Response(status: .ok, body: ResponseBody { try await $0.finish(nil) })
                }
            } _: { client, registry in
                try await client.execute(uri: "/users/7?secret=1", method: .post, body: ByteBuffer(string: "body"))
                try await client.execute(uri: "/broken", method: .get)
                try await client.execute(uri: "/" + String(repeating: "x", count: 5_000), method: .get)
                try await client.execute(uri: "/streamed", method: .get)
                #expect(await eventually { await registry.active() == 0 })
            }
            let lines = try file.lines().filter { $0["message"] as? String == "request" }
            #expect(lines.count == 4)
            let first = try #require(lines.first)
            #expect(first["http_request_method"] as? String == "POST")
            #expect(first["http_route"] as? String == "/users/{id}")
            #expect(first["http_response_status_code"] as? Int == 200)
            #expect(first["http_server_request_body_size_bytes"] as? Int == 4)
            #expect(first["http_server_response_body_size_bytes"] as? Int == 1)
            #expect(first["http_server_request_duration_seconds"] as? Double ?? -1 >= 0)
            #expect(first["url_path"] as? String == "/users/7")
            #expect(first["hb.request.id"] is String)
            #expect(lines[1]["level"] as? String == "error")
            #expect(lines[1]["error_type"] as? String == "Broken")
            #expect((lines[2]["url_path"] as? String)?.utf8.count == 1_024)
            #expect(lines[2]["http_server_request_body_size_bytes"] == nil)
            #expect(lines[2]["http_route"] == nil)
            #expect(lines[3]["http_route"] as? String == "/streamed")
        }

        @Test func `a line names the trace, and no path where none is wanted`() async throws {
            let file = try LogFile()
            let logger = Logger(label: "web") { label in JSONLogHandler(label: label, fileDescriptor: file.descriptor) }
            try await withServer(logger: logger) { router, _ in
                router.add(middleware: Traced())
                router.add(middleware: HTTPMetricsMiddleware(log: RequestLog(includesPath: false)))
                router.get("now") { _, _ in "now" }
                router.get("streamed") { _, _ in Response(status: .ok, body: ResponseBody { try await $0.finish(nil) })
                }
            } _: { client, registry in
                for path in ["/now", "/streamed"] { try await client.execute(uri: path, method: .get) }
                #expect(await eventually { await registry.active() == 0 })
            }
            let lines = try file.lines().filter { $0["message"] as? String == "request" }
            #expect(lines.map { $0["trace_id"] as? String } == ["abc", "abc"])
            #expect(lines.allSatisfy { $0["url_path"] == nil })
        }
    }

    extension JSONLogHandlerTests {
        @Test func `lines may name traces that exemplars do not`() async throws {
            let file = try LogFile()
            let logger = Logger(label: "web") { label in JSONLogHandler(label: label, fileDescriptor: file.descriptor) }
            let all = ExemplarProvider { ["trace_id": "unsampled"] }
            try await withServer(logger: logger) { router, _ in
                router.add(middleware: HTTPMetricsMiddleware(log: RequestLog(traces: all)))
                router.get("now") { _, _ in "now" }
            } _: { client, registry in
                try await client.execute(uri: "/now", method: .get)
                let family = await registry.gather(names: ["http_server_request_duration_seconds"]).first
                #expect(family?.metrics.flatMap(\.exemplars).isEmpty == true)
            }
            let lines = try file.lines().filter { $0["message"] as? String == "request" }
            #expect(lines.map { $0["trace_id"] as? String } == ["unsampled"])
        }
    }

    /// Runs requests in a trace, as a tracing middleware does.
    private struct Traced<Context: RequestContext>: RouterMiddleware {
        func handle(
            _ request: Request, context: Context, next: (Request, Context) async throws -> Response
        ) async throws -> Response {
            try await ExemplarProvider { ["trace_id": "abc"] }.withCurrent { try await next(request, context) }
        }
    }

    /// A file that lines are written to, gone when this is.
    private final class LogFile: Sendable {
        let descriptor: Int32

        init() throws {
            let path = FileManager.default.temporaryDirectory.appendingPathComponent("lines-\(UUID())").path
            // SAFETY: the path is lent to the calls as a terminated C string.
            descriptor = unsafe open(path, O_RDWR | O_CREAT | O_APPEND, 0o600)
            try #require(descriptor >= 0)
            _ = unsafe unlink(path)
        }

        deinit { close(descriptor) }

        func lines() throws -> [[String: Any]] {
            lseek(descriptor, 0, SEEK_SET)
            let data = FileHandle(fileDescriptor: descriptor, closeOnDealloc: false).readDataToEndOfFile()
            return try data.split(separator: UInt8(ascii: "\n")).map { line in
                try #require(try JSONSerialization.jsonObject(with: line) as? [String: Any])
            }
        }
    }

    extension Array {
        /// The element of an array that has one.
        fileprivate var only: Element? { count == 1 ? self[0] : nil }
    }
#endif

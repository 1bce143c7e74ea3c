#if Gzip
    import Testing
    import Vernier

    @testable import VernierExporter

    @Suite struct HTTPResponseGzipTests {
        private func request(
            _ target: String = "/metrics", method: String = "GET", accepting coding: String? = "gzip"
        ) throws -> HTTPRequest {
            let headers: HTTPHeaders = coding.map { ["Accept-Encoding": $0] } ?? [:]
            return try #require(HTTPRequest(method: method, target: target, headers: headers))
        }

        private func octets(_ response: HTTPResponse) throws -> [UInt8] {
            var octets: [UInt8] = []
            switch response.body {
            case .bytes(let bytes): octets = bytes
            case .stream(let produce): try produce { octets.append($0) }
            }
            return octets
        }

        @Test func `a page is compressed for who asks for it`() throws {
            let handler = MetricsHandler(page: Pages.large(pieces: 50, bytes: 20_000))
            let plain = handler.respond(to: try request(accepting: nil))
            let gzip = handler.respond(to: try request())
            #expect(gzip.headers["Content-Encoding"] == "gzip")
            #expect(plain.headers["Content-Encoding"] == nil)
            #expect(gzip.headers["Content-Type"] == plain.headers["Content-Type"])
            for response in [plain, gzip] { #expect(response.headers["Vary"] == "Accept, Accept-Encoding") }
            let (page, compressed) = (try octets(plain), try octets(gzip))
            #expect(page.count == 1_000_000)
            #expect(compressed.count < 50_000)
            #expect(inflated(compressed) == page)
        }

        @Test func `small pages and empty ones too`() throws {
            for page in [Pages.small, Pages.large(pieces: 0, bytes: 0)] {
                let handler = MetricsHandler(page: page)
                let plain = try octets(handler.respond(to: try request(accepting: nil)))
                #expect(inflated(try octets(handler.respond(to: try request()))) == plain)
            }
        }

        @Test func `only the page is compressed`() throws {
            let handler = MetricsHandler(page: Pages.small)
            for target in ["/", "/health", "/nothing"] {
                let response = handler.respond(to: try request(target))
                #expect(response.headers["Content-Encoding"] == nil)
                #expect(response.headers["Vary"] == nil)
            }
        }

        @Test func `HEAD has the same fields`() throws {
            let response = MetricsHandler(page: Pages.small).respond(to: try request(method: "HEAD"))
            #expect(response.headers["Content-Encoding"] == "gzip")
            #expect(response.headers["Vary"] == "Accept, Accept-Encoding")
            #expect(try octets(response).isEmpty)
        }

        @Test func `HEAD makes no compressor`() throws {
            let response = HTTPResponse(status: .ok, body: .stream { _ in })
            let answered = response.compressed(for: try request(method: "HEAD")) {
                Issue.record("a compressor was made")
                return nil
            }
            #expect(answered.headers["Content-Encoding"] == "gzip")
            let plain = response.compressed(for: try request(method: "HEAD", accepting: nil))
            #expect(plain.headers["Content-Encoding"] == nil)
        }

        @Test func `a refusal is not compressed`() throws {
            let handler = MetricsHandler(scrapesAtOnce: 1, page: Pages.small)
            let first = handler.respond(to: try request())
            let second = handler.respond(to: try request())
            #expect(second.status == .serviceUnavailable)
            #expect(second.headers["Content-Encoding"] == nil)
            #expect(try inflated(octets(first)) == Array("up 1\n".utf8))
        }

        @Test func `without memory for a compressor the page goes out as it is`() throws {
            let response = HTTPResponse(status: .ok, body: .stream { try Array("up 1\n".utf8).withRawSpan($0) })
            let answered = response.compressed(for: try request()) { nil }
            #expect(answered.headers["Content-Encoding"] == nil)
            #expect(try octets(answered) == Array("up 1\n".utf8))
        }

        @Test func `an error of the page passes, and a body can be made again`() throws {
            struct Broken: Error {}
            let calls = Calls()
            let response = HTTPResponse(
                status: .ok,
                body: .stream { write in
                    try Array("up 1\n".utf8).withRawSpan(write)
                    if calls.next() == 1 { throw Broken() }
                })
            let answered = response.compressed(for: try request())
            #expect(throws: Broken.self) { try octets(answered) }
            #expect(try inflated(octets(answered)) == Array("up 1\n".utf8))
        }

        @Test func `a body that is made twice at a time is whole both times`() throws {
            let place = DeflaterPlace(try #require(Deflater()))
            let (first, second) = (try place.take(), try place.take())
            #expect(first !== second)
            place.put(first)
            #expect(try place.take() === first)
        }
    }

    /// Counts calls.
    private final class Calls: Sendable {
        private let count = Lock(0)

        func next() -> Int {
            count.withLock { count in
                count += 1
                return count
            }
        }
    }
#endif

import Testing

@testable import VernierExporter

@Suite struct HTTPRequestDecoderTests {
    private static let small = HTTPRequestDecoder.Limits(
        requestLineBytes: 40, headerBytes: 60, headerCount: 3, bodyBytes: 10)

    private func decode(
        _ text: String, limits: HTTPRequestDecoder.Limits = .init()
    ) throws(HTTPRequestError) -> HTTPRequest? {
        var decoder = HTTPRequestDecoder(limits: limits)
        decoder.append(contentsOf: Array(text.utf8))
        return try decoder.next()
    }

    private func error(_ text: String, limits: HTTPRequestDecoder.Limits = .init()) -> HTTPRequestError? {
        do throws(HTTPRequestError) {
            _ = try decode(text, limits: limits)
            return nil
        } catch {
            return error
        }
    }

    @Test func `a request is read with its fields`() throws {
        let request = try #require(
            try decode(
                "GET /metrics?a=b HTTP/1.1\r\nHost: localhost:9464\r\nAccept:  text/plain \t\r\nX-Empty:\r\n\r\n"))
        #expect(request.method == "GET")
        #expect(request.path == "/metrics")
        #expect(request.query == [.init(name: "a", value: "b")])
        #expect(request.version == .http11)
        #expect(request.headers["accept"] == "text/plain")
        #expect(request.headers["x-empty"] == "")
    }

    @Test func `a request comes out whatever the pieces are`() throws {
        let text = "\r\nHEAD /health HTTP/1.0\r\nUser-Agent: x\r\nContent-Length: 3\r\n\r\nabc"
        for size in 1...text.utf8.count {
            var decoder = HTTPRequestDecoder()
            var rest = Array(text.utf8)[...]
            var requests: [HTTPRequest] = []
            while !rest.isEmpty {
                Array(rest.prefix(size)).withRawSpan { decoder.append($0) }
                rest = rest.dropFirst(size)
                if let request = try decoder.next() { requests.append(request) }
            }
            #expect(requests.count == 1)
            #expect(requests.first?.path == "/health")
            #expect(requests.first?.version == .http10)
            #expect(decoder.isEmpty)
        }
    }

    @Test func `pipelined requests come out one by one`() throws {
        var decoder = HTTPRequestDecoder()
        #expect(decoder.isEmpty)
        let one = "GET /1 HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\nxy"
        decoder.append(contentsOf: Array((one + one.replacing("GET /1", with: "GET /2") + "GET /3").utf8))
        #expect(try decoder.next()?.path == "/1")
        #expect(try decoder.next()?.path == "/2")
        #expect(try decoder.next() == nil)
        #expect(!decoder.isEmpty)
        decoder.append(contentsOf: Array(" HTTP/1.1\r\nHost: a\r\n\r\n".utf8))
        #expect(try decoder.next()?.path == "/3")
        #expect(try decoder.next() == nil)
        #expect(decoder.isEmpty)
    }

    @Test func `a large body is swallowed in pieces`() throws {
        var decoder = HTTPRequestDecoder()
        decoder.append(contentsOf: Array("GET / HTTP/1.1\r\nHost: a\r\nContent-Length: 16384\r\n\r\n".utf8))
        for _ in 0..<2 {
            #expect(try decoder.next() == nil)
            decoder.append(contentsOf: [UInt8](repeating: 0, count: 8192))
        }
        #expect(try decoder.next()?.path == "/")
        #expect(try decoder.next() == nil)
    }

    @Test(arguments: ["HTTP/1.1", "HTTP/1.2", "HTTP/1.9"])
    func `later versions are read as 1_1`(version: String) throws {
        #expect(try decode("GET / \(version)\r\nHost: a\r\n\r\n")?.version == .http11)
    }

    @Test(arguments: ["POST", "PUT", "DELETE", "OPTIONS", "TRACE", "PATCH"])
    func `methods that HTTP defines are read`(method: String) throws {
        #expect(try decode("\(method) / HTTP/1.1\r\nHost: a\r\n\r\n")?.method == method)
    }

    @Test(arguments: [
        "GET /\r\nHost: a\r\n\r\n", "GET  / HTTP/1.1\r\n", "GET / HTTP/1.1 \r\n", " GET / HTTP/1.1\r\n",
        "GET\t/\tHTTP/1.1\r\n",
        "G(T / HTTP/1.1\r\n", "GET / http/1.1\r\n", "GET / HTTP/1\r\n", "GET / HTTP/1.\r\n", "GET / HTTP/11.1\r\n",
        "GET / HTTP/1x1\r\n", "GET / HTTP/1.x\r\n", "GET / HTTQ/1.1\r\n", "GET metrics HTTP/1.1\r\n",
        "GET /\0 HTTP/1.1\r\n",
        "GET /\r HTTP/1.1\r\n", "GET / HTTP/1.1\n", "GET / HTTP/1.1\r\r\n", "\n", "\r\n\r\n", "\r",
        "GET /ä HTTP/1.1\r\n",
    ])
    func `a bad request line is refused with 400`(text: String) {
        if text == "\r" {
            #expect(error(text) == nil)
        } else {
            #expect(error(text)?.status.code == 400)
        }
    }

    @Test(arguments: [
        "Host : a", "Host\t: a", " Host: a", "\tfolded", "Host", ": a", "Ho st: a", "Hö: a", "Host: a\rb", "Host: a\0b",
        "Host: a\u{1}", "Host: a\u{7F}", "Host: a\nb", "Host: a b", "Host: a,b", "Host: a/b", "Host: a@b",
    ])
    func `a bad field is refused with 400`(field: String) {
        #expect(error("GET / HTTP/1.1\r\n\(field)\r\n\r\n")?.status.code == 400)
    }

    @Test func `a folded field is refused with 400`() {
        #expect(error("GET / HTTP/1.1\r\nHost: a\r\nX: b\r\n c\r\n\r\n")?.status.code == 400)
    }

    @Test func `octets above ASCII may stand in a field`() throws {
        #expect(try decode("GET / HTTP/1.1\r\nHost: a\r\nX: ä\tb\r\n\r\n")?.headers["X"] == "ä\tb")
    }

    @Test(arguments: [
        ("Host: a\r\nHost: a", 400), ("X: y", 400), ("Host: a\r\nContent-Length: 1\r\nContent-Length: 1", 400),
        ("Host: a\r\nContent-Length: 1, 1", 400), ("Host: a\r\nContent-Length: +1", 400),
        ("Host: a\r\nContent-Length: -1", 400),
        ("Host: a\r\nContent-Length: 0x1", 400), ("Host: a\r\nContent-Length:", 400),
        ("Host: a\r\nContent-Length: 1 1", 400),
        ("Host: a\r\nContent-Length: 16385", 413), ("Host: a\r\nContent-Length: 99999999999999999999999", 413),
        ("Host: a\r\nTransfer-Encoding: chunked", 501), ("Host: a\r\nTransfer-Encoding: identity", 501),
        ("Host: a\r\nTransfer-Encoding: gzip, chunked", 501), ("Host: a\r\nTransfer-Encoding:", 501),
        ("Host: a\r\nContent-Length: 3\r\nTransfer-Encoding: chunked", 400),
        ("Host: a\r\nTransfer-Encoding: chunked\r\nContent-Length: 3", 400), ("Host: a\r\nExpect: 100-continue", 417),
    ])
    func `what makes the end of a request doubtful is refused`(fields: String, status: Int) {
        #expect(error("POST / HTTP/1.1\r\n\(fields)\r\n\r\n")?.status.code == status)
    }

    @Test func `HTTP 1_0 needs no Host and takes no transfer coding`() throws {
        #expect(try decode("GET / HTTP/1.0\r\n\r\n")?.path == "/")
        #expect(error("GET / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n")?.status.code == 400)
        #expect(error("GET / HTTP/1.0\r\nHost: a\r\nHost: a\r\n\r\n")?.status.code == 400)
    }

    @Test(arguments: ["HTTP/2.0", "HTTP/0.9", "HTTP/3.1"])
    func `other major versions are refused with 505`(version: String) {
        #expect(error("GET / \(version)\r\n") == .versionNotSupported)
    }

    @Test(arguments: ["BREW", "get", "CONNECT", "PROPFIND"])
    func `unknown methods are refused with 501`(method: String) {
        #expect(error("\(method) / HTTP/1.1\r\n") == .unknownMethod)
    }

    @Test func `the length of a request line is bounded to the byte`() throws {
        let fits = "GET /" + String(repeating: "a", count: 26) + " HTTP/1.1"
        #expect(fits.utf8.count == 40)
        #expect(try decode(fits + "\r\nHost: a\r\n\r\n", limits: Self.small) != nil)
        #expect(error(fits + "\r", limits: Self.small) == nil)
        #expect(error("x" + fits + "\r\n", limits: Self.small) == .requestLineTooLong)
        // Without a line end, it is refused as soon as it cannot fit any more.
        #expect(error(String(repeating: "a", count: 42), limits: Self.small) == .requestLineTooLong)
    }

    @Test(arguments: [40, 41, 42, 80])
    func `a long line without a carriage return is refused alike in one piece and octet by octet`(length: Int) {
        let text = String(repeating: "a", count: length) + "\n"
        let whole = error(text, limits: Self.small)
        var decoder = HTTPRequestDecoder(limits: Self.small)
        var inPieces: HTTPRequestError?
        for octet in text.utf8 where inPieces == nil {
            decoder.append(contentsOf: [octet])
            do throws(HTTPRequestError) {
                _ = try decoder.next()
            } catch {
                inPieces = error
            }
        }
        #expect(whole == inPieces)
        #expect(whole?.status.code == (length > 41 ? 414 : 400))
    }

    @Test func `the bytes of header fields are bounded`() throws {
        let start = "GET / HTTP/1.1\r\nHost: a\r\n"
        #expect(try decode(start + "X: " + String(repeating: "a", count: 46) + "\r\n\r\n", limits: Self.small) != nil)
        #expect(
            error(start + "X: " + String(repeating: "a", count: 49) + "\r\n\r\n", limits: Self.small)
                == .headersTooLarge)
        #expect(error(start + "X: " + String(repeating: "a", count: 60), limits: Self.small) == .headersTooLarge)
    }

    @Test func `the number of header fields is bounded`() throws {
        let start = "GET / HTTP/1.1\r\nHost: a\r\nb: c\r\nd: e\r\n"
        #expect(try decode(start + "\r\n", limits: Self.small) != nil)
        #expect(error(start + "f: g\r\n\r\n", limits: Self.small) == .headersTooLarge)
    }

    @Test func `the body is bounded`() throws {
        let start = "GET / HTTP/1.1\r\nHost: a\r\nContent-Length: "
        #expect(try decode(start + "10\r\n\r\n0123456789", limits: Self.small) != nil)
        #expect(error(start + "11\r\n\r\n", limits: Self.small) == .bodyTooLarge)
    }

    @Test func `damaged requests are read or refused, and nothing else`() {
        let whole = Array(
            "GET /metrics?a=%41 HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nabcGET / HTTP/1.0\r\n\r\n".utf8)
        var random = SystemRandomNumberGenerator()
        for _ in 0..<3000 {
            var octets = whole
            for _ in 0..<Int.random(in: 1...4, using: &random) {
                let index = Int.random(in: octets.indices, using: &random)
                octets[index] = [0, 9, 10, 13, 32, 58, 255, .random(in: 0...255)].randomElement() ?? 0
            }
            var decoder = HTTPRequestDecoder(limits: .init(requestLineBytes: 64, headerBytes: 64, bodyBytes: 99))
            var requests = 0
            var rest = octets[...]
            do throws(HTTPRequestError) {
                while !rest.isEmpty {
                    let size = Int.random(in: 1...40, using: &random)
                    decoder.append(contentsOf: rest.prefix(size))
                    rest = rest.dropFirst(size)
                    while try decoder.next() != nil { requests += 1 }
                }
            } catch {
                #expect([400, 413, 414, 431, 501, 505].contains(error.status.code))
            }
            #expect(requests <= 3)
        }
    }

    @Test func `an error stays`() {
        var decoder = HTTPRequestDecoder()
        decoder.append(contentsOf: Array("nonsense\r\n".utf8))
        #expect(throws: HTTPRequestError.self) { try decoder.next() }
        decoder.append(contentsOf: Array("GET / HTTP/1.1\r\nHost: a\r\n\r\n".utf8))
        #expect(throws: HTTPRequestError.self) { try decoder.next() }
        #expect(!decoder.isEmpty)
    }

    @Test(arguments: [
        (HTTPRequestError.malformed("x"), 400), (.timedOut, 408), (.bodyTooLarge, 413), (.requestLineTooLong, 414),
        (.expectationFailed, 417), (.headersTooLarge, 431), (.unknownMethod, 501), (.transferCodingNotSupported, 501),
        (.versionNotSupported, 505),
    ])
    func `each error has its status and a text`(error: HTTPRequestError, code: Int) {
        #expect(error.status.code == code)
        #expect(error.description.hasSuffix("."))
        #expect(HTTPResponse(refusing: error).status.code == code)
    }
}

import Testing

@testable import VernierExporter

@Suite struct HTTPResponseEncoderTests {
    private struct Broken: Error {}

    private let get = HTTPRequest(path: "/")
    private let old = HTTPRequest(path: "/", version: .http10)
    private let oldKept = HTTPRequest(path: "/", headers: ["Connection": "keep-alive"], version: .http10)

    /// Encodes, and returns each write as a text.
    private func encode(
        _ response: HTTPResponse, to request: HTTPRequest?, mayKeepOpen: Bool = true, bufferBytes: Int = 65_536
    ) -> (writes: [String], outcome: HTTPResponseEncoder.Outcome) {
        var encoder = HTTPResponseEncoder(bufferBytes: bufferBytes)
        var writes: [String] = []
        let outcome = encoder.encode(response, to: request, mayKeepOpen: mayKeepOpen) { bytes in
            var copy: [UInt8] = []
            copy.append(bytes)
            writes.append(String(decoding: copy, as: UTF8.self))
        }
        return (writes, outcome)
    }

    private func stream(_ pieces: [UInt8]...) -> HTTPResponse {
        HTTPResponse(
            status: .ok, headers: ["A": "b"],
            body: .stream { write in for piece in pieces { try piece.withRawSpan(write) } })
    }

    @Test func `a fixed body has a length and leaves in one write`() {
        let (writes, outcome) = encode(.text(.ok, "hi\n", headers: ["A": "b"]), to: get)
        #expect(
            writes == [
                "HTTP/1.1 200 OK\r\nA: b\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Length: 3\r\n\r\nhi\n"
            ])
        #expect(outcome == .keepOpen)
    }

    @Test func `a small streamed body leaves in one write as one chunk`() {
        let (writes, outcome) = encode(stream(Array("one".utf8), [], Array(" two".utf8)), to: get)
        #expect(writes == ["HTTP/1.1 200 OK\r\nA: b\r\nTransfer-Encoding: chunked\r\n\r\n0007\r\none two\r\n0\r\n\r\n"])
        #expect(outcome == .keepOpen)
    }

    @Test func `an empty streamed body is the last chunk alone`() {
        let (writes, _) = encode(stream([]), to: get)
        #expect(writes == ["HTTP/1.1 200 OK\r\nA: b\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"])
    }

    @Test(arguments: [1, 900, 953, 954, 955, 956, 957, 1011, 1012, 1013, 1024, 5000, 66_000])
    func `a streamed body keeps every octet and the buffer its size`(bytes: Int) throws {
        let piece = Pages.letters(bytes)
        let (writes, outcome) = encode(stream(piece, piece), to: get, bufferBytes: 0)
        #expect(outcome == .keepOpen)
        #expect(writes.allSatisfy { $0.utf8.count <= 1024 })
        #expect(try dechunked(writes.joined()) == String(decoding: piece + piece, as: UTF8.self))
    }

    private func dechunked(_ text: String) throws -> String {
        var rest = Array(text.utf8)[...]
        let head = try #require(rest.firstRange(of: Array("\r\n\r\n".utf8)))
        rest = rest[head.upperBound...]
        var body: [UInt8] = []
        while true {
            let end = try #require(rest.firstRange(of: [13, 10]))
            let size = try #require(Int(String(decoding: rest[..<end.lowerBound], as: UTF8.self), radix: 16))
            body += rest[end.upperBound...].prefix(size)
            rest = rest[end.upperBound...].dropFirst(size)
            #expect(rest.prefix(2).elementsEqual([13, 10]))
            rest = rest.dropFirst(2)
            if size == 0 { break }
        }
        #expect(rest.isEmpty)
        return String(decoding: body, as: UTF8.self)
    }

    @Test func `a head larger than the buffer leaves before the body`() throws {
        let long = String(repeating: "x", count: 3000)
        let (writes, _) = encode(
            HTTPResponse(status: .ok, headers: ["L": long], body: .stream { try [1].withRawSpan($0) }), to: get,
            bufferBytes: 1024)
        #expect(writes.count == 2)
        #expect(try dechunked(writes.joined()) == "\u{1}")
    }

    @Test func `an old peer gets a streamed body until the end of the connection`() {
        for request in [old, oldKept] {
            let (writes, outcome) = encode(stream(Array("one".utf8)), to: request)
            #expect(writes == ["HTTP/1.1 200 OK\r\nA: b\r\nConnection: close\r\n\r\none"])
            #expect(outcome == .close)
        }
    }

    @Test func `an old peer may keep its connection after a fixed body`() {
        #expect(encode(.text(.ok, "x"), to: old).outcome == .close)
        let (writes, outcome) = encode(.text(.ok, "x"), to: oldKept)
        #expect(writes.first?.contains("\r\nConnection: keep-alive\r\n") == true)
        #expect(outcome == .keepOpen)
    }

    @Test func `a connection ends when either side wants that`() {
        let closing = HTTPRequest(path: "/", headers: ["Connection": "close"])
        for (request, mayKeepOpen) in [(closing, true), (get, false), (nil, true)] {
            let (writes, outcome) = encode(.text(.ok, "x"), to: request, mayKeepOpen: mayKeepOpen)
            #expect(writes.first?.contains("\r\nConnection: close\r\n") == true)
            #expect(outcome == .close)
        }
    }

    @Test func `HEAD gets the head alone`() {
        let head = HTTPRequest(method: "HEAD", path: "/")
        #expect(
            encode(HTTPResponse(status: .ok, body: .bytes([1, 2])), to: head).writes == [
                "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n"
            ])
        let (writes, outcome) = encode(stream(Array("one".utf8)), to: head)
        #expect(writes == ["HTTP/1.1 200 OK\r\nA: b\r\n\r\n"])
        #expect(outcome == .keepOpen)
    }

    @Test(arguments: [HTTPStatus.noContent, .notModified])
    func `a status without a body has none`(status: HTTPStatus) {
        for body in [HTTPResponse.Body.bytes([1]), .stream { try [1].withRawSpan($0) }] {
            let (writes, outcome) = encode(HTTPResponse(status: status, body: body), to: get)
            #expect(writes == ["HTTP/1.1 \(status.code) \(status.reason)\r\n\r\n"])
            #expect(outcome == .keepOpen)
        }
    }

    @Test func `a value cannot write fields of its own`() {
        let (writes, _) = encode(
            HTTPResponse(status: .init(code: 299, reason: "a\r\nb"), headers: ["X": "1\r\nSet-Cookie: y"]), to: get)
        #expect(writes == ["HTTP/1.1 299 a  b\r\nX: 1  Set-Cookie: y\r\nContent-Length: 0\r\n\r\n"])
    }

    @Test func `a body that fails before anything left becomes a 500`() {
        let (writes, outcome) = encode(
            HTTPResponse(
                status: .ok,
                body: .stream { write in
                    try [65].withRawSpan(write)
                    throw Broken()
                }), to: get)
        #expect(writes.count == 1)
        #expect(writes.first?.hasPrefix("HTTP/1.1 500 Internal Server Error\r\n") == true)
        #expect(writes.first?.hasSuffix("The response failed: Broken()\n") == true)
        #expect(outcome == .keepOpen)
    }

    @Test func `a body that fails half-way ends without the last chunk`() {
        let (writes, outcome) = encode(
            HTTPResponse(
                status: .ok,
                body: .stream { write in
                    try Pages.letters(3000).withRawSpan(write)
                    throw Broken()
                }), to: get, bufferBytes: 1024)
        #expect(outcome == .aborted)
        #expect(!writes.joined().hasSuffix("0\r\n\r\n"))
        #expect(!writes.joined().contains("500"))
    }

    @Test func `a peer that has gone ends the response, even when the body does not notice`() {
        var encoder = HTTPResponseEncoder(bufferBytes: 1024)
        var calls = 0
        let deaf = HTTPResponse(
            status: .ok,
            body: .stream { write in
                for _ in 0..<9 { try? Pages.letters(600).withRawSpan(write) }
            })
        let outcome = encoder.encode(deaf, to: get) { _ in
            calls += 1
            throw Broken()
        }
        #expect(outcome == .aborted)
        #expect(calls == 1)
        #expect(encoder.encode(.text(.ok, "x"), to: get) { _ in throw Broken() } == .aborted)
        // The encoder serves on.
        #expect(encoder.encode(.text(.ok, "x"), to: get) { _ in } == .keepOpen)
    }
}

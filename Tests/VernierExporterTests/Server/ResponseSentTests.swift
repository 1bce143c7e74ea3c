import Testing
import Vernier

@testable import VernierExporter

@Suite(.timeLimit(.minutes(2))) struct ResponseSentTests {
    /// Answers with a body and notes what the server tells of it.
    private final class Noting: HTTPHandler {
        let told = Lock<[Bool]>([])
        let body: HTTPResponse.Body
        var refusals: Int { 0 }

        init(_ body: HTTPResponse.Body) { self.body = body }

        func respond(to request: HTTPRequest) -> HTTPResponse {
            var response = HTTPResponse(status: .ok, body: body)
            response.whenSent = { [self] isComplete in told.withLock { $0.append(isComplete) } }
            return response
        }
    }

    private struct Failure: Error {}

    private func answers(of handler: Noting, requests: Int) throws -> [Bool] {
        let server = try MetricsServer.start(.init(address: .tcp(host: "127.0.0.1", port: 0)), handler: handler)
        guard case .tcp(let host, let port) = server.address,
            let target = try SocketAddress.resolve(host: host, port: port).first
        else { return [] }
        for _ in 0..<requests {
            let socket = try Socket.stream(family: target.family)
            try target.connect(socket)
            Array("GET / HTTP/1.1\r\nHost: test\r\nConnection: close\r\n\r\n".utf8).withRawSpan { _ = socket.send($0) }
            var chunk = [UInt8](repeating: 0, count: 65_536)
            while case .moved = socket.receive(into: &chunk, waiting: true) {}
        }
        server.stop()
        return handler.told.withLock { $0 }
    }

    @Test func `a response that left is told as complete, each once`() throws {
        #expect(try answers(of: Noting(.bytes([1, 2, 3])), requests: 3) == [true, true, true])
        let stream = Noting(
            .stream { write in try [UInt8](repeating: 0, count: 200_000).withRawSpan { try write($0) } })
        #expect(try answers(of: stream, requests: 2) == [true, true])
    }

    @Test func `a body that fails half-way is told as not complete`() throws {
        let broken = Noting(
            .stream { write in
                try [UInt8](repeating: 0, count: 200_000).withRawSpan { try write($0) }
                throw Failure()
            })
        #expect(try answers(of: broken, requests: 1) == [false])
    }
}

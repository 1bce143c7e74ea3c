#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif
@testable import VernierExporter

/// A response as a client sees it.
struct ReceivedResponse: Equatable {
    var status: Int
    var headers: HTTPHeaders
    var body: String
}

/// A client with a plain socket that waits for answers, but never for ever.
final class TestClient {
    struct Failure: Error {
        let reason: String
    }

    let socket: Socket
    private var buffer: [UInt8] = []

    init(_ address: ServerAddress, receiveBufferBytes: Int32? = nil) throws {
        switch address {
        case .tcp(let host, let port):
            guard let target = try SocketAddress.resolve(host: host, port: port).first else {
                throw Failure(reason: "no address")
            }
            socket = try Socket.stream(family: target.family)
            if let receiveBufferBytes { socket.set(SOL_SOCKET, SO_RCVBUF, receiveBufferBytes) }
            try target.connect(socket)
            socket.setNoDelay()
        case .unix(let path):
            guard let target = SocketAddress.unix(path: path) else { throw Failure(reason: "no address") }
            socket = try Socket.stream(family: AF_UNIX)
            try target.connect(socket)
        }
        setTimeout(seconds: 5)
    }

    convenience init(_ server: MetricsServer, receiveBufferBytes: Int32? = nil) throws {
        try self.init(server.address, receiveBufferBytes: receiveBufferBytes)
    }

    private func setTimeout(seconds: Int) {
        let time = timeval(tv_sec: .init(seconds), tv_usec: 0)
        // SAFETY: the pointer is to a local of the size that is passed.
        _ = unsafe withUnsafePointer(to: time) {
            unsafe setsockopt(socket.descriptor, SOL_SOCKET, SO_RCVTIMEO, $0, socklen_t(MemoryLayout<timeval>.size))
        }
    }

    /// Sends a text as it is; returns whether the connection took it.
    @discardableResult
    func send(_ text: String) -> Bool {
        var sent: Transfer = .failed
        Array(text.utf8).withRawSpan { sent = socket.send($0) }
        return sent == .moved(text.utf8.count)
    }

    /// Sends a GET with an empty line at its end.
    func sendGet(_ target: String = "/metrics", _ fields: String = "") {
        send("GET \(target) HTTP/1.1\r\nHost: test\r\n\(fields)\r\n")
    }

    func get(_ target: String = "/metrics", _ fields: String = "") throws -> ReceivedResponse {
        sendGet(target, fields)
        return try readResponse()
    }

    func finishSending() { socket.finishSending() }

    /// Makes the close of this socket a reset.
    func resetOnClose() {
        let value = linger(l_onoff: 1, l_linger: 0)
        // SAFETY: the pointer is to a local of the size that is passed.
        _ = unsafe withUnsafePointer(to: value) {
            unsafe setsockopt(socket.descriptor, SOL_SOCKET, SO_LINGER, $0, socklen_t(MemoryLayout<linger>.size))
        }
    }

    /// Reads once; nil at the end, an error at a reset or when nothing comes.
    private func fill() throws -> Bool {
        var chunk = [UInt8](repeating: 0, count: 65_536)
        switch socket.receive(into: &chunk, waiting: true) {
        case .moved(let count):
            buffer.append(contentsOf: chunk[..<count])
            return true
        case .ended: return false
        case .wouldBlock: throw Failure(reason: "nothing came in time")
        case .failed: throw Failure(reason: "reset")
        }
    }

    /// Whether the server ends the connection without sending anything more.
    func isEnded() -> Bool {
        (try? fill()) != true
    }

    func readToEnd() throws -> String {
        while try fill() {}
        defer { buffer = [] }
        return String(decoding: buffer, as: UTF8.self)
    }

    private func readLine() throws -> String {
        while true {
            if let end = buffer.firstIndex(of: 10) {
                defer { buffer.removeSubrange(...end) }
                return String(decoding: buffer[..<end].dropLast(), as: UTF8.self)
            }
            guard try fill() else { throw Failure(reason: "ended in a line") }
        }
    }

    private func read(_ count: Int) throws -> [UInt8] {
        while buffer.count < count {
            guard try fill() else { throw Failure(reason: "ended in a body") }
        }
        defer { buffer.removeSubrange(..<count) }
        return Array(buffer[..<count])
    }

    /// Reads one response, whichever way it is framed.
    func readResponse(head: Bool = false) throws -> ReceivedResponse {
        let status = try readLine().split(separator: " ")
        guard status.count > 1, status[0] == "HTTP/1.1", let code = Int(status[1]) else {
            throw Failure(reason: "bad status line \(status)")
        }
        var headers = HTTPHeaders()
        while case let line = try readLine(), !line.isEmpty {
            guard let colon = line.firstIndex(of: ":") else { throw Failure(reason: "bad field \(line)") }
            headers.add(name: String(line[..<colon]), value: String(line[line.index(colon, offsetBy: 2)...]))
        }
        var body: [UInt8] = []
        if head {
        } else if headers["Transfer-Encoding"] == "chunked" {
            while true {
                guard let size = Int(try readLine(), radix: 16) else { throw Failure(reason: "bad chunk") }
                body += try read(size)
                guard try read(2) == [13, 10] else { throw Failure(reason: "bad end of chunk") }
                if size == 0 { break }
            }
        } else if let length = headers["Content-Length"].flatMap({ Int($0) }) {
            body = try read(length)
        } else {
            body = Array(try readToEnd().utf8)
        }
        return ReceivedResponse(status: code, headers: headers, body: String(decoding: body, as: UTF8.self))
    }
}

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif
import Testing

@testable import VernierExporter

extension ServerSuite {
    @Suite struct UnixSocketTests {
        @Test func `a Unix socket is served and removed in the end`() throws {
            let path = temporaryPath()
            let server = try Servers.start(address: .unix(path: path))
            #expect(server.port == nil)
            #expect(server.url == "unix:\(path)")
            #expect(server.address.description == path)
            #expect(SocketFile(at: path)?.isSocket == true)
            let client = try TestClient(server)
            for _ in 0..<3 { #expect(try client.get().body == "up 1\n") }
            server.stop()
            #expect(SocketFile(at: path) == nil)
        }

        @Test func `a socket file of a dead program is replaced`() throws {
            let path = temporaryPath()
            do {
                let dead = try Socket.stream(family: AF_UNIX)
                try #require(SocketAddress.unix(path: path)).bind(dead)
            }
            #expect(SocketFile(at: path)?.isSocket == true)
            let server = try Servers.start(address: .unix(path: path))
            #expect(try TestClient(server).get().status == 200)
        }

        @Test func `a live server is not pushed aside`() throws {
            let path = temporaryPath()
            let server = try Servers.start(address: .unix(path: path))
            let error = #expect(throws: ServerError.self) { try Servers.start(address: .unix(path: path)) }
            #expect(error?.code == .addressInUse)
            #expect(error?.description.contains(path) == true)
            #expect(try TestClient(server).get().status == 200)
        }

        @Test func `a live server with a full queue is not pushed aside`() throws {
            let path = temporaryPath()
            let address = try #require(SocketAddress.unix(path: path))
            let busy = try Socket.stream(family: AF_UNIX)
            try address.bind(busy)
            defer { removeFile(path) }
            _ = listen(busy.descriptor, 0)
            let waiting = try (0..<2).map { _ in
                let socket = try Socket.stream(family: AF_UNIX)
                socket.setBlocking(false)
                try? address.connect(socket)
                return socket
            }
            let error = #expect(throws: ServerError.self) { try Servers.start(address: .unix(path: path)) }
            #expect(error?.code == .addressInUse)
            withExtendedLifetime(waiting) {}
        }

        @Test func `a file of another kind is left alone`() throws {
            let path = temporaryPath()
            makeFile(path)
            defer { removeFile(path) }
            let error = #expect(throws: ServerError.self) { try Servers.start(address: .unix(path: path)) }
            #expect(error?.code == .notASocket)
            #expect(SocketFile(at: path)?.isSocket == false)
        }

        @Test(arguments: ["", String(repeating: "x", count: 200), "/tmp/a\0b"])
        func `a path that no socket can have is refused`(path: String) {
            let error = #expect(throws: ServerError.self) { try Servers.start(address: .unix(path: path)) }
            #expect(error?.code == .invalidPath)
            #expect(error?.description.contains("1 to \(SocketAddress.longestPath) bytes") == true)
        }

        @Test func `a missing directory is named`() {
            let path = "/tmp/vernier-no-such-directory/x.sock"
            let error = #expect(throws: ServerError.self) { try Servers.start(address: .unix(path: path)) }
            #expect(error?.code == .invalidPath)
            #expect(error?.description.contains("directory of \(path)") == true)
        }

        @Test func `a file that took the place of the socket stays`() throws {
            let path = temporaryPath()
            let server = try Servers.start(address: .unix(path: path))
            removeFile(path)
            makeFile(path)
            defer { removeFile(path) }
            server.stop()
            #expect(SocketFile(at: path) != nil)
        }
    }
}

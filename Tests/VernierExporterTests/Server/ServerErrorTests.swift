#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif
import Testing
import Vernier

@testable import VernierExporter

extension ServerSuite {
    @Suite struct ServerErrorTests {
        @Test func `a port in use is named with what to do`() throws {
            let server = try Servers.start()
            let port = try #require(server.port)
            let error = #expect(throws: ServerError.self) { try MetricsServer.start(port: port, registry: Registry()) }
            #expect(error?.code == .addressInUse)
            let other = port < 65_535 ? port + 1 : port - 1
            #expect(
                error?.description
                    == "port \(port) on 127.0.0.1 is already in use: stop the other program or pass another port, for example "
                    + "port: \(other) or port: 0 for any free one")
        }

        @Test(arguments: ["203.0.113.7", "no-such-host.invalid", "", "256.1.1.1"])
        func `a host that is not of this machine is named`(host: String) {
            let error = #expect(throws: ServerError.self) {
                try MetricsServer.start(port: 0, host: host, registry: Registry())
            }
            #expect(error?.code == .addressNotAvailable)
            #expect(error?.description.hasPrefix("\(host) is not an address of this machine") == true)
        }

        @Test(arguments: [
            (EADDRINUSE, ServerError.Code.addressInUse), (EACCES, .permissionDenied),
            (EADDRNOTAVAIL, .addressNotAvailable),
            (EMFILE, .outOfResources), (EAGAIN, .outOfResources), (EIO, .system),
        ])
        func `system errors have their codes`(code: Int32, expected: ServerError.Code) {
            let error = ServerError(SystemError(code: code), host: "127.0.0.1", port: 65_535)
            #expect(error.code == expected)
            #expect(error.description.contains("127.0.0.1"))
        }

        @Test(arguments: [
            (EADDRINUSE, ServerError.Code.addressInUse), (EACCES, .permissionDenied), (EROFS, .permissionDenied),
            (ENOTDIR, .invalidPath), (ENOMEM, .outOfResources), (EIO, .system),
        ])
        func `system errors at a path have their codes`(code: Int32, expected: ServerError.Code) {
            let error = ServerError(SystemError(code: code), path: "/run/x.sock")
            #expect(error.code == expected)
            #expect(error.description.contains("/run/x.sock"))
        }

        @Test func `a full port at the end of the range proposes the one before`() {
            #expect(
                ServerError(SystemError(code: EADDRINUSE), host: "h", port: 65_535).description.contains("port: 65534"))
        }
    }
}

#if NIO
    import Foundation
    import NIOCore
    import NIOEmbedded
    import NIOSSL
    import Testing
    import Vernier
    import VernierExporter

    @testable import VernierNIO

    @Suite struct NIOMetricsServerErrorTests {
        private func failure(
            _ configuration: MetricsServer.Configuration = .init(address: .tcp(host: "127.0.0.1", port: 0)),
            tls: NIOMetricsServer.TLS? = nil, group: (any EventLoopGroup)? = nil
        ) async -> ServerError? {
            do {
                await (try NIOMetricsServer.start(configuration, tls: tls, group: group, registry: Registry())).stop()
                return nil
            } catch {
                return error
            }
        }

        @Test func `files that are missing or hold something else are named`() async throws {
            let folder = NSTemporaryDirectory() + "vernier-nio-\(UUID().uuidString)"
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
            defer { try? FileManager.default.removeItem(atPath: folder) }
            let (certificate, key, junk) = (folder + "/tls.crt", folder + "/tls.key", folder + "/junk")
            try TestCertificate.certificate.write(toFile: certificate, atomically: true, encoding: .utf8)
            try TestCertificate.key.write(toFile: key, atomically: true, encoding: .utf8)
            try "nothing".write(toFile: junk, atomically: true, encoding: .utf8)
            #expect(await failure(tls: .files(certificateChain: certificate, privateKey: key)) == nil)
            for (chain, secret, named) in [
                (folder + "/no.crt", key, folder + "/no.crt"), (certificate, folder + "/no.key", folder + "/no.key"),
                (junk, key, junk), (certificate, junk, junk),
            ] {
                let error = await failure(tls: .files(certificateChain: chain, privateKey: secret))
                #expect(error?.code == .invalidConfiguration)
                #expect(error?.description.contains(named) == true, "\(String(describing: error))")
            }
        }

        @Test func `a configuration without a certificate is refused`() async {
            let error = await failure(tls: .configuration(.makeClientConfiguration()))
            #expect(error?.code == .invalidConfiguration)
            #expect(error?.description.contains("no certificate") == true)
        }

        @Test func `a certificate without its key is refused`() async throws {
            var configuration = TLSConfiguration.makeClientConfiguration()
            configuration.certificateChain = try NIOSSLCertificate.fromPEMBytes(
                Array(TestCertificate.certificate.utf8)
            ).map { .certificate($0) }
            let missing = await failure(tls: .configuration(configuration))
            #expect(missing?.code == .invalidConfiguration)
            #expect(missing?.description.contains("no private key") == true)
            configuration.certificateChain = try NIOSSLCertificate.fromPEMBytes(Array(TestCertificate.stranger.utf8))
                .map { .certificate($0) }
            configuration.privateKey = .privateKey(
                try NIOSSLPrivateKey(bytes: Array(TestCertificate.key.utf8), format: .pem))
            let other = await failure(tls: .configuration(configuration))
            #expect(other?.code == .invalidConfiguration, "the key is that of another certificate")
            #expect(other?.description.contains("the key that belongs to it") == true)
        }

        @Test func `event loops of another kind are refused`() async {
            let error = await failure(group: NIOAsyncTestingEventLoop())
            #expect(error?.code == .invalidConfiguration)
            #expect(error?.description.contains("NIOAsyncTestingEventLoop") == true)
        }

        @Test func `as many scrapes as one likes are allowed`() async {
            var limits = MetricsServer.Limits()
            limits.scrapesAtOnce = .max
            #expect(await failure(.init(address: .tcp(host: "127.0.0.1", port: 0), limits: limits)) == nil)
        }

        @Test func `a port that is taken is told so`() async throws {
            let server = try await NIOMetricsServer.start(
                .init(address: .tcp(host: "127.0.0.1", port: 0)), registry: Registry())
            let error = await failure(.init(address: .tcp(host: "127.0.0.1", port: server.port)))
            #expect(error?.code == .addressInUse)
            #expect(error?.description.contains("\(server.port)") == true)
            await server.stop()
        }

        @Test func `what makes no sense is refused`() async {
            #expect(await failure(.init(address: .tcp(host: "192.0.2.1", port: 0)))?.code == .addressNotAvailable)
            let unknown = await failure(.init(address: .tcp(host: "nobody.invalid", port: 0)))
            #expect(unknown?.code == .addressNotAvailable)
            #expect(unknown?.description.contains("nobody.invalid") == true)
            #expect(await failure(.init(address: .unix(path: "/nowhere/socket")))?.code == .invalidConfiguration)
            #expect(await failure(.init(address: .tcp(host: "127.0.0.1", port: 70_000)))?.code == .invalidConfiguration)
        }

        @Test func `plain HTTP to a port with TLS gets no answer, and the server serves on`() async throws {
            let server = try await NIOMetricsServer.start(
                .init(address: .tcp(host: "127.0.0.1", port: 0)), tls: try TestCertificate.tls(), registry: Registry())
            let plain = try await TestClient(port: server.port)
            plain.get()
            #expect(try await !plain.rest().contains("HTTP/"))
            let client = try await TestClient(port: server.port, tls: try TestCertificate.client())
            client.get("/health", "Connection: close\r\n")
            #expect(try await client.rest().hasSuffix("ok\n"))
            await server.stop()
        }

        @Test func `who trusts somebody else does not talk`() async throws {
            let server = try await NIOMetricsServer.start(
                .init(address: .tcp(host: "127.0.0.1", port: 0)), tls: try TestCertificate.tls(), registry: Registry())
            let client = try await TestClient(
                port: server.port, tls: try TestCertificate.client(trusting: TestCertificate.stranger))
            client.get("/health")
            #expect(try await client.rest().isEmpty)
            #expect(client.error?.contains("CERTIFICATE_VERIFY_FAILED") == true)
            await server.stop()
        }
    }
#endif

#if NIO
    public import NIOCore
    import NIOPosix
    import NIOSSL
    import Synchronization
    public import Vernier
    public import VernierExporter

    /// Shows a registry's metrics to scrapers from SwiftNIO's event loops, over TLS if wanted.
    ///
    /// ```swift
    /// let server = try await NIOMetricsServer.start(
    ///     .init(address: .tcp(host: "0.0.0.0", port: 9464)), tls: .files(certificateChain: "/etc/app/tls.crt", privateKey: "/etc/app/tls.key"))
    /// print("Metrics at \(server.url)")
    /// ```
    ///
    /// It answers as `MetricsServer` does, with the same routes, answers and limits, of which `requestTime` bounds the TLS handshake too.
    /// Connections live on event loops, the host's or one of its own; pages are made on threads of its own, up to
    /// `limits.scrapesAtOnce + 1` and 256, so that no event loop ever waits for a collector. A piece of a page is made when the one before has been
    /// written to the socket: memory stays the same however large the page and however slow its reader. `MetricsServer` needs no package, answers
    /// while the host's event loops are blocked, and listens at socket files too, but knows no TLS.
    ///
    /// It listens until ``stop()``, or until the last reference to it is gone: a listener that an error of the system closes is opened again.
    public final class NIOMetricsServer: Sendable {
        /// How long ``stop()`` waits for threads that make pages, and for the listener.
        private static let stopTime = Duration.milliseconds(800)

        /// Where the server listens, with the port that the system picked when port 0 was asked for.
        public let address: ServerAddress
        /// The path of the metrics page.
        public let metricsPath: String
        /// Whether it speaks TLS.
        public let usesTLS: Bool
        let core: ScrapeCore
        private let ownGroup: MultiThreadedEventLoopGroup?
        private let isStopped = Atomic(false)

        /// Starts a server.
        ///
        /// Keep the server: it stops with its last reference. When `start` returns, connections are accepted.
        /// - Parameters:
        ///   - configuration: where to listen, at TCP only, and within which bounds; by default port 9464 of the loopback interface.
        ///   - tls: the certificate and more; nil speaks plain HTTP.
        ///   - group: whose event loops to use, a `MultiThreadedEventLoopGroup` or one of its loops; nil makes one with a single thread, which
        ///     ends with the server. Stop the server before the group.
        ///   - registry: whose metrics to show.
        /// - Throws: `ServerError`, which names what failed and what to do about it.
        public static func start(
            _ configuration: MetricsServer.Configuration = .init(), tls: TLS? = nil, group: (any EventLoopGroup)? = nil,
            registry: Registry = .default
        ) async throws(ServerError) -> NIOMetricsServer {
            try configuration.validate()
            guard case .tcp(let host, let port) = configuration.address else {
                throw ServerError(
                    .invalidConfiguration,
                    "this server listens at TCP only: pass a host and a port, or use MetricsServer")
            }
            let name = ServerAddress.name(ofHost: host)
            let context = try tls.map { value throws(ServerError) in try value.context() }
            let handler = MetricsHandler(registry: registry, configuration: configuration)
            let core = ScrapeCore(handler: handler, limits: configuration.limits.bounded, tls: context)
            let ownGroup: MultiThreadedEventLoopGroup?
            let loops: any EventLoopGroup
            if let group {
                (ownGroup, loops) = (nil, group)
            } else {
                let own = MultiThreadedEventLoopGroup(numberOfThreads: 1)
                (ownGroup, loops) = (own, own)
            }
            do {
                let bound = try await core.listen(host: name, port: port, group: loops)
                return NIOMetricsServer(core, ownGroup, .tcp(host: name, port: bound), configuration)
            } catch {
                await core.stop(within: stopTime)
                try? await ownGroup?.shutdownGracefully()
                throw ServerError(starting: error, host: host, port: port)
            }
        }

        private init(
            _ core: ScrapeCore, _ ownGroup: MultiThreadedEventLoopGroup?, _ address: ServerAddress,
            _ configuration: MetricsServer.Configuration
        ) {
            self.core = core
            self.ownGroup = ownGroup
            self.address = address
            metricsPath = configuration.metricsPath
            usesTLS = core.tls != nil
        }

        /// The port on which the server listens.
        public var port: Int {
            if case .tcp(_, let port) = address { port } else { 0 }
        }

        /// The address of the metrics page, for example `https://127.0.0.1:9464/metrics`.
        public var url: String { "\(usesTLS ? "https" : "http")://\(address)\(metricsPath)" }

        /// Stops the server: closes every connection, scrapes in progress included, and ends its threads.
        ///
        /// Returns within a second or so, also where the host has ended its event loops before. Should a collector of the host take longer than that, its thread is left to end by itself as soon as
        /// the collector returns. Further calls do nothing.
        public func stop() async {
            guard beginStop() else { return }
            await core.stop(within: Self.stopTime)
            try? await ownGroup?.shutdownGracefully()
        }

        /// Relaxed: the flag is the whole of what it says.
        private func beginStop() -> Bool { !isStopped.exchange(true, ordering: .relaxed) }

        deinit {
            guard beginStop() else { return }
            core.abandon()
            ownGroup?.shutdownGracefully { _ in }
        }
    }
#endif

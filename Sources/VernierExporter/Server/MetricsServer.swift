public import Vernier

/// A small HTTP server that shows a registry's metrics to scrapers.
/// ```swift
/// let server = try MetricsServer.start()                       // http://127.0.0.1:9464/metrics
/// print("Metrics at \(server.url)")
/// ```
/// It has threads of its own and no Swift concurrency, so it answers while every thread of the host's cooperative pool is
/// blocked: one thread accepts connections and collects their requests without ever waiting for a peer, and up to
/// `limits.scrapesAtOnce + 1` others, started when needed, make the responses. Pages are streamed, so that memory does not grow
/// with the number of series; every connection, request, response and wait is bounded by ``Limits``. It speaks HTTP/1.1 and
/// HTTP/1.0 (RFC 9110, RFC 9112) with keep-alive and pipelining; routes are those of ``MetricsHandler``.
///
/// The server runs until ``stop()``, or until the last reference to it is gone.
public final class MetricsServer: Sendable {
    private struct Running {
        let core: ServerCore
        let loop: Thread
        let file: SocketFile?
    }

    /// How long ``stop()`` waits for its threads.
    private static let stopTime = Duration.milliseconds(800)

    /// Where the server listens, with the port that the system picked when port 0 was asked for.
    public let address: ServerAddress
    /// The path of the metrics page.
    public let metricsPath: String
    private let running: Lock<Running?>

    /// Starts a server.
    /// ```swift
    /// let server = try MetricsServer.start(.init(address: .unix(path: "/run/app/metrics.sock")))
    /// ```
    /// Keep the server: it stops with its last reference. When `start` returns, connections are accepted. A Unix socket file that a dead program left behind is replaced; one at which
    /// another program answers is not.
    /// - Parameters:
    ///   - configuration: Where to listen and within which bounds; by default port 9464 of the loopback interface.
    ///   - registry: Whose metrics to show.
    /// - Throws: ``ServerError``, which names what failed and what to do about it.
    public static func start(
        _ configuration: Configuration = Configuration(), registry: Registry = .default
    ) throws(ServerError) -> MetricsServer {
        try start(configuration, handler: MetricsHandler(registry: registry, configuration: configuration))
    }

    /// Starts a server at a port.
    /// ```swift
    /// let server = try MetricsServer.start(port: 0)
    /// ```
    /// - Parameters:
    ///   - port: The port; 0 lets the system pick a free one, see ``port``.
    ///   - host: The interface's address; the default is reachable from this machine alone.
    ///   - registry: Whose metrics to show.
    /// - Throws: ``ServerError``, which names what failed and what to do about it.
    public static func start(
        port: Int, host: String = "127.0.0.1", registry: Registry = .default
    ) throws(ServerError) -> MetricsServer {
        try start(Configuration(address: .tcp(host: host, port: port)), registry: registry)
    }

    /// Starts a server with other routes; `metricsPath` and `authentication` of the configuration are the handler's business.
    package static func start(
        _ configuration: Configuration, handler: any HTTPHandler
    ) throws(ServerError) -> MetricsServer {
        try configuration.validate()
        let listener = try Listener(configuration.address)
        do throws(SystemError) {
            return try MetricsServer(listener, configuration, handler)
        } catch {
            listener.file?.remove()
            throw ServerError(error, doing: "starting the threads of the server")
        }
    }

    private init(
        _ listener: Listener, _ configuration: Configuration, _ handler: any HTTPHandler
    ) throws(SystemError) {
        address = listener.address
        metricsPath = configuration.metricsPath
        let core = try ServerCore(handler: handler, limits: configuration.limits.bounded)
        let socket = listener.socket
        let isTCP = listener.file == nil
        do throws(SystemError) {
            try core.startWorker()
            let loop = try Thread(name: "vernier-accept") {
                var loop = ConnectionLoop(core: core, listener: socket, isTCP: isTCP)
                loop.run()
            }
            running = Lock(Running(core: core, loop: loop, file: listener.file))
        } catch {
            core.stop()
            core.joinWorkers(until: .now + MetricsServer.stopTime)
            throw error
        }
    }

    /// The port on which the server listens; nil at a Unix socket.
    public var port: Int? {
        if case .tcp(_, let port) = address { port } else { nil }
    }

    /// The address of the metrics page, for example `http://127.0.0.1:9464/metrics`.
    ///
    /// At a Unix socket it is `unix:` and the path of the socket.
    public var url: String {
        switch address {
        case .tcp: "http://\(address)\(metricsPath)"
        case .unix(let path): "unix:\(path)"
        }
    }

    /// Stops the server: closes every connection, scrapes in progress included, and ends its threads.
    ///
    /// Returns within one second. Should a collector of the host take longer than that, its thread is left to end by itself as
    /// soon as the collector returns. Further calls do nothing; so does the last reference after a call.
    public func stop() {
        running.withLock { running in
            guard let server = running.take() else { return }
            let deadline = ContinuousClock.now + MetricsServer.stopTime
            server.core.stop()
            server.loop.join(until: deadline)
            server.core.joinWorkers(until: deadline)
            server.file?.remove()
        }
    }

    deinit {
        stop()
    }
}

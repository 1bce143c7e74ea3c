#if ServiceLifecycle
    public import ServiceLifecycle
    public import Vernier
    public import VernierExporter

    /// The exporter as a service: it starts with the group, and when the group shuts down it serves until the last values were fetched.
    ///
    /// ```swift
    /// let metrics = MetricsService(lastScrape: .seconds(15))
    /// let group = ServiceGroup(
    ///     services: [metrics, database, web], gracefulShutdownSignals: [.sigterm], logger: logger)
    /// try await group.run()
    /// ```
    ///
    /// A group shuts its services down one after the other, the last of the list first. So this one comes first in the list: it is shut down when
    /// all others have finished, and what they counted at their end is there to be fetched.
    ///
    /// On graceful shutdown it goes on serving until a scrape that began after that has been answered in full, or the window is over; then the
    /// server stops. Cancellation, such as by the group's `maximumGracefulShutdownDuration`, stops it at once.
    public struct MetricsService: Service {
        /// The window where somebody has scraped before and nothing else is said: an interval that many servers of Prometheus have.
        public static let defaultWindow = Duration.seconds(15)

        private let configuration: MetricsServer.Configuration
        private let registry: Registry
        private let lastScrape: Duration?
        private let onStart: (@Sendable (MetricsServer) -> Void)?

        /// Makes the service.
        ///
        /// - Parameters:
        ///   - configuration: where to listen and within which bounds; by default port 9464 of the loopback interface.
        ///   - registry: whose metrics to show.
        ///   - lastScrape: how long to wait for a last scrape on graceful shutdown: the interval in which Prometheus scrapes, and less than what
        ///     the host is given to stop. Zero waits for none. `nil`, the default, waits for at most ``defaultWindow``, and not at all
        ///     where nobody has scraped before, such as on a developer's machine.
        ///   - onStart: called when connections are accepted, with the server, which knows its port.
        public init(
            _ configuration: MetricsServer.Configuration = MetricsServer.Configuration(), registry: Registry = .default,
            lastScrape: Duration? = nil, onStart: (@Sendable (MetricsServer) -> Void)? = nil
        ) {
            self.configuration = configuration
            self.registry = registry
            self.lastScrape = lastScrape
            self.onStart = onStart
        }

        /// Serves until the group shuts down or the task is cancelled.
        ///
        /// - Throws: ``ServerError`` when the server cannot start; it names what failed and what to do about it.
        public func run() async throws {
            let watch = ScrapeWatch(
                MetricsHandler(registry: registry, configuration: configuration),
                metricsPath: configuration.metricsPath)
            let server = try MetricsServer.start(configuration, handler: watch)
            defer { server.stop() }
            onStart?(server)
            await withGracefulShutdownHandler {
                // It throws when the task is cancelled, and then there is nothing to wait for.
                try? await gracefulShutdown()
            } onGracefulShutdown: {
                watch.beginLast()
            }
            guard !Task.isCancelled else { return }
            await watch.waitForLast(window(hasServed: watch.hasServed))
        }

        /// How long to wait for the last scrape.
        func window(hasServed: Bool) -> Duration {
            (lastScrape ?? (hasServed ? Self.defaultWindow : .zero)).bounded
        }
    }
#endif

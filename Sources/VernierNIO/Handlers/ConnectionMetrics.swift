#if NIO
    public import Vernier

    /// What is counted of connections.
    ///
    /// ```swift
    /// let connections = ConnectionMetrics("api")
    /// try channel.pipeline.syncOperations.addHandler(ConnectionMetricsHandler(connections))
    /// ```
    ///
    /// OpenTelemetry's conventions have no names for the connections of a server, so these are the library's; each has the label `listener`.
    /// - `nio_connections_total`, `nio_active_connections`, `nio_connection_duration_seconds`
    /// - `nio_network_io_bytes_total{network_io_direction="receive"|"transmit"}`
    /// - `nio_connection_errors_total{error_type}`
    ///
    /// Make one for each listener and give it to the handlers of all its connections.
    public struct ConnectionMetrics: Sendable {
        /// Which way bytes go, as OpenTelemetry's `network.io.direction` names it.
        private enum Direction: String, FiniteLabel { case receive, transmit }

        let opened: Counter
        let active: UpDownCounter
        let durations: Histogram
        let received: Counter
        let sent: Counter
        private let errors: CounterFamily<Labels2<String, String>>
        private let listener: String

        /// Declares the metrics of a listener; listeners of one registry share the families.
        ///
        /// - Parameters:
        ///   - listener: what tells this listener from others of the program.
        ///   - buckets: the upper bounds of the durations of connections, in seconds.
        ///   - registry: where to register them.
        public init(
            _ listener: String = "default", buckets: Buckets = .connectionDurations, registry: Registry = .current
        ) {
            self.listener = listener
            let label = Label<String>("listener")
            opened =
                CounterFamily(
                    "nio_connections", help: "Connections that were opened.", labels: .of(label), registry: registry)[
                    listener]
            active =
                UpDownCounterFamily(
                    "nio_active_connections", help: "Connections that are open now.", labels: .of(label),
                    registry: registry)[
                    listener]
            durations =
                HistogramFamily(
                    "nio_connection_duration", unit: .seconds, help: "How long connections were open.",
                    buckets: buckets,
                    labels: .of(label), registry: registry)[listener]
            let bytes = CounterFamily(
                "nio_network_io", unit: .bytes,
                help: "Bytes that came in and went out, of TLS included where it is used.",
                labels: .of(label, Label<Direction>("network_io_direction")), registry: registry)
            (received, sent) = (bytes[listener, .receive], bytes[listener, .transmit])
            errors = CounterFamily(
                "nio_connection_errors", help: "Errors of connections by the name of their type.",
                labels: .of(label, Label<String>("error_type")), limit: 100, registry: registry)
        }

        /// Counts an error.
        func count(_ error: String) { errors[listener, error].increment() }
    }

    extension Buckets {
        /// From 10 milliseconds to an hour: for how long connections are open.
        public static let connectionDurations: Buckets = [0.01, 0.1, 1, 5, 15, 60, 300, 900, 3600]
    }
#endif

#if Hummingbird
    import Hummingbird
    public import Logging
    public import Vernier
    import VernierInstrumentation

    /// One line of the log for each request, in the words of its metrics.
    ///
    /// ```swift
    /// router.add(middleware: HTTPMetricsMiddleware(log: RequestLog()))
    /// ```
    ///
    /// The line goes through the logger of the request's context when the request ends, with the message `request` and this metadata, of
    /// which what is not known is left out:
    ///
    /// | Key | Value |
    /// |---|---|
    /// | `http_request_method`, `http_route`, `http_response_status_code`, `error_type` | as the labels |
    /// | `http_server_request_duration_seconds` | seconds |
    /// | `http_server_request_body_size_bytes`, `http_server_response_body_size_bytes` | bytes |
    /// | `url_path` | the path as it was sent, without its query, at most 1,024 bytes of it |
    /// | `trace_id`, `span_id` and whatever else ``traces`` says | as in exemplars |
    ///
    /// With ``JSONLogHandler`` it is an object of JSON whose numbers are numbers. A line costs some microseconds, allocates, and asks the provider once.
    public struct RequestLog: Sendable {
        /// The level of the line.
        public var level: Logger.Level
        /// The level of the line of a request that failed: one with an `error_type`.
        public var failureLevel: Logger.Level
        /// Whether the line says the path.
        public var includesPath: Bool
        /// Who says which trace a request is of; by default the current `ExemplarProvider`.
        ///
        /// That of `VernierTracing` knows sampled spans alone, unless it is made with `.all`: a line of the log may name a trace that no backend has,
        /// an exemplar should not.
        public var traces: ExemplarProvider?

        /// Makes the option.
        ///
        /// - Parameters:
        ///   - level: the level of the line.
        ///   - failureLevel: the level of the line of a request that failed.
        ///   - includesPath: whether the line says the path, which may name persons.
        ///   - traces: who says which trace a request is of, such as `.tracing(.all)`; by default the current `ExemplarProvider`.
        public init(
            level: Logger.Level = .info, failureLevel: Logger.Level = .error, includesPath: Bool = true,
            traces: ExemplarProvider? = nil
        ) {
            self.level = level
            self.failureLevel = failureLevel
            self.includesPath = includesPath
            self.traces = traces
        }

        /// How many bytes of a path are shown.
        static let longestPath = 1_024

        /// What has to be known of a request when it ends; nil when a logger would drop the line.
        func line(for request: Request, _ logger: Logger) -> RequestLine? {
            guard logger.logLevel <= max(level, failureLevel) else { return nil }
            return RequestLine(
                log: self, logger: logger, path: includesPath ? Self.path(of: request) : nil,
                trace: (traces ?? ExemplarProvider.current)?()?.pairs ?? [])
        }

        /// The path without its query, cut between two of its code points.
        private static func path(of request: Request) -> String {
            let path = request.uri.path
            guard path.utf8.count > longestPath else { return path }
            return path.prefix(upToBytes: longestPath)
        }
    }

    /// The line of one request.
    struct RequestLine: Sendable {
        let log: RequestLog
        let logger: Logger
        let path: String?
        /// What the request's trace is; asked for within the handler, as a body may be written where nobody knows it any more.
        let trace: [LabelPair]

        /// Writes it.
        func write(
            _ exchange: HTTPServerMetrics.Exchange, route: String?, status: Int?, error: RequestError?,
            requestBytes: Int?, responseBytes: Int?
        ) {
            let duration = exchange.elapsed
            let level = error == nil ? log.level : log.failureLevel
            guard logger.logLevel <= level else { return }
            var metadata: Logger.Metadata = [
                "http_request_method": .string(exchange.method.rawValue),
                "http_server_request_duration_seconds": .stringConvertible(duration / .seconds(1)),
            ]
            metadata["http_route"] = route.map { .string($0) }
            metadata["http_response_status_code"] = status.map { .stringConvertible($0) }
            metadata["error_type"] = error.map { .string($0.text) }
            metadata["http_server_request_body_size_bytes"] = requestBytes.map { .stringConvertible($0) }
            metadata["http_server_response_body_size_bytes"] = responseBytes.map { .stringConvertible($0) }
            metadata["url_path"] = path.map { .string($0) }
            for pair in trace where metadata[pair.name] == nil { metadata[pair.name] = .string(pair.value) }
            logger.log(level: level, "request", metadata: metadata)
        }
    }
#endif

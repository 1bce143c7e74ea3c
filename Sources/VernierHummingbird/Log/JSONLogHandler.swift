#if Hummingbird
    public import Logging

    /// Writes each line of the log as one object of JSON, for programs that read logs.
    ///
    /// ```swift
    /// LoggingSystem.bootstrap { label in JSONLogHandler(label: label) }
    /// ```
    ///
    /// ```json
    /// {"time":"2026-01-31T12:00:00.250Z","level":"info","logger":"web","message":"request","http_route":"/users/{id}","http_response_status_code":200}
    /// ```
    ///
    /// Metadata stands beside the fields of the line, sorted by name; names that the line uses itself (`time`, `level`, `logger`, `message`, `source`,
    /// `error`, `truncated`) get `metadata_` before them. That of a statement goes before that of its provider, and this before that of the
    /// handler, as elsewhere in swift-log. Numbers and truth values that come as `.stringConvertible` are written as such.
    ///
    /// A line is written with one call of the system and never mixes with others to the same descriptor. It has at most
    /// `maximumLineBytes`: fields that do not fit are left out, a message is cut, and `"truncated":true` says so. A statement costs some microseconds,
    /// allocations and, while it is written, a lock for each descriptor; it waits where the descriptor's reader does.
    public struct JSONLogHandler: LogHandler {
        /// From which level on lines are written.
        public var logLevel: Logger.Level = .info
        /// What all lines of the handler carry.
        public var metadata: Logger.Metadata = [:]
        /// Who adds metadata to each line, such as that of the current trace.
        public var metadataProvider: Logger.MetadataProvider?

        private let label: String
        private let output: LogOutput
        private let maximumLineBytes: Int

        /// Makes a handler.
        ///
        /// - Parameters:
        ///   - label: the logger's label.
        ///   - fileDescriptor: where to write: standard output unless it says otherwise. It has to stay open.
        ///   - maximumLineBytes: how long a line may be, its line feed included; at least 256.
        ///   - metadataProvider: who adds metadata to each line.
        public init(
            label: String, fileDescriptor: Int32 = 1, maximumLineBytes: Int = 16_384,
            metadataProvider: Logger.MetadataProvider? = LoggingSystem.metadataProvider
        ) {
            self.label = label
            self.metadataProvider = metadataProvider
            self.maximumLineBytes = maximumLineBytes
            output = LogOutput.to(fileDescriptor)
        }

        /// A value that all lines of the handler carry.
        public subscript(metadataKey key: String) -> Logger.MetadataValue? {
            get { metadata[key] }
            set { metadata[key] = newValue }
        }

        /// Writes a line.
        public func log(event: LogEvent) {
            var line = JSONLine(limit: maximumLineBytes)
            line.add("time", Timestamp.now)
            line.add("level", event.level.rawValue)
            line.add("logger", label)
            line.add("message", cutting: event.message.description)
            line.add("source", event.source)
            if let error = event.error { line.add("error", cutting: "\(error)") }
            var fields = metadata
            if let provided = metadataProvider?.get() { fields.merge(provided) { $1 } }
            if let given = event.metadata { fields.merge(given) { $1 } }
            line.add(fields)
            output.write(line.finished())
        }
    }
#endif

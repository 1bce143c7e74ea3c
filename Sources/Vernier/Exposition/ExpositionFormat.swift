/// A dialect in which a page of metrics is written.
public struct ExpositionFormat: Sendable, Hashable {
    /// What the lines or messages of a page look like.
    public enum Syntax: Sendable, Hashable, CaseIterable {
        /// Prometheus text 0.0.4.
        case text
        /// Prometheus text 1.0.0: as 0.0.4, with quoted names.
        case utf8Text
        /// OpenMetrics 1.0.0 text.
        case openMetrics
        /// Messages `io.prometheus.client.MetricFamily`, each after its length.
        case protobuf
    }

    /// The syntax.
    public let syntax: Syntax
    /// How names are written that not every scraper reads; `nil` when the scraper did not say, who then gets ``EscapingScheme/underscores``.
    public var escaping: EscapingScheme?
    /// Whether an OpenMetrics page has a `_created` sample for each counter, histogram and summary; protobuf always says it.
    public var showsCreated = false

    /// Makes a format.
    public init(_ syntax: Syntax, escaping: EscapingScheme? = nil) {
        self.syntax = syntax
        self.escaping = escaping
    }

    /// Prometheus text format 0.0.4.
    public static let text = ExpositionFormat(.text)
    /// Prometheus text format 1.0.0, with names as they are.
    public static let utf8Text = ExpositionFormat(.utf8Text, escaping: .allowUTF8)
    /// OpenMetrics 1.0.0 text format.
    public static let openMetrics = ExpositionFormat(.openMetrics)
    /// Delimited protobuf.
    public static let protobuf = ExpositionFormat(.protobuf)

    /// The value of the `Content-Type` header of a page in this format.
    public var contentType: String {
        let type =
            switch syntax {
            case .text: "text/plain; version=0.0.4; charset=utf-8"
            case .utf8Text: "text/plain; version=1.0.0; charset=utf-8"
            case .openMetrics: "application/openmetrics-text; version=1.0.0; charset=utf-8"
            case .protobuf:
                "application/vnd.google.protobuf; proto=io.prometheus.client.MetricFamily; encoding=delimited"
            }
        return escaping.map { "\(type); escaping=\($0.rawValue)" } ?? type
    }
}

/// How names with characters outside `[a-zA-Z0-9_:]` are written for a scraper (Prometheus, "Escaping schemes").
public enum EscapingScheme: String, Sendable, Hashable, CaseIterable {
    /// As they are, in quotes.
    case allowUTF8 = "allow-utf-8"
    /// With `_` for each character that is not allowed.
    case underscores
    /// With `_dot_` for a dot and two underscores for one, so that most names can be told again.
    case dots
    /// With `U__` before the name and the code of each character that is not allowed, so that all can be told again.
    case values
}

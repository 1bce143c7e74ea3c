/// The base unit of a family, which becomes the end of its name.
///
/// Prometheus and OpenMetrics want base units: seconds, bytes, ratios (OpenMetrics 1.0.0, "Units and Base Units").
///
/// ```swift
/// let size = Histogram("response_size", unit: .bytes, help: "Size of a response.", buckets: .exponential(start: 256, factor: 4, count: 8))
/// ```
public struct MetricUnit: Sendable, Hashable, ExpressibleByStringLiteral {
    /// The unit as it stands in names.
    public let name: String

    /// Makes a unit of its name in plural, such as `"joules"`.
    public init(stringLiteral name: String) { self.name = name }

    /// Seconds.
    public static let seconds: MetricUnit = "seconds"
    /// Bytes.
    public static let bytes: MetricUnit = "bytes"
    /// A share of one, from 0 to 1.
    public static let ratio: MetricUnit = "ratio"
    /// Degrees Celsius.
    public static let celsius: MetricUnit = "celsius"
    /// Metres.
    public static let meters: MetricUnit = "meters"
    /// Volts.
    public static let volts: MetricUnit = "volts"
    /// Amperes.
    public static let amperes: MetricUnit = "amperes"
    /// Joules.
    public static let joules: MetricUnit = "joules"
    /// Grams.
    public static let grams: MetricUnit = "grams"
}

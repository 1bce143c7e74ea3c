import Testing
import Vernier
import VernierParsing

/// Reads a page that should be right.
func families(_ page: String, _ format: ExpositionFormat = .openMetrics) throws -> [MetricFamilySnapshot] {
    try [MetricFamilySnapshot](parsing: page, as: format)
}

/// What the parser says of a page that it should refuse.
func problem(
    _ page: String, _ format: ExpositionFormat = .openMetrics,
    limits: ExpositionParser.Limits = ExpositionParser.Limits()
) throws -> ExpositionError {
    try #require(throws: ExpositionError.self) {
        _ = try [MetricFamilySnapshot](parsing: page, as: format, limits: limits)
    }
}

extension ExpositionFormat {
    /// OpenMetrics with names in quotes.
    static let quotedOpenMetrics = ExpositionFormat(.openMetrics, escaping: .allowUTF8)
}

public import Vernier
import VernierParsing

extension Lint {
    /// Judges a page.
    ///
    /// - Parameters:
    ///   - page: the page.
    ///   - format: its format.
    ///   - rules: what it is judged by.
    /// - Returns: the problems by family, then by rule and message.
    /// - Throws: `ExpositionError` with the place that the format does not allow.
    public static func problems(
        inPage page: String, as format: ExpositionFormat, rules: [any LintRule] = Lint.rules
    ) throws -> [LintProblem] {
        problems(in: try [MetricFamilySnapshot](parsing: page, as: format), rules: rules)
    }
}

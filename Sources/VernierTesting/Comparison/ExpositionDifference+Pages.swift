public import Vernier
import VernierParsing

extension ExpositionDifference {
    /// Compares two pages.
    ///
    /// ```swift
    /// let difference = try ExpositionDifference(fromPage: expected, toPage: registry.page(as: .text), as: .text)
    /// #expect(difference.isEmpty, "\(difference)")
    /// ```
    ///
    /// For pages in two formats parse each and compare what was read.
    ///
    /// - Parameters:
    ///   - before: what is expected, or what was there before.
    ///   - after: what was found.
    ///   - format: the format of both.
    ///   - options: what is compared and how.
    /// - Throws: `ExpositionError` with the place in a page that the format does not allow.
    public init(
        fromPage before: String, toPage after: String, as format: ExpositionFormat, options: Options = Options()
    ) throws {
        self.init(
            from: try [MetricFamilySnapshot](parsing: before, as: format),
            to: try [MetricFamilySnapshot](parsing: after, as: format), options: options)
    }
}

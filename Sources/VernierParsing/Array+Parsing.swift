public import Vernier

extension Array<MetricFamilySnapshot> {
    /// Reads a whole page.
    ///
    /// ```swift
    /// let families = try [MetricFamilySnapshot](parsing: registry.page(as: .openMetrics), as: .openMetrics)
    /// ```
    ///
    /// - Parameters:
    ///   - page: the page.
    ///   - format: its format.
    ///   - limits: what the page may need.
    /// - Throws: ``ExpositionError`` with the first place that the format does not allow.
    /// - Complexity: Linear in the length of the page.
    public init(
        parsing page: String, as format: ExpositionFormat,
        limits: ExpositionParser.Limits = ExpositionParser.Limits()
    ) throws {
        self.init()
        var parser = ExpositionParser(format, limits: limits)
        try parser.parse(page.utf8) { append($0) }
        try parser.finish { append($0) }
    }
}

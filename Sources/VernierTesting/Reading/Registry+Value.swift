public import Vernier

extension Registry {
    /// Reads the value of one sample, by the name and the labels that a page shows.
    ///
    /// ```swift
    /// #expect(registry.value(of: "http_requests_total", labels: ["method": "GET", "status": "200"]) == 1)
    /// #expect(registry.value(of: "http_request_duration_seconds_count") == 3)
    /// #expect(registry.value(of: "http_request_duration_seconds_bucket", labels: ["le": "0.5"]) == 2)
    /// ```
    ///
    /// It reads all collectors and blocks the calling thread until they are done. For several values of one moment, gather once and
    /// ask the result.
    ///
    /// - Parameters:
    ///   - name: the sample's name with prefix, unit and suffix: `_total`, `_bucket`, `_count`, `_sum`, `_info`.
    ///   - labels: all labels of the sample, unescaped; the registry's constant labels may be left out. `le` and `quantile` are
    ///     compared as numbers, the bucket of all observations is `"+Inf"`.
    /// - Returns: the value, or `nil` when a page has no such sample.
    /// - Complexity: linear in the number of series of the family.
    public func value(of name: String, labels: [String: String] = [:]) -> Double? {
        gather(names: [name]).value(of: name, labels: labels, optional: constantLabels)
    }
}

extension Array<MetricFamilySnapshot> {
    /// Reads the value of one sample from what was gathered.
    ///
    /// ```swift
    /// let families = registry.gather()
    /// #expect(families.value(of: "hits_total") == families.value(of: "lookups_total"))
    /// ```
    ///
    /// - Parameters:
    ///   - name: the sample's name with prefix, unit and suffix.
    ///   - labels: all labels of the sample, constant ones included. `le` and `quantile` are compared as numbers.
    /// - Returns: the value, or `nil` when there is no such sample.
    /// - Complexity: linear in the number of samples.
    public func value(of name: String, labels: [String: String] = [:]) -> Double? {
        value(of: name, labels: labels, optional: [])
    }

    func value(of name: String, labels: [String: String], optional: [LabelPair]) -> Double? {
        sample(name, labels: labels, optional: optional)?.value
    }

    func sample(_ name: String, labels: [String: String], optional: [LabelPair]) -> Sample? {
        for family in self where name.hasPrefix(family.name) {
            for sample in family.samples where sample.id.name == name {
                if sample.matches(labels, optional: optional) { return sample }
            }
        }
        return nil
    }
}

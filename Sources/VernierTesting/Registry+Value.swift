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

    /// Runs a closure and returns by how much it changed a sample.
    ///
    /// ```swift
    /// let change = registry.change(of: "orders_total", labels: ["shop": "north"]) { shop.take(order) }
    /// #expect(change == 1)
    /// ```
    ///
    /// What other threads do to the sample meanwhile counts too: give parallel tests a registry each, see
    /// ``Vernier/Registry/isolated(prefix:constantLabels:_:)``.
    ///
    /// - Parameters:
    ///   - name: the sample's name, see ``value(of:labels:)``.
    ///   - labels: the sample's labels.
    ///   - body: what may change it.
    /// - Returns: the value after less the value before, where a sample that was not there before counts from zero; `nil` when there
    ///   is no such sample afterwards.
    /// - Throws: what the closure throws.
    public func change<E: Error>(
        of name: String, labels: [String: String] = [:], during body: () throws(E) -> Void
    ) throws(E) -> Double? {
        let before = value(of: name, labels: labels) ?? 0
        try body()
        return value(of: name, labels: labels).map { $0 - before }
    }

    /// Runs an asynchronous closure and returns by how much it changed a sample.
    ///
    /// - Parameters:
    ///   - name: the sample's name, see ``value(of:labels:)``.
    ///   - labels: the sample's labels.
    ///   - body: what may change it.
    /// - Returns: the value after less the value before, where a sample that was not there before counts from zero; `nil` when there
    ///   is no such sample afterwards.
    /// - Throws: what the closure throws.
    nonisolated(nonsending)
        public func change<E: Error>(
            of name: String, labels: [String: String] = [:],
            during body: nonisolated(nonsending) () async throws(E) -> Void
        ) async throws(E) -> Double?
    {
        let before = await gather(names: [name]).value(of: name, labels: labels, optional: constantLabels) ?? 0
        try await body()
        return await gather(names: [name]).value(of: name, labels: labels, optional: constantLabels).map { $0 - before }
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
        for family in self where name.hasPrefix(family.name) {
            for sample in family.samples where sample.name == name {
                if sample.matches(labels, optional: optional) { return sample.value }
            }
        }
        return nil
    }
}

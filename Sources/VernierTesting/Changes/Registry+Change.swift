public import Vernier

extension Registry {
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

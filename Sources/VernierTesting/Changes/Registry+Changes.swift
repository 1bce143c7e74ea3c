public import Vernier

extension Registry {
    /// Runs a closure and returns all samples that it changed.
    ///
    /// ```swift
    /// let changes = registry.changes { shop.take(order) }
    /// #expect(changes.map(\.name) == ["orders_total"], "\(changes)")
    /// ```
    ///
    /// So a test sees what it did not think of: a series made by accident, an error counted twice. What other threads do meanwhile
    /// counts too: give parallel tests a registry each, see ``Vernier/Registry/isolated(prefix:constantLabels:_:)``.
    ///
    /// - Parameters:
    ///   - families: names of families to leave out, `*` at the end of one standing for anything; by default what the registry says
    ///     about itself, such as how long collectors take.
    ///   - body: what may change samples.
    /// - Returns: the changes by name and labels.
    /// - Throws: what the closure throws.
    /// - Complexity: two gathers, which read all collectors and block the calling thread until they are done.
    public func changes<E: Error>(
        leavingOut families: [String] = ["vernier_*"], during body: () throws(E) -> Void
    ) throws(E) -> SampleChanges {
        let before = gather()
        try body()
        return SampleChanges(from: before, to: gather(), leavingOut: families, constantLabels: constantLabels)
    }

    /// Runs an asynchronous closure and returns all samples that it changed.
    ///
    /// - Parameters:
    ///   - families: names of families to leave out, `*` at the end of one standing for anything.
    ///   - body: what may change samples.
    /// - Returns: the changes by name and labels.
    /// - Throws: what the closure throws.
    nonisolated(nonsending)
        public func changes<E: Error>(
            leavingOut families: [String] = ["vernier_*"],
            during body: nonisolated(nonsending) () async throws(E) -> Void
        ) async throws(E) -> SampleChanges
    {
        let before = await gather()
        try await body()
        return await SampleChanges(
            from: before, to: gather(), leavingOut: families, constantLabels: constantLabels)
    }
}

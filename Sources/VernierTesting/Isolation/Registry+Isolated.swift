public import Vernier

extension Registry {
    /// Runs a test with a registry of its own, in which instruments that the closure makes are registered.
    ///
    /// ```swift
    /// @Test func takesOrders() {
    ///     Registry.isolated { registry in
    ///         Shop().take(order)
    ///         #expect(registry.value(of: "orders_total") == 1)
    ///     }
    /// }
    /// ```
    ///
    /// Tests that do so run in parallel without seeing each other's values, as long as what they test makes its instruments inside
    /// the closure: a `static let` belongs to the registry that was current when it was first touched. A clash of declarations stops
    /// a debug build, as it does elsewhere.
    ///
    /// - Parameters:
    ///   - prefix: stands before every family name, with an underscore.
    ///   - constantLabels: labels that every metric carries.
    ///   - body: gets the registry, which is also `Registry.current` in the closure and in tasks that it starts.
    /// - Returns: what the closure returns.
    /// - Throws: what the closure throws.
    public static func isolated<R>(
        prefix: String? = nil, constantLabels: KeyValuePairs<String, String> = [:], _ body: (Registry) throws -> R
    ) rethrows -> R {
        let registry = Registry(prefix: prefix, constantLabels: constantLabels)
        return try registry.withCurrent { try body(registry) }
    }

    /// Runs an asynchronous test with a registry of its own, in which instruments that the closure makes are registered.
    ///
    /// - Parameters:
    ///   - prefix: stands before every family name, with an underscore.
    ///   - constantLabels: labels that every metric carries.
    ///   - body: gets the registry, which is also `Registry.current` in the closure and in tasks that it starts.
    /// - Returns: what the closure returns.
    /// - Throws: what the closure throws.
    nonisolated(nonsending)
        public static func isolated<R>(
            prefix: String? = nil, constantLabels: KeyValuePairs<String, String> = [:],
            _ body: nonisolated(nonsending) (Registry) async throws -> R
        ) async rethrows -> R
    {
        let registry = Registry(prefix: prefix, constantLabels: constantLabels)
        return try await registry.withCurrent { try await body(registry) }
    }
}

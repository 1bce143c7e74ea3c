// Some hosts build this module where the framework is not: a program linked with the static standard library, for one.
#if canImport(Testing)
    public import Testing
    import Vernier

    /// Gives each test a registry of its own, see `Trait.isolatedRegistry`.
    public struct IsolatedRegistryTrait: TestTrait, SuiteTrait, TestScoping {
        let prefix: String?
        let constantLabels: KeyValuePairs<String, String>

        /// Whether tests inside a suite have the trait too, which they do: each gets a registry, not one the suite.
        public var isRecursive: Bool { true }

        /// Runs one case of a test with a new registry as `Registry.current`.
        ///
        /// - Throws: what the test throws.
        public func provideScope(
            for test: Test, testCase: Test.Case?, performing function: @concurrent @Sendable () async throws -> Void
        ) async throws {
            let registry = Registry(prefix: prefix, constantLabels: constantLabels)
            try await registry.withCurrent { try await function() }
        }
    }

    extension Trait where Self == IsolatedRegistryTrait {
        /// A registry of its own for each test and each case of a test, as `Registry.current`.
        ///
        /// ```swift
        /// @Suite(.isolatedRegistry) struct ShopTests {
        ///     let shop = Shop()
        ///
        ///     @Test func takesOrders() {
        ///         shop.take(order)
        ///         #expect(Registry.current.value(of: "orders_total") == 1)
        ///     }
        /// }
        /// ```
        ///
        /// Values that the suite makes, as `shop` here, are made inside the scope too.
        public static var isolatedRegistry: Self { isolatedRegistry() }

        /// A registry of its own for each test and each case of a test, with a prefix and labels for all metrics.
        ///
        /// - Parameters:
        ///   - prefix: stands before every family name, with an underscore.
        ///   - constantLabels: labels that every metric carries.
        public static func isolatedRegistry(
            prefix: String? = nil, constantLabels: KeyValuePairs<String, String> = [:]
        ) -> Self {
            Self(prefix: prefix, constantLabels: constantLabels)
        }
    }
#endif

#if Hummingbird
    /// Something that has to work for a program to be called healthy.
    ///
    /// ```swift
    /// router.addHealth(checks: [HealthCheck("database") { try await database.ping() }])
    /// ```
    public struct HealthCheck: Sendable {
        /// The name under which the answer shows it.
        public let name: String
        /// How long it may take; then its task is cancelled, and it has failed.
        public let timeout: Duration
        private let check: @Sendable () async throws -> Void

        /// Makes a check.
        ///
        /// - Parameters:
        ///   - name: the name under which the answer shows it.
        ///   - timeout: how long it may take.
        ///   - check: throws when something does not work. It runs for each request of the route, and ends soon when its task is cancelled.
        public init(
            _ name: String, timeout: Duration = .seconds(5), _ check: @escaping @Sendable () async throws -> Void
        ) {
            self.name = name
            self.timeout = timeout
            self.check = check
        }

        /// Whether it works.
        func passes() async -> Bool {
            await withTaskGroup(of: Bool.self) { group in
                group.addTask {
                    do {
                        try await check()
                        return true
                    } catch {
                        return false
                    }
                }
                group.addTask {
                    try? await Task.sleep(for: timeout)
                    return false
                }
                let result = await group.next() ?? false
                group.cancelAll()
                return result
            }
        }
    }
#endif

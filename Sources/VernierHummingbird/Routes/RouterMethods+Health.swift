#if Hummingbird
    import HTTPTypes
    public import Hummingbird
    import Logging
    import NIOCore

    extension RouterMethods {
        /// Adds a route that tells whether the program works, for `GET` and `HEAD`.
        ///
        /// ```swift
        /// router.addHealth()
        /// ```
        ///
        /// It answers `{"status":"ok"}` with 200. With checks, which run side by side, it shows each as `ok` or `failing`, those of one name together; when one
        /// of them fails the status is 503 and `failing`. What a check threw is not shown, as strangers may ask.
        ///
        /// - Parameters:
        ///   - path: where the answer is.
        ///   - checks: what has to work.
        /// - Returns: the router, for further routes.
        @discardableResult
        public func addHealth(_ path: RouterPath = "health", checks: [HealthCheck] = []) -> Self {
            get(path) { _, _ in await Health.response(checks, isHead: false) }
                .head(path) { _, _ in await Health.response(checks, isHead: true) }
        }
    }

    /// The answer of a health route.
    enum Health {
        static func response(_ checks: [HealthCheck], isHead: Bool) async -> Response {
            let results = await withTaskGroup(of: (Int, Bool).self) { group in
                for (index, check) in checks.enumerated() { group.addTask { (index, await check.passes()) } }
                var results = Array(repeating: false, count: checks.count)
                for await (index, passes) in group { results[index] = passes }
                return results
            }
            let isHealthy = results.allSatisfy { $0 }
            var response = Response(
                status: isHealthy ? .ok : .serviceUnavailable,
                headers: [.contentType: "application/json; charset=utf-8", .cacheControl: "no-store"],
                body: ResponseBody(byteBuffer: ByteBuffer(bytes: json(checks, results, isHealthy))))
            // The head says the length of the body that GET would get.
            if isHead { response = response.createHeadResponse() }
            return response
        }

        /// The checks by name and result.
        private static func json(_ checks: [HealthCheck], _ results: [Bool], _ isHealthy: Bool) -> [UInt8] {
            func text(_ passes: Bool) -> String { passes ? "ok" : "failing" }
            var line = JSONLine(limit: .max)
            line.add("status", text(isHealthy))
            if !checks.isEmpty {
                let values = zip(checks, results).map { ($0.name, Logger.MetadataValue.string(text($1))) }
                line.add("checks", .dictionary(Dictionary(values) { $0 == $1 ? $0 : .string(text(false)) }))
            }
            return line.finished()
        }
    }
#endif

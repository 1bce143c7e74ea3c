#if Hummingbird
    import Hummingbird
    import HummingbirdTesting
    import Logging
    import Vernier
    import VernierTesting

    /// Runs a server on a port of its own, with a registry of its own in which its metrics are.
    func withServer(
        logger: Logger? = nil, _ routes: (Router<BasicRequestContext>, Registry) -> Void,
        _ body: @Sendable @escaping (any TestClientProtocol, Registry) async throws -> Void
    ) async throws {
        try await Registry.isolated { registry in
            let router = Router()
            routes(router, registry)
            var quiet = Logger(label: "quiet")
            quiet.logLevel = .critical
            let app = Application(
                router: router, configuration: .init(address: .hostname("127.0.0.1", port: 0)), logger: logger ?? quiet)
            try await app.test(.live) { client in try await body(client, registry) }
        }
    }

    /// Waits for a condition; for half a minute, which only a machine that stands still needs.
    func eventually(_ condition: () async throws -> Bool) async rethrows -> Bool {
        let end = ContinuousClock.now + .seconds(30)
        while ContinuousClock.now < end {
            if try await condition() { return true }
            try? await Task.sleep(for: .milliseconds(5))
        }
        return try await condition()
    }

    extension Registry {
        /// How many requests with these labels have ended.
        func requests(_ method: String, _ route: String, _ status: String, _ error: String = "") async -> Int? {
            await durations(method, route, status, error).map { Int($0.count) }
        }

        /// The durations of requests with these labels.
        func durations(
            _ method: String, _ route: String, _ status: String, _ error: String = ""
        ) async -> HistogramPoint? {
            await gather().metric(
                of: "http_server_request_duration_seconds", labels: Self.labels(method, route, status, error))?
                .histogram
        }

        /// The sizes of one side's bodies.
        func sizes(
            _ side: String, _ method: String, _ route: String, _ status: String, _ error: String = ""
        ) async -> HistogramPoint? {
            await gather().metric(
                of: "http_server_\(side)_body_size_bytes", labels: Self.labels(method, route, status, error))?.histogram
        }

        /// How many requests are under way.
        func active() async -> Double {
            let family = await gather(names: ["http_server_active_requests"]).first
            return family?.metrics.reduce(0) { sum, metric in
                if case .gauge(let value) = metric.point { sum + value } else { sum }
            } ?? -1
        }

        private static func labels(
            _ method: String, _ route: String, _ status: String, _ error: String
        ) -> [String: String] {
            [
                "http_request_method": method, "http_route": route, "http_response_status_code": status,
                "error_type": error,
            ]
        }
    }
#endif

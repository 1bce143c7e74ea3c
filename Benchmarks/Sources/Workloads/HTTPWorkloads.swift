import Vernier
import VernierInstrumentation

/// What a server's middleware pays for a request, but for the framework's own part.
extension Workloads {
    /// A request whose route is a pattern that the router has, as with Hummingbird.
    public static let httpExchange = httpExchange("a pattern of 26 bytes", "/api/v1/users/{id}/profile")

    /// The same with a pattern that stands in the string itself.
    public static let httpExchangeShort = httpExchange("a pattern of 6 bytes", "/hello")

    /// Requests of an HTTP server.
    public static var http: [Workload] { [httpExchange, httpExchangeShort] }

    private static func httpExchange(_ variant: String, _ route: String) -> Workload {
        Workload("HTTP request", variant) {
            let metrics = HTTPServerMetrics(registry: Registry())
            return { httpLoop(metrics, "GET", route, $0) }
        }
    }
}

@inline(never)
private func httpLoop(_ metrics: HTTPServerMetrics, _ method: String, _ route: String, _ count: Int) {
    for _ in 0..<count {
        metrics.start(RequestMethod(method)).end(route: route, status: 200, requestBytes: nil, responseBytes: 13)
    }
}

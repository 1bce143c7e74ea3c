extension MetricsServer {
    /// How a server is set up; every value has a default that suits a program on a machine of its own.
    /// ```swift
    /// var configuration = MetricsServer.Configuration()
    /// configuration.address = .tcp(host: "0.0.0.0", port: 9464)
    /// configuration.authentication = .bearer(token: token)
    /// ```
    public struct Configuration: Sendable, Hashable {
        /// Where to listen; by default at port 9464 of the loopback interface, which no other machine can reach.
        public var address: ServerAddress
        /// The path of the metrics page; it starts with a slash.
        public var metricsPath: String
        /// What a scraper must show; nil, the default, lets everybody in who can connect.
        public var authentication: Authentication?
        /// Whether pages of OpenMetrics say when each counter, histogram and summary was made, by one more sample for each;
        /// false by default.
        public var createdSamples: Bool
        /// The bounds of the server.
        public var limits: Limits

        /// Makes a configuration.
        public init(
            address: ServerAddress = .tcp(host: "127.0.0.1", port: 9464), metricsPath: String = "/metrics",
            authentication: Authentication? = nil, createdSamples: Bool = false, limits: Limits = Limits()
        ) {
            self.address = address
            self.metricsPath = metricsPath
            self.authentication = authentication
            self.createdSamples = createdSamples
            self.limits = limits
        }

        /// Throws for the first value that makes no sense.
        package func validate() throws(ServerError) {
            if case .tcp(_, let port) = address, !(0...65_535).contains(port) {
                throw ServerError(
                    .invalidConfiguration, "port \(port) does not exist: pass 1 to 65535, or 0 for any free one")
            }
            let isPath = metricsPath.utf8.allSatisfy { $0 >= 0x80 || $0.isVisible && !"?#%".utf8.contains($0) }
            guard metricsPath.utf8.first == UInt8(ascii: "/"), metricsPath != "/health", isPath else {
                throw ServerError(
                    .invalidConfiguration,
                    "metricsPath \"\(metricsPath)\" cannot be served: pass a path that starts with a slash, has no query, escapes or blanks, and is not /health"
                )
            }
            switch authentication {
            case .basic(let username, _) where username.contains(":"):
                throw ServerError(
                    .invalidConfiguration, "the user name holds a colon, which basic authentication does not allow")
            case .basic(let username, let password)
            where !(username + password).utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7F }):
                throw ServerError(
                    .invalidConfiguration,
                    "the user name or the password holds a control character: trim what was read from a file")
            case .bearer(let token) where !token.utf8.allSatisfy({ $0.isVisible || $0 >= 0x80 }):
                throw ServerError(
                    .invalidConfiguration,
                    "the bearer token holds a blank or a line end: trim what was read from a file")
            case .bearer(let token) where token.isEmpty:
                throw ServerError(.invalidConfiguration, "the bearer token is empty: pass one, or no authentication")
            default:
                break
            }
            try limits.validate()
        }
    }
}

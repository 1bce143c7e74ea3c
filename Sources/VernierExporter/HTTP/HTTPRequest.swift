/// The version of HTTP that a peer speaks.
public enum HTTPVersion: Sendable, Hashable {
    /// HTTP/1.0: a connection ends with its response unless both sides say otherwise; no chunks.
    case http10
    /// HTTP/1.1 and every later 1.x.
    case http11
}

/// A request's head: everything that a scrape says.
///
/// It knows no socket, so an adapter for another server makes one from its own request and asks a ``MetricsHandler``:
/// ```swift
/// let request = HTTPRequest(method: "GET", target: "/metrics?name[]=up", headers: ["Accept": "text/plain"])
/// ```
public struct HTTPRequest: Sendable, Equatable {
    /// One `name=value` of the query.
    public struct QueryItem: Sendable, Equatable {
        /// The name, decoded.
        public var name: String
        /// The value, decoded; empty when there was no `=`.
        public var value: String

        /// Makes an item.
        public init(name: String, value: String) {
            self.name = name
            self.value = value
        }
    }

    /// The method, in upper case as the standard ones are; methods are case-sensitive (RFC 9110, section 9.1).
    public var method: String
    /// The path, percent-decoded, without the query.
    public var path: String
    /// The query's items in order, decoded: `%xx`, and `+` as a space.
    public var query: [QueryItem]
    /// The header fields.
    public var headers: HTTPHeaders
    /// The version that the peer speaks.
    public var version: HTTPVersion

    /// Makes a request from parts that are decoded already.
    public init(
        method: String = "GET", path: String, query: [QueryItem] = [], headers: HTTPHeaders = HTTPHeaders(),
        version: HTTPVersion = .http11
    ) {
        self.method = method
        self.path = path
        self.query = query
        self.headers = headers
        self.version = version
    }

    /// Makes a request from a request target such as `/metrics?name[]=up`, or returns nil when the target is not valid.
    ///
    /// Takes the origin form, the absolute form (whose authority is ignored) and `*` (RFC 9112, section 3.2).
    public init?(
        method: String = "GET", target: String, headers: HTTPHeaders = HTTPHeaders(), version: HTTPVersion = .http11
    ) {
        guard let parsed = RequestTarget(Array(target.utf8)[...]) else { return nil }
        self.init(method: method, path: parsed.path, query: parsed.query, headers: headers, version: version)
    }

    /// Whether the peer wants to send more on the same connection (RFC 9112, section 9.3).
    public var keepsConnectionOpen: Bool {
        switch version {
        case .http11: !headers.contains(token: "close", in: "Connection")
        case .http10:
            headers.contains(token: "keep-alive", in: "Connection")
                && !headers.contains(token: "close", in: "Connection")
        }
    }

    /// The values of all query items of that name, in order.
    public func queryValues(_ name: String) -> [String] {
        query.filter { $0.name == name }.map(\.value)
    }
}

/// Where a server listens.
public enum ServerAddress: Sendable, Hashable, CustomStringConvertible {
    /// A host and a port.
    ///
    /// The host is an IPv4 or IPv6 literal, `localhost`, which means `127.0.0.1`, or a name to resolve. `0.0.0.0` is every IPv4
    /// interface and `::` every interface. Port 0 lets the system pick a free one.
    case tcp(host: String, port: Int)
    /// A Unix domain socket at a path.
    ///
    /// Who may connect is a matter of the permissions of its directory and of the process's file mode mask.
    case unix(path: String)

    /// `host:port`, or the path.
    public var description: String {
        switch self {
        case .tcp(let host, let port): host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)"
        case .unix(let path): path
        }
    }

    /// How many connections may wait to be accepted; the system may lower it.
    package static let backlog: Int32 = 1024

    /// The host as the system takes it: without the brackets that an IPv6 literal has in a URL.
    ///
    /// Some resolvers know `localhost` as an IPv6 address alone, others not at all (RFC 6761, section 6.3).
    package static func name(ofHost host: String) -> String {
        let literal = host.hasPrefix("[") && host.hasSuffix("]") ? String(host.dropFirst().dropLast()) : host
        return literal == "localhost" ? "127.0.0.1" : literal
    }
}

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
}

/// A server as the labels `server_address` and `server_port`.
///
/// ```swift
/// ServerName(url: "https://API.example.com/users?id=1")        // api.example.com, 443
/// ServerName(host: "::1", port: 8080, scheme: "http")          // ::1, 8080
/// ```
///
/// Hosts have no case (RFC 3986, section 3.2.2). One that is empty or has more than 255 bytes, which no name in the DNS has, is `_OTHER`, and has no port.
public struct ServerName: Sendable, Hashable {
    /// The host: a name, or an address without the brackets that a URL puts around those of IPv6.
    public let address: String
    /// The port, also where it is the scheme's own; `nil` where it is not known.
    public let port: Int?

    /// How many bytes a host has at most.
    static let longestHost = 255

    /// Makes the name of a server.
    ///
    /// - Parameters:
    ///   - host: as it stands in the URL.
    ///   - port: the port, or `nil` for the scheme's own; one that is none is not known.
    ///   - scheme: `http`, `https` or another.
    public init(host: some StringProtocol, port: Int? = nil, scheme: String = "https") {
        let isBracketed = host.hasPrefix("[") && host.hasSuffix("]")
        let name = isBracketed ? host.dropFirst().dropLast() : host[...]
        guard (1...Self.longestHost).contains(name.utf8.count) else {
            (address, self.port) = ("_OTHER", nil)
            return
        }
        address = name.utf8.contains { (0x41...0x5A).contains($0) } ? name.lowercased() : String(name)
        self.port = (port ?? Self.port(of: scheme)).flatMap { UInt16(exactly: $0) }.map { Int($0) }
    }

    /// Reads the server out of a URL; user, password, path and query are no part of it.
    ///
    /// RFC 3986, section 3. A text without a host, or with a port that is none, is `_OTHER`.
    ///
    /// - Complexity: linear in what comes before the path.
    public init(url: String) {
        let bytes = url.utf8
        guard let colon = bytes.firstIndex(of: 0x3A), bytes[colon...].starts(with: "://".utf8) else {
            self.init(host: "")
            return
        }
        let scheme = url[..<colon].lowercased()
        var authority = url[bytes.index(colon, offsetBy: 3)...]
        if let end = authority.utf8.firstIndex(where: { $0 == 0x2F || $0 == 0x3F || $0 == 0x23 }) {
            authority = authority[..<end]
        }
        if let at = authority.utf8.lastIndex(of: 0x40) { authority = authority[authority.utf8.index(after: at)...] }
        // The colons of an IPv6 address stand in brackets.
        let afterAddress = authority.utf8.lastIndex(of: 0x5D) ?? authority.startIndex
        guard let last = authority[afterAddress...].utf8.lastIndex(of: 0x3A) else {
            self.init(host: authority, scheme: scheme)
            return
        }
        let digits = authority[authority.utf8.index(after: last)...]
        guard digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let port = UInt16(digits) else {
            self.init(host: digits.isEmpty ? authority[..<last] : "", scheme: scheme)
            return
        }
        self.init(host: authority[..<last], port: Int(port), scheme: scheme)
    }

    private static func port(of scheme: String) -> Int? {
        switch scheme {
        case "http", "ws": 80
        case "https", "wss": 443
        default: nil
        }
    }
}

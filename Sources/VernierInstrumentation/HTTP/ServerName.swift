/// A server as the label `server_address`: its host, with the port where that is not the scheme's own.
///
/// ```swift
/// ServerName(url: "https://API.example.com/users?id=1").text                 // api.example.com
/// ServerName(host: "::1", port: 8080, scheme: "http").text                   // [::1]:8080
/// ```
///
/// Hosts have no case, and an IPv6 address stands in brackets, as in a URL (RFC 3986, section 3.2.2). One that is empty or has more than 255 bytes, which no name in the DNS has, is `_OTHER`.
public struct ServerName: Sendable, Hashable {
    /// The text that the label shows.
    public let text: String

    /// How many bytes a host has at most.
    static let longestHost = 255

    /// Makes the name of a server.
    ///
    /// - Parameters:
    ///   - host: as it stands in the URL.
    ///   - port: the port, or `nil` for the scheme's own.
    ///   - scheme: `http`, `https` or another.
    public init(host: some StringProtocol, port: Int? = nil, scheme: String = "https") {
        let size = host.utf8.count
        guard size > 0, size <= Self.longestHost else {
            text = "_OTHER"
            return
        }
        let folded = host.utf8.contains { (0x41...0x5A).contains($0) } ? host.lowercased() : String(host)
        let isBareAddress = folded.utf8.first != 0x5B && folded.utf8.count { $0 == 0x3A } > 1
        let name = isBareAddress ? "[\(folded)]" : folded
        guard let port, port != Self.port(of: scheme) else {
            text = name
            return
        }
        text = "\(name):\(port)"
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

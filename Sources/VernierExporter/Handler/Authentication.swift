/// What a scraper must show before it is answered.
///
/// The server speaks plain HTTP: credentials protect against other users of the machine and against mistakes, not against
/// somebody who can read the network. Put a proxy with TLS in front of it when the network is not trusted.
public enum Authentication: Sendable, Hashable {
    /// A user name and a password (RFC 7617); the name holds no colon. Prometheus: `basic_auth`.
    case basic(username: String, password: String)
    /// A bearer token (RFC 6750). Prometheus: `authorization` with `credentials`.
    case bearer(token: String)

    /// The `WWW-Authenticate` header of a refusal.
    public var challenge: String {
        switch self {
        case .basic: "Basic realm=\"metrics\", charset=\"UTF-8\""
        case .bearer: "Bearer realm=\"metrics\""
        }
    }

    /// Whether an `Authorization` header shows the right credentials.
    ///
    /// How long it takes depends on what was sent, not on how much of it is right.
    public func accepts(authorization: String?) -> Bool {
        guard let authorization else { return false }
        let parts = authorization.utf8.split(separator: .space, maxSplits: 1)
        guard parts.count == 2, equalIgnoringCase(parts[0], scheme.utf8) else { return false }
        return isEqualInConstantTime(Array(parts[1].drop(while: \.isBlank)), expected)
    }

    private var scheme: String {
        switch self {
        case .basic: "Basic"
        case .bearer: "Bearer"
        }
    }

    /// The credentials as they stand after the scheme.
    ///
    /// Base64 of given octets is one text, so there is no need to decode.
    private var expected: [UInt8] {
        switch self {
        case .basic(let username, let password): base64(Array("\(username):\(password)".utf8))
        case .bearer(let token): Array(token.utf8)
        }
    }
}

/// Printing shows which way of authentication it is, and neither password nor token.
extension Authentication: CustomStringConvertible, CustomDebugStringConvertible {
    /// The kind and the user name.
    public var description: String {
        switch self {
        case .basic(let username, _): "basic(username: \"\(username)\", password: …)"
        case .bearer: "bearer(token: …)"
        }
    }

    /// The same as ``description``.
    public var debugDescription: String { description }
}

/// Dumping shows nothing either.
extension Authentication: CustomReflectable {
    /// A mirror without children.
    public var customMirror: Mirror { Mirror(self, children: []) }
}

/// Whether two runs of octets are equal, in a time that depends on the length of the first alone.
func isEqualInConstantTime(_ given: [UInt8], _ expected: [UInt8]) -> Bool {
    guard !expected.isEmpty else { return false }
    var difference = given.count ^ expected.count
    for index in given.indices {
        difference |= Int(given[index] ^ expected[index % expected.count])
    }
    return difference == 0
}

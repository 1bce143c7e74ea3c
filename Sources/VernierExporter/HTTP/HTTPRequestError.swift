/// Why a request cannot be served; each case answers with its own status, after which the connection ends.
public enum HTTPRequestError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The octets are no HTTP/1.x request, or one that peers could read in two ways; the text says what is wrong. Status 400.
    case malformed(String)
    /// The peer took too long to send its request. Status 408.
    case timedOut
    /// The announced body is larger than the limit. Status 413.
    case bodyTooLarge
    /// The request line is longer than the limit. Status 414.
    case requestLineTooLong
    /// The peer waits for `100 Continue`, or for something else that is not offered. Status 417.
    case expectationFailed
    /// The header fields are more or longer than the limits. Status 431.
    case headersTooLarge
    /// The method is not one that HTTP defines. Status 501.
    case unknownMethod
    /// The request has a transfer coding: bodies have no use here. Status 501.
    case transferCodingNotSupported
    /// The version is not HTTP/1.x. Status 505.
    case versionNotSupported

    /// The status to answer with.
    public var status: HTTPStatus {
        switch self {
        case .malformed: .badRequest
        case .timedOut: .requestTimeout
        case .bodyTooLarge: .contentTooLarge
        case .requestLineTooLong: .uriTooLong
        case .expectationFailed: .expectationFailed
        case .headersTooLarge: .requestHeaderFieldsTooLarge
        case .unknownMethod, .transferCodingNotSupported: .notImplemented
        case .versionNotSupported: .httpVersionNotSupported
        }
    }

    /// One sentence for the person who reads the answer.
    public var description: String {
        switch self {
        case .malformed(let reason): "The request is not valid HTTP: \(reason)."
        case .timedOut: "The request did not arrive in time."
        case .bodyTooLarge: "The request has a body that is too large; this server takes GET and HEAD."
        case .requestLineTooLong: "The request line is too long."
        case .expectationFailed: "This server does not answer Expect; send the request without it."
        case .headersTooLarge: "The header fields are too many or too long."
        case .unknownMethod: "The method is not known; this server takes GET and HEAD."
        case .transferCodingNotSupported: "This server takes no transfer coding in a request."
        case .versionNotSupported: "This server speaks HTTP/1.0 and HTTP/1.1."
        }
    }
}

/// A status code with its reason phrase (RFC 9110, section 15).
public struct HTTPStatus: Sendable, Hashable {
    /// The three-digit code.
    public let code: Int
    /// The phrase that follows it on the status line.
    public let reason: String

    /// Makes a status, for example `HTTPStatus(code: 418, reason: "I'm a teapot")`.
    public init(code: Int, reason: String) {
        self.code = code
        self.reason = reason
    }

    /// 200.
    public static let ok = HTTPStatus(code: 200, reason: "OK")
    /// 204.
    public static let noContent = HTTPStatus(code: 204, reason: "No Content")
    /// 304.
    public static let notModified = HTTPStatus(code: 304, reason: "Not Modified")
    /// 400.
    public static let badRequest = HTTPStatus(code: 400, reason: "Bad Request")
    /// 401.
    public static let unauthorized = HTTPStatus(code: 401, reason: "Unauthorized")
    /// 404.
    public static let notFound = HTTPStatus(code: 404, reason: "Not Found")
    /// 405.
    public static let methodNotAllowed = HTTPStatus(code: 405, reason: "Method Not Allowed")
    /// 408.
    public static let requestTimeout = HTTPStatus(code: 408, reason: "Request Timeout")
    /// 413.
    public static let contentTooLarge = HTTPStatus(code: 413, reason: "Content Too Large")
    /// 414.
    public static let uriTooLong = HTTPStatus(code: 414, reason: "URI Too Long")
    /// 417.
    public static let expectationFailed = HTTPStatus(code: 417, reason: "Expectation Failed")
    /// 431.
    public static let requestHeaderFieldsTooLarge = HTTPStatus(code: 431, reason: "Request Header Fields Too Large")
    /// 500.
    public static let internalServerError = HTTPStatus(code: 500, reason: "Internal Server Error")
    /// 501.
    public static let notImplemented = HTTPStatus(code: 501, reason: "Not Implemented")
    /// 503.
    public static let serviceUnavailable = HTTPStatus(code: 503, reason: "Service Unavailable")
    /// 505.
    public static let httpVersionNotSupported = HTTPStatus(code: 505, reason: "HTTP Version Not Supported")
}

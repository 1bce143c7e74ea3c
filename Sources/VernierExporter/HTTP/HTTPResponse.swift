/// What answers a request: a status, header fields and a body.
///
/// The encoder adds the fields that frame the body (`Content-Length`, `Transfer-Encoding`, `Connection`); a response names none
/// of them.
public struct HTTPResponse: Sendable {
    /// A body.
    public enum Body: Sendable {
        /// Octets that are there already.
        case bytes([UInt8])
        /// A body of unknown length that is made while it is sent.
        ///
        /// The closure hands over piece after piece, each valid only during the call. The function that it is given throws when
        /// the peer has gone or is too slow; let that error pass. An error of its own becomes a response with status 500 when
        /// nothing has left yet, and else ends the connection, so that the peer sees that the body is not complete.
        case stream(@Sendable (_ write: (RawSpan) throws -> Void) throws -> Void)
    }

    /// The status.
    public var status: HTTPStatus
    /// The header fields.
    public var headers: HTTPHeaders
    /// The body.
    public var body: Body
    /// Called by the server when it is done with the response, with whether all of it was handed to the system.
    ///
    /// It is called on the server's thread, before the connection takes another request, and should return at once.
    package var whenSent: (@Sendable (_ isComplete: Bool) -> Void)?

    /// Makes a response.
    public init(status: HTTPStatus, headers: HTTPHeaders = HTTPHeaders(), body: Body = .bytes([])) {
        self.status = status
        self.headers = headers
        self.body = body
    }

    /// Makes a response with a plain text body, in UTF-8.
    public static func text(_ status: HTTPStatus, _ text: String, headers: HTTPHeaders = HTTPHeaders()) -> HTTPResponse
    {
        var headers = headers
        headers.add(name: "Content-Type", value: "text/plain; charset=utf-8")
        return HTTPResponse(status: status, headers: headers, body: .bytes(Array(text.utf8)))
    }

    /// Makes the response to a request that cannot be served.
    public init(refusing error: HTTPRequestError) {
        self = .text(error.status, error.description + "\n")
    }
}

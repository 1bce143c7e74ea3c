/// Why a request failed, as the label `error_type`: a short text of which a program has few.
///
/// ```swift
/// do { try await answer(request) } catch { exchange.end(route: route, status: 500, error: RequestError(error), requestBytes: nil, responseBytes: nil) }
/// ```
///
/// OpenTelemetry semantic conventions, "HTTP", `error.type`: the name of an exception's type, the status, or a word for what happened.
public struct RequestError: Sendable, Hashable {
    /// The text that the label shows.
    public let text: String

    /// The task that worked on it was cancelled: `cancelled`.
    public static let cancelled = RequestError(text: "cancelled")
    /// It took too long: `timeout`.
    public static let timeout = RequestError(text: "timeout")
    /// The peer went away, or the connection to it failed: `connection_closed`.
    public static let connectionClosed = RequestError(text: "connection_closed")
    /// Something else, or a text that is no label for this: `_OTHER`.
    public static let other = RequestError(text: "_OTHER")

    /// Names an error by its class, or `cancelled` for a `CancellationError` and for what a cancelled task throws.
    ///
    /// The class is that of ``ErrorType``, as in all sets: what a ``TypedError`` says, `timeout`, or the name of the type. The message of an error is
    /// no part of it, as it may say anything.
    ///
    /// - Complexity: allocates.
    public init(_ error: any Error) {
        self = Task.isCancelled ? .cancelled : RequestError(ErrorType(error))
    }

    /// Takes a class of errors, for a server or a client that names its failures itself.
    public init(_ type: ErrorType) { text = type.name }

    /// Names the status of a response that is a failure without an error: its digits, for `500`.
    ///
    /// Servers fail with 500 and above, clients with 400 and above. A status outside of 100 to 599 is `_OTHER`.
    public init(status: Int) {
        self = ResponseStatus.isKnown(status) ? RequestError(text: String(status)) : .other
    }

    /// Takes a word of the caller's own, of which there must be few.
    package init(text: String) { self.text = text }
}

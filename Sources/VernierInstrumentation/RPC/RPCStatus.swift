public import Vernier

/// How a remote procedure call ended, as the label `rpc_response_status_code`: one of the codes of gRPC, by its name.
///
/// ```swift
/// RPCStatus(code: 5)       // .notFound, shown as `NOT_FOUND`
/// ```
///
/// Status codes and their use in gRPC: <https://grpc.io/docs/guides/status-codes/>.
public enum RPCStatus: String, FiniteLabel {
    /// It succeeded.
    case ok = "OK"
    /// It was cancelled, mostly by the caller.
    case cancelled = "CANCELLED"
    /// An error of another kind.
    case unknown = "UNKNOWN"
    /// The caller sent something that is never allowed.
    case invalidArgument = "INVALID_ARGUMENT"
    /// It took longer than the caller wanted to wait.
    case deadlineExceeded = "DEADLINE_EXCEEDED"
    /// What was asked for is not there.
    case notFound = "NOT_FOUND"
    /// What was to be made is there already.
    case alreadyExists = "ALREADY_EXISTS"
    /// The caller may not do this.
    case permissionDenied = "PERMISSION_DENIED"
    /// Something has run out, such as a quota.
    case resourceExhausted = "RESOURCE_EXHAUSTED"
    /// The system is not in the state that this needs.
    case failedPrecondition = "FAILED_PRECONDITION"
    /// It was broken off, mostly as others changed the same.
    case aborted = "ABORTED"
    /// It went past the end of what there is.
    case outOfRange = "OUT_OF_RANGE"
    /// The server has no such method.
    case unimplemented = "UNIMPLEMENTED"
    /// Something that must not be was found.
    case internalError = "INTERNAL"
    /// The service cannot be reached now.
    case unavailable = "UNAVAILABLE"
    /// Data was lost for good.
    case dataLoss = "DATA_LOSS"
    /// The caller has no valid credentials.
    case unauthenticated = "UNAUTHENTICATED"

    /// Makes the status of a number from 0 to 16; any other is `UNKNOWN`, as gRPC has it.
    public init(code: Int) {
        let codes = Self.allCases
        self = codes.indices.contains(code) ? codes[code] : .unknown
    }

    /// Whether a server counts it as an error of its own: what the caller did wrong, or wanted, is none.
    ///
    /// OpenTelemetry semantic conventions, "gRPC": these six fail a server's span; any but `OK` fails a client's.
    var isErrorOfServer: Bool {
        switch self {
        case .unknown, .deadlineExceeded, .unimplemented, .internalError, .unavailable, .dataLoss: true
        default: false
        }
    }
}

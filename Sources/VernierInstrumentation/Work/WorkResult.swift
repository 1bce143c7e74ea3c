/// How a piece of work ended, with the class of the error.
public enum WorkResult: Sendable, Hashable {
    /// It did what it should.
    case success
    /// It failed.
    case failure(ErrorType)
    /// It took longer than it may.
    case timeout
    /// It was given up by who asked for it.
    case cancelled

    /// The result of work that threw: `CancellationError`, or any error in a cancelled task, is ``cancelled``.
    ///
    /// An error whose class is ``ErrorType/timeout`` is ``timeout``.
    public init(thrown error: any Error) {
        if error is CancellationError || Task.isCancelled {
            self = .cancelled
            return
        }
        self =
            switch ErrorType(error) {
            case .cancelled: .cancelled
            case .timeout: .timeout
            case let type: .failure(type)
            }
    }

    /// The class of the error; `nil` for a success.
    public var errorType: ErrorType? {
        switch self {
        case .success: nil
        case .failure(let type): type
        case .timeout: .timeout
        case .cancelled: .cancelled
        }
    }
}

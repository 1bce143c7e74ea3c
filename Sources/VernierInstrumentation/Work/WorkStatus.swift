public import Vernier

/// How a piece of work ended, as a label with a few values.
public enum WorkStatus: String, FiniteLabel {
    /// It did what it should.
    case success
    /// It failed.
    case error
    /// It took longer than it may.
    case timeout
    /// It was given up by who asked for it.
    case cancelled

    /// The status of a result, without the class of the error.
    public init(_ result: WorkResult) {
        self =
            switch result {
            case .success: .success
            case .failure: .error
            case .timeout: .timeout
            case .cancelled: .cancelled
            }
    }
}

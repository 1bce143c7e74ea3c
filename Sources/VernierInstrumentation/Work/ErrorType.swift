public import Vernier

/// The class of an error, as the label `error_type` shows it: the name of a type, `timeout`, a status code.
///
/// ```swift
/// hooks.fail("pre_tool_use", as: "exit_status")
/// ```
///
/// It is a class and no message, so that there are few (OpenTelemetry, attribute `error.type`). What is longer than 64 bytes is cut.
public struct ErrorType: LabelValue, Hashable, ExpressibleByStringLiteral {
    /// The class in one word.
    public let name: String

    /// It took longer than it may.
    public static let timeout: ErrorType = "timeout"
    /// It was given up by who asked for it.
    public static let cancelled: ErrorType = "cancelled"
    /// Nothing more is known of it, as OpenTelemetry says that.
    public static let other: ErrorType = "_OTHER"

    /// How many bytes of a name are kept.
    static let longest = 64

    /// Takes the name of a class; an empty one becomes ``other``.
    public init(_ name: String) {
        if name.isEmpty {
            self.name = "_OTHER"
        } else {
            self.name = name.utf8.count <= Self.longest ? name : name.prefix(upToBytes: Self.longest)
        }
    }

    /// Takes the name of a class.
    public init(stringLiteral name: String) { self.init(name) }

    /// The class of an error: what it says itself if it is a ``TypedError``, otherwise the name of its type.
    ///
    /// `CancellationError` is ``cancelled``, and a type with `Timeout`, `TimedOut` or `DeadlineExceeded` in its name ``timeout``.
    ///
    /// - Complexity: allocates.
    public init(_ error: any Error) {
        if let typed = error as? any TypedError {
            self = typed.errorType
        } else if error is CancellationError {
            self = .cancelled
        } else {
            let name = String(describing: type(of: error))
            let folded = name.lowercased()
            self = Self.timeoutWords.contains { folded.contains($0) } ? .timeout : ErrorType(name)
        }
    }

    private static let timeoutWords = ["timeout", "timedout", "deadlineexceeded"]

    /// The name.
    @inlinable
    public var labelText: String { name }
    /// The key of the name.
    @inlinable
    public var labelKey: LabelKey { LabelKey(name) }
}

/// An error that says which class it is of, where its type alone does not tell: an enum with a case `timeout`.
///
/// ```swift
/// extension HookError: TypedError {
///     var errorType: ErrorType {
///         switch self {
///         case .timeout: .timeout
///         case .exit: "exit_status"
///         }
///     }
/// }
/// ```
public protocol TypedError: Error {
    /// The class; there should be few.
    var errorType: ErrorType { get }
}

extension String {
    /// The longest beginning of whole Unicode scalars that has so many bytes at most; a character may be longer than any limit.
    package func prefix(upToBytes limit: Int) -> String {
        var count = 0
        let end = unicodeScalars.indices.first { index in
            count += UTF8.width(unicodeScalars[index])
            return count > limit
        }
        return String(unicodeScalars[..<(end ?? endIndex)])
    }
}

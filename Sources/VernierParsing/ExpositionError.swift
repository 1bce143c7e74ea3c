import Vernier

/// Where and why a page of metrics was refused.
///
/// What was found is quoted with its control and invisible characters escaped and cut after 60 characters, so that the text may go
/// to a log or a terminal whoever wrote the page.
public struct ExpositionError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The line, from 1; the last line for what a page lacks at its end.
    public let line: Int
    /// The byte of the line, from 1, at which what was found begins.
    public let column: Int
    /// What stands there, ready to be shown.
    public let found: String
    /// What would have been accepted.
    public let expected: String

    /// Makes an error.
    ///
    /// - Parameters:
    ///   - line: the line, from 1.
    ///   - column: the byte of the line, from 1.
    ///   - found: what stands there, with quotes around what is from the page.
    ///   - expected: what would have been accepted.
    public init(line: Int, column: Int, found: String, expected: String) {
        self.line = line
        self.column = column
        self.found = found
        self.expected = expected
    }

    /// The error as one line of text.
    public var description: String {
        "line \(line), column \(column): found \(found), expected \(expected)"
    }
}

/// Text from a page as it may stand in an error.
func quoted(_ bytes: [UInt8]) -> String {
    // A character has at most four bytes: whatever `quoted` shows is in these.
    MetricName.quoted(String(decoding: bytes.prefix(61 * 4), as: UTF8.self))
}

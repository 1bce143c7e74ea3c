/// Why a server could not start: what failed, and what to do about it.
public struct ServerError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The kinds of failure.
    public enum Code: Sendable, Hashable {
        /// Another server answers there.
        case addressInUse
        /// The host has no such address, or the name does not resolve.
        case addressNotAvailable
        /// The system does not allow it: a port below 1024, or a directory that cannot be written.
        case permissionDenied
        /// A value of the configuration makes no sense.
        case invalidConfiguration
        /// The path of the Unix socket is empty or longer than the system takes.
        case invalidPath
        /// At the path of the Unix socket there is a file of another kind.
        case notASocket
        /// Descriptors, threads or memory have run out.
        case outOfResources
        /// Another error of the system.
        case system
    }

    /// The kind of failure.
    public let code: Code
    /// What failed and what to do, in one sentence.
    public let description: String

    package init(_ code: Code, _ description: String) {
        self.code = code
        self.description = description
    }
}

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// What the program says beside its answers.
enum Output {
    /// Writes a line to standard error.
    static func complain(_ message: String) {
        let line = Array("host-hummingbird: \(message)\n".utf8)
        // SAFETY: the pointer and the count are the array's own, alive for the call.
        _ = unsafe line.withUnsafeBytes { unsafe write(STDERR_FILENO, $0.baseAddress, $0.count) }
    }

    /// Hands on what was printed.
    static func flush() {
        _ = fflush(nil)
    }

    /// Ends the program as failed.
    static func fail() {
        exit(1)
    }
}

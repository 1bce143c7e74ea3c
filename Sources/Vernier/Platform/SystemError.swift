#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// A system call that failed.
package struct SystemError: Error, Equatable, CustomStringConvertible {
    /// The value of `errno`.
    package let code: Int32

    /// The error of the call that failed last on this thread.
    package static var last: SystemError { SystemError(code: errno) }

    /// Takes a value of `errno`.
    package init(code: Int32) {
        self.code = code
    }

    package var description: String {
        // SAFETY: the pointer is to a terminated text that is copied before any other call on this thread.
        unsafe String(cString: strerror(code))
    }
}

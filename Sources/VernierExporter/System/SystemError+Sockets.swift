#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif
import Vernier

extension SystemError {
    /// Whether the process or the machine has run out of descriptors.
    var isOutOfDescriptors: Bool { code == EMFILE || code == ENFILE }

    /// Whether there was nothing to do.
    var isWouldBlock: Bool { code == EAGAIN || code == EWOULDBLOCK }

    /// Whether an accept failed because of the one connection that it would have returned (accept(2), "Error handling").
    var isOfOneConnection: Bool {
        [EINTR, ECONNABORTED, EPROTO, EPERM, ENETDOWN, ENOPROTOOPT, EHOSTDOWN, EHOSTUNREACH, EOPNOTSUPP, ENETUNREACH]
            .contains(code)
    }
}

import Foundation

/// Something that must accept connections at a port, checked by connecting to it.
struct Service: Sendable {
    let name: String
    private let address: sockaddr_in

    /// Takes `host:port`, where the host is an address of IPv4 or `localhost`; nil for anything else.
    init?(_ name: String, at place: String) {
        let parts = place.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2, let port = UInt16(parts[1]), port > 0 else { return nil }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        let host = parts[0] == "localhost" ? "127.0.0.1" : String(parts[0])
        // SAFETY: the host is lent as a C string, and the call fills in the address.
        guard unsafe inet_pton(AF_INET, host, &address.sin_addr) == 1 else { return nil }
        self.name = name
        self.address = address
    }

    /// Whether a connection is accepted within a time; the check blocks for so long at most.
    func isUp(within milliseconds: Int32) -> Bool {
        let file = socket(
            AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_NONBLOCK.rawValue | SOCK_CLOEXEC.rawValue), 0)
        guard file >= 0 else { return false }
        defer { close(file) }
        // SAFETY: the address is lent for the call, with its size, as the kind of address that it says it is.
        let result = unsafe withUnsafePointer(to: address) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                unsafe connect(file, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        if result == 0 { return true }
        guard errno == EINPROGRESS else { return false }
        var waiting = pollfd(fd: file, events: Int16(POLLOUT), revents: 0)
        // SAFETY: one entry is lent, and one is said.
        guard unsafe poll(&waiting, 1, milliseconds) == 1 else { return false }
        var error: Int32 = 0
        var size = socklen_t(MemoryLayout<Int32>.size)
        // SAFETY: the call fills in an integer whose size it is told.
        return unsafe getsockopt(file, SOL_SOCKET, SO_ERROR, &error, &size) == 0 && error == 0
    }
}

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

    /// Which of some services accept a connection within a time.
    ///
    /// All are asked at once, and the call blocks for that time at most.
    static func areUp(_ services: [Service], within time: Duration) -> [Bool] {
        let files = services.map { $0.connecting() }
        defer { for file in files where file >= 0 { close(file) } }
        let deadline = ContinuousClock.now + time
        var isUp = [Bool](repeating: false, count: services.count)
        // Those with a file below 0 are passed over.
        var waiting = files.map { pollfd(fd: $0, events: Int16(POLLOUT), revents: 0) }
        while waiting.contains(where: { $0.fd >= 0 }) {
            let left = (deadline - .now) / .milliseconds(1)
            // SAFETY: the array is lent with its count.
            guard left > 0, unsafe poll(&waiting, nfds_t(waiting.count), Int32(left.rounded(.up))) > 0 else { break }
            for place in waiting.indices where waiting[place].fd >= 0 && waiting[place].revents != 0 {
                var error: Int32 = 0
                var size = socklen_t(MemoryLayout<Int32>.size)
                // SAFETY: the call fills in an integer whose size it is told.
                let result = unsafe getsockopt(waiting[place].fd, SOL_SOCKET, SO_ERROR, &error, &size)
                isUp[place] = result == 0 && error == 0
                waiting[place].fd = -1
            }
        }
        return isUp
    }

    /// A socket that begins to connect, or one below 0 when it cannot even begin.
    private func connecting() -> Int32 {
        let file = socket(
            AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_NONBLOCK.rawValue | SOCK_CLOEXEC.rawValue), 0)
        guard file >= 0 else { return -1 }
        // SAFETY: the address is lent for the call, with its size, as the kind of address that it says it is.
        let result = unsafe withUnsafePointer(to: address) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                unsafe connect(file, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        if result == 0 || errno == EINPROGRESS { return file }
        close(file)
        return -1
    }
}

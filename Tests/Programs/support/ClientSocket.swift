#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// A blocking TCP connection to a port of this machine; closed when it goes away.
package struct ClientSocket: ~Copyable {
    private let descriptor: Int32

    /// Connects; `nil` when nobody answers.
    ///
    /// - Parameter timeout: how long a later send or receive waits at most.
    package init?(port: Int, timeout: Duration = .seconds(60)) {
        #if canImport(Glibc)
            let stream = Int32(SOCK_STREAM.rawValue)
        #else
            let stream = SOCK_STREAM
        #endif
        descriptor = socket(AF_INET, stream, 0)
        guard descriptor >= 0 else { return nil }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(truncatingIfNeeded: port).bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var time = timeval()
        time.tv_sec = time_t(timeout.components.seconds)
        time.tv_usec = suseconds_t(timeout.components.attoseconds / 1_000_000_000_000)
        // SAFETY: locals of the types and sizes that the calls are told; an IPv4 address may be passed as a general one.
        unsafe setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &time, socklen_t(MemoryLayout<timeval>.size))
        unsafe setsockopt(descriptor, SOL_SOCKET, SO_SNDTIMEO, &time, socklen_t(MemoryLayout<timeval>.size))
        #if canImport(Darwin)
            var on: Int32 = 1
            unsafe setsockopt(descriptor, SOL_SOCKET, SO_NOSIGPIPE, &on, socklen_t(MemoryLayout<Int32>.size))
        #endif
        let status = unsafe withUnsafePointer(to: &address) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                unsafe connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard status == 0 else { return nil }
    }

    deinit {
        if descriptor >= 0 { close(descriptor) }
    }

    /// Sends bytes; returns whether all went.
    package borrowing func send(_ bytes: [UInt8]) -> Bool {
        #if canImport(Darwin)
            let flags: Int32 = 0
            let system = unsafe Darwin.send
        #elseif canImport(Glibc)
            let flags = Int32(MSG_NOSIGNAL)
            let system = unsafe Glibc.send
        #else
            let flags = Int32(MSG_NOSIGNAL)
            let system = unsafe Musl.send
        #endif
        var rest = bytes[...]
        while !rest.isEmpty {
            // SAFETY: the pointer covers the slice during the call, with its count.
            let count = unsafe rest.withUnsafeBytes { unsafe system(descriptor, $0.baseAddress, $0.count, flags) }
            if count < 0 && errno == EINTR { continue }
            guard count > 0 else { return false }
            rest = rest.dropFirst(count)
        }
        return true
    }

    /// Receives into a buffer; returns how many bytes came, 0 at the end or when the connection failed or was too slow.
    package borrowing func receive(into buffer: inout [UInt8]) -> Int {
        while true {
            // SAFETY: the array is lent to the call, which writes at most as many bytes as it has.
            let count = unsafe recv(descriptor, &buffer, buffer.count, 0)
            if count < 0 && errno == EINTR { continue }
            return max(count, 0)
        }
    }
}

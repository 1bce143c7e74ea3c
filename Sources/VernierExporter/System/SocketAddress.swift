#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif
import Vernier

/// An address as the system takes it.
struct SocketAddress {
    private var storage = sockaddr_storage()
    private var length = socklen_t(MemoryLayout<sockaddr_storage>.size)

    private init() {}

    /// The address family.
    var family: Int32 { Int32(storage.ss_family) }

    /// The port of an IPv4 or IPv6 address.
    var port: Int {
        // SAFETY: a read of a local copy within its size. Both families have the port in octets 2 and 3, in network order.
        unsafe withUnsafeBytes(of: storage) { unsafe Int($0[2]) << 8 | Int($0[3]) }
    }

    /// The addresses that a host's name or literal stands for, in the resolver's order.
    static func resolve(host: String, port: Int) throws(SystemError) -> [SocketAddress] {
        var hints = unsafe addrinfo()
        unsafe hints.ai_flags = Int32(AI_PASSIVE) | Int32(AI_NUMERICSERV)
        unsafe hints.ai_socktype = Socket.streamType
        // SAFETY: `list` is filled when the call succeeds, walked while it lives, and freed once.
        var list: UnsafeMutablePointer<addrinfo>?
        guard unsafe getaddrinfo(host, String(port), &hints, &list) == 0 else { throw SystemError(code: EADDRNOTAVAIL) }
        defer { unsafe freeaddrinfo(list) }
        var addresses: [SocketAddress] = []
        var next = unsafe list
        while let entry = unsafe next {
            if let source = unsafe entry.pointee.ai_addr {
                addresses.append(unsafe SocketAddress(copying: source, length: entry.pointee.ai_addrlen))
            }
            unsafe next = entry.pointee.ai_next
        }
        return addresses
    }

    private init(copying source: UnsafePointer<sockaddr>, length: socklen_t) {
        let count = min(Int(length), MemoryLayout<sockaddr_storage>.size)
        // SAFETY: the caller's pointer covers `length` octets; no more than both sides have are copied.
        unsafe withUnsafeMutableBytes(of: &storage) {
            unsafe $0.copyMemory(from: UnsafeRawBufferPointer(start: source, count: count))
        }
        self.length = socklen_t(count)
    }

    /// The longest path of a socket file in bytes: the system's field, less the octet that ends it.
    static var longestPath: Int { MemoryLayout.size(ofValue: sockaddr_un().sun_path) - 1 }

    /// The address of a socket file, or nil when the path is empty, too long or holds a zero octet.
    static func unix(path: String) -> SocketAddress? {
        let octets = Array(path.utf8)
        guard !octets.isEmpty, octets.count <= longestPath, !octets.contains(0) else { return nil }
        var local = sockaddr_un()
        local.sun_family = sa_family_t(AF_UNIX)
        // SAFETY: the octets fit, as was checked, and the field's last octet stays zero.
        unsafe withUnsafeMutableBytes(of: &local.sun_path) { unsafe $0.copyBytes(from: octets) }
        // SAFETY: a `sockaddr_un` is read as the `sockaddr` that it begins with, for as long as the closure runs.
        return unsafe withUnsafePointer(to: local) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                unsafe SocketAddress(copying: address, length: socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
    }

    /// Gives a socket this address.
    func bind(_ socket: Socket) throws(SystemError) {
        let descriptor = socket.descriptor
        // SAFETY: the pointer covers `length` initialised octets during the call.
        guard unsafe withPointer({ unsafe systemBind(descriptor, $0, $1) }) == 0 else { throw .last }
    }

    /// Connects a socket to this address.
    func connect(_ socket: Socket) throws(SystemError) {
        let descriptor = socket.descriptor
        // SAFETY: the pointer covers `length` initialised octets during the call.
        guard unsafe withPointer({ unsafe systemConnect(descriptor, $0, $1) }) == 0 else { throw .last }
    }

    /// The address that a socket has been given.
    static func bound(to socket: Socket) throws(SystemError) -> SocketAddress {
        var address = SocketAddress()
        // SAFETY: the storage has room for every address, and its size is passed with it.
        let status = unsafe withUnsafeMutablePointer(to: &address.storage) { storage in
            unsafe storage.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                unsafe getsockname(socket.descriptor, $0, &address.length)
            }
        }
        guard status == 0 else { throw .last }
        return address
    }

    private func withPointer(_ body: (UnsafePointer<sockaddr>, socklen_t) -> Int32) -> Int32 {
        // SAFETY: storage for any address is laid out to be read as a `sockaddr`, during the call only.
        unsafe withUnsafePointer(to: storage) { storage in
            unsafe storage.withMemoryRebound(to: sockaddr.self, capacity: 1) { unsafe body($0, length) }
        }
    }
}

/// The system's `bind`, which a method of the same name hides.
private func systemBind(_ descriptor: Int32, _ address: UnsafePointer<sockaddr>, _ length: socklen_t) -> Int32 {
    // SAFETY: the caller vouches for the pointer and its length.
    unsafe bind(descriptor, address, length)
}

/// The system's `connect`, which a method of the same name hides.
private func systemConnect(_ descriptor: Int32, _ address: UnsafePointer<sockaddr>, _ length: socklen_t) -> Int32 {
    // SAFETY: the caller vouches for the pointer and its length.
    unsafe connect(descriptor, address, length)
}

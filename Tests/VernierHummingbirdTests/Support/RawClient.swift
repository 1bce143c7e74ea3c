#if Hummingbird
    import Dispatch
    #if canImport(Glibc)
        import Glibc
    #elseif canImport(Musl)
        import Musl
    #else
        import Darwin
    #endif

    /// A connection whose octets are written and read by hand, and which goes away when it is told to.
    final class RawClient {
        struct Failure: Error {}

        private let descriptor: Int32

        init(port: Int) throws {
            #if canImport(Glibc)
                descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
            #else
                descriptor = socket(AF_INET, SOCK_STREAM, 0)
            #endif
            var address = sockaddr_in()
            address.sin_family = sa_family_t(AF_INET)
            address.sin_port = in_port_t(port).bigEndian
            address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
            // SAFETY: the address is a local of the size that is said, alive for the call.
            let status = unsafe withUnsafePointer(to: &address) { pointer in
                unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer in
                    unsafe connect(descriptor, pointer, socklen_t(MemoryLayout<sockaddr_in>.size))
                }
            }
            guard status == 0 else { throw Failure() }
        }

        deinit { close() }

        private var isOpen = true

        func close() {
            guard isOpen else { return }
            isOpen = false
            #if canImport(Glibc)
                _ = Glibc.close(descriptor)
            #elseif canImport(Musl)
                _ = Musl.close(descriptor)
            #else
                _ = Darwin.close(descriptor)
            #endif
        }

        func send(_ text: String) throws {
            let octets = Array(text.utf8)
            // SAFETY: the pointer covers the array's octets during the call, with their count.
            let sent = unsafe octets.withUnsafeBytes { unsafe write(descriptor, $0.baseAddress, $0.count) }
            guard sent == octets.count else { throw Failure() }
        }

        /// Reads until a text has come, or the end, on a thread of its own: those that run tasks are the server's.
        func read(until end: String) async -> String {
            let descriptor = descriptor
            return await withCheckedContinuation { continuation in
                DispatchQueue.global().async { continuation.resume(returning: Self.read(descriptor, until: end)) }
            }
        }

        private static func read(_ descriptor: Int32, until end: String) -> String {
            var text = ""
            var buffer = [UInt8](repeating: 0, count: 65_536)
            while !text.contains(end) {
                // SAFETY: the array is lent to the call, which writes at most as many octets as it has.
                let count = unsafe buffer.withUnsafeMutableBytes {
                    unsafe recv(descriptor, $0.baseAddress, $0.count, 0)
                }
                guard count > 0 else { return text }
                text += String(decoding: buffer[..<count], as: UTF8.self)
            }
            return text
        }
    }
#endif

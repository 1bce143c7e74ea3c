#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif
import Vernier

/// What came of moving octets over a socket.
enum Transfer: Equatable {
    /// That many were moved; at least one.
    case moved(Int)
    /// None could be moved now.
    case wouldBlock
    /// The peer will send no more.
    case ended
    /// The connection is broken.
    case failed
}

/// A descriptor with an owner: it closes with the last reference.
final class Socket: Sendable {
    /// The descriptor's number, valid as long as the object lives.
    let descriptor: Int32

    /// Takes over a descriptor.
    init(owning descriptor: Int32) {
        self.descriptor = descriptor
    }

    deinit {
        _ = close(descriptor)
    }

    /// The system's number for streams.
    static var streamType: Int32 {
        #if canImport(Glibc)
            Int32(SOCK_STREAM.rawValue)
        #else
            SOCK_STREAM
        #endif
    }

    /// Makes a stream socket of an address family, closed when another program is started.
    static func stream(family: Int32) throws(SystemError) -> Socket {
        #if canImport(Glibc)
            // In one call: a child that the host starts meanwhile must not inherit the listener.
            let descriptor = socket(family, streamType | Int32(SOCK_CLOEXEC.rawValue), 0)
        #else
            let descriptor = socket(family, streamType, 0)
        #endif
        guard descriptor >= 0 else { throw .last }
        let socket = Socket(owning: descriptor)
        socket.closeOnExecute()
        return socket
    }

    /// Takes the next connection of a listening socket.
    ///
    /// A socket that blocks would be waited for, so a listening socket is one that does not.
    func accept() throws(SystemError) -> Socket {
        let accepted = systemAccept(descriptor)
        guard accepted >= 0 else { throw .last }
        let socket = Socket(owning: accepted)
        socket.closeOnExecute()
        #if canImport(Darwin)
            // Darwin hands the listening socket's flag down, and knows no flag of `send` against the signal.
            socket.setBlocking(true)
            socket.set(SOL_SOCKET, SO_NOSIGPIPE, 1)
        #endif
        return socket
    }

    /// Makes a pipe, as its end to read from and its end to write to; neither call waits.
    static func pipe() throws(SystemError) -> (readEnd: Socket, writeEnd: Socket) {
        var ends: [Int32] = [-1, -1]
        // SAFETY: the array has the two elements that the call fills.
        guard unsafe systemPipe(&ends) == 0 else { throw .last }
        let (readEnd, writeEnd) = (Socket(owning: ends[0]), Socket(owning: ends[1]))
        for end in [readEnd, writeEnd] {
            end.closeOnExecute()
            end.setBlocking(false)
        }
        return (readEnd, writeEnd)
    }

    /// Whether calls without a wish of their own wait.
    func setBlocking(_ blocking: Bool) {
        let flags = fcntl(descriptor, F_GETFL, 0)
        _ = fcntl(descriptor, F_SETFL, blocking ? flags & ~O_NONBLOCK : flags | O_NONBLOCK)
    }

    /// Keeps the descriptor from programs that the host starts.
    private func closeOnExecute() {
        _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
    }

    /// Sets an option; one that the socket does not know is of no consequence.
    func set(_ level: Int32, _ option: Int32, _ value: Int32) {
        // SAFETY: the pointer is to a local of the size that is passed.
        _ = unsafe withUnsafePointer(to: value) { value in
            unsafe setsockopt(descriptor, level, option, value, socklen_t(MemoryLayout<Int32>.size))
        }
    }

    /// Lets small responses leave at once.
    func setNoDelay() {
        set(Int32(IPPROTO_TCP), TCP_NODELAY, 1)
    }

    /// How long ``receive(into:waiting:)`` waits when it is asked to.
    func setReceiveTimeout(microseconds: Int) {
        var time = timeval()
        time.tv_usec = .init(microseconds)
        // SAFETY: the pointer is to a local of the size that is passed.
        _ = unsafe withUnsafePointer(to: time) { time in
            unsafe setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, time, socklen_t(MemoryLayout<timeval>.size))
        }
    }

    /// Reads into the start of a buffer, waiting for the receive timeout at most, or not at all.
    func receive(into buffer: inout [UInt8], waiting: Bool) -> Transfer {
        while true {
            // SAFETY: the pointer covers the array's initialised bytes, held exclusively during the call, with their count.
            let count = unsafe buffer.withUnsafeMutableBytes { bytes in
                unsafe recv(descriptor, bytes.baseAddress, bytes.count, waiting ? 0 : Int32(MSG_DONTWAIT))
            }
            if count > 0 { return .moved(count) }
            if count == 0 { return .ended }
            if errno == EINTR { continue }
            return errno == EAGAIN || errno == EWOULDBLOCK ? .wouldBlock : .failed
        }
    }

    /// Sends as much as the peer's window takes, without waiting and without a signal when the peer has gone.
    func send(_ bytes: RawSpan) -> Transfer {
        #if canImport(Darwin)
            let flags = MSG_DONTWAIT
        #else
            let flags = Int32(MSG_DONTWAIT) | Int32(MSG_NOSIGNAL)
        #endif
        while true {
            // SAFETY: the pointer covers the span's initialised bytes, with their count, and is read during the call only.
            let count = unsafe bytes.withUnsafeBytes { bytes in
                unsafe systemSend(descriptor, bytes.baseAddress, bytes.count, flags)
            }
            if count >= 0 { return .moved(count) }
            if errno == EINTR { continue }
            return errno == EAGAIN || errno == EWOULDBLOCK || errno == ENOBUFS ? .wouldBlock : .failed
        }
    }

    /// Tells the peer that nothing more will come.
    func finishSending() {
        _ = shutdown(descriptor, Int32(SHUT_WR))
    }
}

/// The system's `send`, which a method of the same name hides.
private func systemSend(
    _ descriptor: Int32, _ bytes: UnsafeRawPointer?, _ count: Int, _ flags: Int32
) -> Int {
    // SAFETY: the caller vouches for the pointer and its count.
    unsafe send(descriptor, bytes, count, flags)
}

/// The system's `accept`, which a method of the same name hides.
private func systemAccept(_ descriptor: Int32) -> Int32 {
    // No address is asked for.
    accept(descriptor, nil, nil)
}

/// The system's `pipe`, which a method of the same name hides.
private func systemPipe(_ ends: UnsafeMutablePointer<Int32>) -> Int32 {
    // SAFETY: the caller vouches for two elements.
    unsafe pipe(ends)
}

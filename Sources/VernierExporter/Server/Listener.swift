#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif
import Vernier

/// A socket that takes connections, and the file that belongs to it.
struct Listener: Sendable {
    let socket: Socket
    /// Where it listens, with the port that the system picked.
    let address: ServerAddress
    /// The socket file to remove in the end.
    let file: SocketFile?

    /// The family of a socket that is there for its descriptor alone.
    static let reserveFamily = AF_UNIX

    /// Starts to listen.
    init(_ address: ServerAddress) throws(ServerError) {
        switch address {
        case .tcp(let host, let port): self = try Listener(host: host, port: port)
        case .unix(let path): self = try Listener(path: path)
        }
    }

    private init(socket: Socket, address: ServerAddress, file: SocketFile?) {
        self.socket = socket
        self.address = address
        self.file = file
        socket.setBlocking(false)
    }

    /// Takes the first of the host's addresses at which it can listen.
    private init(host: String, port: Int) throws(ServerError) {
        let name = ServerAddress.name(ofHost: host)
        var failure = SystemError(code: EADDRNOTAVAIL)
        do throws(SystemError) {
            for address in try SocketAddress.resolve(host: name, port: port) {
                do throws(SystemError) {
                    let socket = try Socket.stream(family: address.family)
                    socket.set(SOL_SOCKET, SO_REUSEADDR, 1)
                    // `::` takes IPv4 too, whatever the machine's default is.
                    if address.family == AF_INET6 { socket.set(Int32(IPPROTO_IPV6), IPV6_V6ONLY, 0) }
                    try address.bind(socket)
                    guard listen(socket.descriptor, ServerAddress.backlog) == 0 else { throw .last }
                    let port = try SocketAddress.bound(to: socket).port
                    self = Listener(socket: socket, address: .tcp(host: name, port: port), file: nil)
                    return
                } catch {
                    failure = error
                }
            }
        } catch {
            failure = error
        }
        throw ServerError(failure, host: host, port: port)
    }

    private init(path: String) throws(ServerError) {
        guard let address = SocketAddress.unix(path: path) else {
            throw ServerError(
                .invalidPath,
                "the path of a Unix socket has 1 to \(SocketAddress.longestPath) bytes and no zero byte, this one has "
                    + "\(path.utf8.count): pass a shorter one, for example /tmp/metrics.sock")
        }
        do throws(SystemError) {
            try Listener.removeStale(path: path, address)
            let socket = try Socket.stream(family: AF_UNIX)
            try address.bind(socket)
            let file = SocketFile(at: path)
            guard listen(socket.descriptor, ServerAddress.backlog) == 0 else {
                let error = SystemError.last
                file?.remove()
                throw error
            }
            self = Listener(socket: socket, address: .unix(path: path), file: file)
        } catch {
            guard error.code != ENOTSOCK else {
                throw ServerError(
                    .notASocket, "\(path) is there already and is no socket: remove it or pass another path")
            }
            throw ServerError(error, path: path)
        }
    }

    /// Removes a socket file that a program left behind when it died: nobody accepts a connection there.
    private static func removeStale(path: String, _ address: SocketAddress) throws(SystemError) {
        guard let file = SocketFile(at: path) else { return }
        guard file.isSocket else { throw SystemError(code: ENOTSOCK) }
        let probe = try Socket.stream(family: AF_UNIX)
        // A live server whose queue is full must not be waited for.
        probe.setBlocking(false)
        do throws(SystemError) {
            try address.connect(probe)
        } catch {
            switch error.code {
            case ECONNREFUSED:
                file.remove()
                return
            case ENOENT:
                return
            case EAGAIN, EINPROGRESS:
                throw SystemError(code: EADDRINUSE)
            default:
                throw error
            }
        }
        throw SystemError(code: EADDRINUSE)
    }
}

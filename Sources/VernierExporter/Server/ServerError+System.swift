#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif
package import Vernier

extension ServerError {
    /// What to tell about a system error that kept a server from listening at a host and port.
    package init(_ error: SystemError, host: String, port: Int) {
        let place = "port \(port) on \(host)"
        switch error.code {
        case EADDRINUSE:
            let other = port < 65_535 ? port + 1 : port - 1
            self.init(
                .addressInUse,
                "\(place) is already in use: stop the other program or pass another port, for example port: \(other) or port: 0 "
                    + "for any free one")
        case EADDRNOTAVAIL, EAFNOSUPPORT:
            self.init(
                .addressNotAvailable,
                "\(host) is not an address of this machine: pass 127.0.0.1 for this machine alone, 0.0.0.0 for every IPv4 "
                    + "interface or :: for every interface")
        case EACCES, EPERM:
            self.init(
                .permissionDenied,
                "\(place) is not allowed (\(error)): pass a port from 1024 to 65535 or give the program the right to use this one"
            )
        default:
            self.init(error, doing: "listening at \(place)")
        }
    }

    /// What to tell about a system error that kept a server from listening at a path.
    init(_ error: SystemError, path: String) {
        switch error.code {
        case EADDRINUSE:
            self.init(.addressInUse, "another program answers at \(path): stop it or pass another path")
        case EACCES, EPERM, EROFS:
            self.init(
                .permissionDenied,
                "\(path) is not allowed (\(error)): pass a path in a directory that this program may write")
        case ENOENT, ENOTDIR:
            self.init(.invalidPath, "the directory of \(path) does not exist: make it or pass another path")
        default:
            self.init(error, doing: "listening at \(path)")
        }
    }

    /// What to tell about any other system error.
    init(_ error: SystemError, doing action: String) {
        switch error.code {
        case EMFILE, ENFILE, ENOBUFS, ENOMEM, EAGAIN:
            self.init(
                .outOfResources,
                "\(action) failed (\(error)): raise the limit of open files or threads of this program, or close some")
        default:
            self.init(.system, "\(action) failed (\(error))")
        }
    }
}

#if NIO
    import NIOCore
    import Vernier
    import VernierExporter

    extension ServerError {
        /// What to tell about an error of SwiftNIO that kept a server from listening.
        init(starting error: any Error, host: String, port: Int) {
            switch error {
            case let error as ServerError: self = error
            case let error as IOError: self.init(SystemError(code: error.errnoCode), host: host, port: port)
            case is SocketAddressError, is SocketAddressError.UnknownHost:
                self.init(
                    .addressNotAvailable,
                    "\(host) is not an address of this machine (\(error)): pass 127.0.0.1 for this machine alone, 0.0.0.0 for every IPv4 interface or :: for every interface"
                )
            default: self.init(.system, "listening at port \(port) on \(host) failed (\(error))")
            }
        }
    }
#endif

#if Hummingbird
    #if canImport(Glibc)
        import Glibc
    #elseif canImport(Musl)
        import Musl
    #else
        import Darwin
    #endif
    import NIOCore
    import NIOHTTP1
    import VernierInstrumentation

    extension RequestError {
        /// The failure that a server's status is by itself.
        init?(failure status: Int) {
            guard status >= 500 else { return nil }
            self.init(status: status)
        }

        /// An error that says that the connection has ended, and with it the request.
        ///
        /// That of the client, or that to another service which the handler asked: the error does not say which.
        static func connection(_ error: any Error) -> RequestError? {
            let isClosed =
                switch error {
                case let error as HTTPParserError: error == .invalidEOFState
                case let error as IOError: [ECONNRESET, EPIPE].contains(error.errnoCode)
                case let error as ChannelError:
                    [.eof, .inputClosed, .outputClosed, .ioOnClosedChannel, .alreadyClosed].contains(error)
                default: closings.contains("\(type(of: error)).\(error)") || "\(type(of: error))" == "StreamClosed"
                }
            return isClosed ? .connectionClosed : nil
        }

        /// What packages throw that this one does not depend on: TLS whose peer went without a word; `StreamClosed` is HTTP/2's.
        private static let closings: Set<String> = ["NIOSSLError.uncleanShutdown"]
    }
#endif

#if AsyncHTTPClient
    import AsyncHTTPClient
    import NIOCore
    import NIOHTTP1
    import NIOPosix
    import VernierInstrumentation

    #if canImport(Glibc)
        import Glibc
    #elseif canImport(Musl)
        import Musl
    #else
        import Darwin
    #endif

    extension RequestError {
        /// Names what the client threw: one of a few words, or the name of the error's type.
        init(sending error: any Error) {
            switch error {
            case let error as HTTPClientError: self = Self.named(error)
            case let error as NIOConnectionError:
                let isRefused =
                    !error.connectionErrors.isEmpty && error.connectionErrors.allSatisfy { Self.isRefusal($0.error) }
                self = isRefused ? .connectionRefused : RequestError(error)
            case let error where Self.isRefusal(error): self = .connectionRefused
            case let error as IOError where error.errnoCode == ECONNRESET || error.errnoCode == EPIPE:
                self = .connectionClosed
            case HTTPParserError.invalidEOFState: self = .connectionClosed
            case is ChannelError where !Task.isCancelled: self = Self.named(error)
            default: self = RequestError(error)
            }
        }

        /// Nobody listens there: `connection_refused`.
        private static let connectionRefused = RequestError(text: "connection_refused")

        private static func isRefusal(_ error: any Error) -> Bool {
            (error as? IOError)?.errnoCode == ECONNREFUSED
        }

        private static func named(_ error: any Error) -> RequestError {
            switch error {
            case ChannelError.connectTimeout: .timeout
            case ChannelError.eof, ChannelError.inputClosed, ChannelError.outputClosed, ChannelError.ioOnClosedChannel,
                ChannelError.alreadyClosed:
                .connectionClosed
            default: RequestError(error)
            }
        }

        private static func named(_ error: HTTPClientError) -> RequestError {
            switch error {
            case .deadlineExceeded, .readTimeout, .writeTimeout, .connectTimeout, .getConnectionFromPoolTimeout,
                .tlsHandshakeTimeout, .socksHandshakeTimeout, .httpProxyHandshakeTimeout:
                .timeout
            case .cancelled, .requestStreamCancelled: .cancelled
            case .remoteConnectionClosed, .uncleanShutdown: .connectionClosed
            default: RequestError(error)
            }
        }
    }
#endif

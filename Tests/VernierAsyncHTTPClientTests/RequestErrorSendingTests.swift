#if AsyncHTTPClient
    import AsyncHTTPClient
    import NIOCore
    import NIOHTTP1
    import NIOPosix
    import Testing
    import VernierInstrumentation

    @testable import VernierAsyncHTTPClient

    #if canImport(Glibc)
        import Glibc
    #elseif canImport(Musl)
        import Musl
    #else
        import Darwin
    #endif

    @Suite struct RequestErrorSendingTests {
        private struct Odd: Error {}

        private static let named: [(any Error, String)] = [
            (HTTPClientError.deadlineExceeded, "timeout"), (HTTPClientError.readTimeout, "timeout"),
            (HTTPClientError.connectTimeout, "timeout"), (HTTPClientError.getConnectionFromPoolTimeout, "timeout"),
            (HTTPClientError.cancelled, "cancelled"), (HTTPClientError.requestStreamCancelled, "cancelled"),
            (HTTPClientError.remoteConnectionClosed, "connection_closed"),
            (HTTPClientError.uncleanShutdown, "connection_closed"), (HTTPClientError.emptyHost, "HTTPClientError"),
            (ChannelError.connectTimeout(.seconds(1)), "timeout"), (ChannelError.eof, "connection_closed"),
            (ChannelError.ioOnClosedChannel, "connection_closed"), (ChannelError.writeHostUnreachable, "ChannelError"),
            (IOError(errnoCode: ECONNREFUSED, reason: "connect"), "connection_refused"),
            (IOError(errnoCode: ECONNRESET, reason: "read"), "connection_closed"),
            (IOError(errnoCode: EPIPE, reason: "write"), "connection_closed"),
            (IOError(errnoCode: EACCES, reason: "connect"), "IOError"),
            (HTTPParserError.invalidEOFState, "connection_closed"), (HTTPParserError.invalidMethod, "HTTPParserError"),
            (CancellationError(), "cancelled"), (Odd(), "Odd"),
        ]

        @Test(arguments: named.indices) func `what a client throws has one of few names`(index: Int) {
            let (error, name) = Self.named[index]
            #expect(RequestError(sending: error).text == name)
        }
    }
#endif

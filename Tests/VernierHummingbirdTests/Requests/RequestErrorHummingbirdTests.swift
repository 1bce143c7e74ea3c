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
    import Testing
    import VernierInstrumentation
    @testable import VernierHummingbird

    /// Errors with the names of those of packages that this one does not depend on.
    private enum NIOSSLError: Error { case uncleanShutdown, handshakeFailed }
    private struct StreamClosed: Error {}

    @Suite struct RequestErrorHummingbirdTests {
        static let closings: [any Error & Sendable] = [
            HTTPParserError.invalidEOFState, IOError(errnoCode: ECONNRESET, reason: "read"),
            IOError(errnoCode: EPIPE, reason: "write"), ChannelError.eof, ChannelError.inputClosed,
            ChannelError.outputClosed, ChannelError.ioOnClosedChannel, ChannelError.alreadyClosed,
            NIOSSLError.uncleanShutdown, StreamClosed(),
        ]
        static let others: [any Error & Sendable] = [
            HTTPParserError.invalidMethod, IOError(errnoCode: ENOENT, reason: "open"),
            ChannelError.connectTimeout(.zero),
            NIOSSLError.handshakeFailed, CancellationError(),
        ]

        @Test(arguments: closings) func `an end of the connection is named so`(error: any Error & Sendable) {
            #expect(RequestError.connection(error) == .connectionClosed)
        }

        @Test(arguments: others) func `another error is none`(error: any Error & Sendable) {
            #expect(RequestError.connection(error) == nil)
        }
    }
#endif

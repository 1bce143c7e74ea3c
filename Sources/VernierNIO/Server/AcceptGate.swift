#if NIO
    import NIOCore

    #if canImport(Glibc)
        import Glibc
    #elseif canImport(Musl)
        import Musl
    #else
        import Darwin
    #endif

    /// Counts connections as they are accepted, and leaves them in the system's queue while there is no place for them.
    ///
    /// It asks before each one: the listener has to accept one at a time (`maxMessagesPerRead`).
    final class AcceptGate: ChannelDuplexHandler {
        typealias InboundIn = any Channel
        typealias InboundOut = any Channel
        typealias OutboundIn = Never
        typealias OutboundOut = Never

        /// How long to leave the listener alone when the system has nothing to accept a connection with.
        static let backOff = TimeAmount.milliseconds(100)

        private let connections: ConnectionTable
        private var isResting = false

        init(_ connections: ConnectionTable) {
            self.connections = connections
        }

        func read(context: ChannelHandlerContext) {
            guard !isResting else { return }
            let listener = context.channel
            guard !connections.isFull(otherwise: { listener.read() }) else { return }
            context.read()
        }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            let connection = unwrapInboundIn(data)
            let id = ObjectIdentifier(connection)
            connections.add(id) { ConnectionEnd.close(connection) }
            connection.closeFuture.whenComplete { [connections] _ in connections.remove(id) }
            context.fireChannelRead(data)
        }

        func errorCaught(context: ChannelHandlerContext, error: any Error) {
            if let error = error as? IOError, [EMFILE, ENFILE, ENOBUFS, ENOMEM].contains(error.errnoCode) {
                rest(context)
            }
            context.fireErrorCaught(error)
        }

        /// Lets the listener alone for a moment: it stays ready, and trying on and on would burn a core.
        ///
        /// The connection that has waited longest goes, so that there is a descriptor then.
        private func rest(_ context: ChannelHandlerContext) {
            guard !isResting else { return }
            isResting = true
            connections.evictLongestWaiting()
            // What is being read is asked for no longer, which an unanswered `read` would leave as it is.
            try? context.channel.syncOptions?.setOption(.autoRead, value: false)
            let listener = context.channel
            context.eventLoop.assumeIsolated().scheduleTask(in: Self.backOff) {
                self.isResting = false
                try? listener.syncOptions?.setOption(.autoRead, value: true)
            }
        }
    }
#endif

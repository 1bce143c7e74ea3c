#if NIO
    public import NIOCore
    import Vernier
    import VernierInstrumentation

    /// Counts a connection, its bytes and its errors.
    ///
    /// ```swift
    /// let connections = ConnectionMetrics("api")
    /// bootstrap.childChannelInitializer { channel in
    ///     channel.eventLoop.makeCompletedFuture {
    ///         try channel.pipeline.syncOperations.addHandler(ConnectionMetricsHandler(connections))
    ///         try channel.pipeline.syncOperations.configureHTTPServerPipeline()
    ///     }
    /// }
    /// ```
    ///
    /// It is for stream channels, and stands first: before TLS it counts what the network carries, behind it what the program does. Bytes that go
    /// out count when they are written to the channel, those of files included; whether they arrive TCP does not tell. A piece of data costs an
    /// addition to a counter; nothing is allocated.
    public final class ConnectionMetricsHandler: ChannelDuplexHandler, RemovableChannelHandler {
        /// What comes in.
        public typealias InboundIn = ByteBuffer
        /// What is handed on.
        public typealias InboundOut = ByteBuffer
        /// What goes out.
        public typealias OutboundIn = IOData
        /// What is handed on.
        public typealias OutboundOut = IOData

        private let metrics: ConnectionMetrics
        private var began: ContinuousClock.Instant?

        /// Makes the handler of one connection.
        public init(_ metrics: ConnectionMetrics) {
            self.metrics = metrics
        }

        /// Counts a connection that is open already.
        public func handlerAdded(context: ChannelHandlerContext) {
            if context.channel.isActive { open() }
        }

        /// Counts the connection as closed, as nothing more will be seen of it.
        public func handlerRemoved(context: ChannelHandlerContext) { close() }

        /// Counts the connection.
        public func channelActive(context: ChannelHandlerContext) {
            open()
            context.fireChannelActive()
        }

        /// Counts the connection as closed.
        public func channelInactive(context: ChannelHandlerContext) {
            close()
            context.fireChannelInactive()
        }

        /// Counts bytes that came in.
        public func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            metrics.received.increment(by: unwrapInboundIn(data).readableBytes)
            context.fireChannelRead(data)
        }

        /// Counts bytes that go out.
        public func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
            metrics.sent.increment(by: unwrapOutboundIn(data).readableBytes)
            context.write(data, promise: promise)
        }

        /// Counts an error.
        public func errorCaught(context: ChannelHandlerContext, error: any Error) {
            metrics.count(RequestError(error).text)
            context.fireErrorCaught(error)
        }

        private func open() {
            guard began == nil else { return }
            began = .now
            metrics.opened.increment()
            metrics.active.increment()
        }

        private func close() {
            guard let began else { return }
            self.began = nil
            metrics.active.decrement()
            metrics.durations.observe(ContinuousClock.now - began)
        }
    }
#endif

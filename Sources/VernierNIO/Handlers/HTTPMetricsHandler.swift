#if NIO
    public import NIOCore
    public import NIOHTTP1
    public import VernierInstrumentation

    /// Takes any data out of its wrapping: a handler that asks for one type stops the program when other data comes.
    private final class Unwrapping: ChannelInboundHandler {
        typealias InboundIn = Any
    }

    /// Meters the requests of an HTTP/1 server.
    ///
    /// ```swift
    /// let requests = HTTPServerMetrics()
    /// try channel.pipeline.syncOperations.configureHTTPServerPipeline()
    /// try channel.pipeline.syncOperations.addHandler(HTTPMetricsHandler(requests) { head in routes.pattern(for: head.uri) })
    /// try channel.pipeline.syncOperations.addHandler(Application())
    /// ```
    ///
    /// It stands behind NIO's codec and before the application. A request counts from its head to the end of its response, in the metrics
    /// that `HTTPServerMetrics` names:
    /// - One whose connection ends before that is `error_type="connection_closed"`, with the status if one was sent.
    /// - A status of 1xx is no answer, but for 101: with it, or with a 2xx to `CONNECT`, the request ends, and what follows passes untouched.
    /// - The response to `HEAD` has a body of 0 bytes, whatever was written for it.
    /// - A response without a request counts as one with the method `_OTHER`: NIO's own answer to octets that are no request, where this
    ///   handler stands before `HTTPServerProtocolErrorHandler`.
    ///
    /// Where connections may be upgraded it stands before `HTTPServerUpgradeHandler`, which hands on nothing of the request that it upgrades:
    ///
    /// ```swift
    /// let upgrade = try pipeline.handler(type: HTTPServerUpgradeHandler.self)
    /// try pipeline.addHandler(HTTPMetricsHandler(requests), position: .before(upgrade))
    /// ```
    ///
    /// Behind it the handler does not see that request. What is no part of HTTP passes untouched, wherever it stands.
    ///
    /// Requests may be pipelined, with or without NIO's handler for that. The route is what the closure makes of the head, which must be one
    /// of few patterns; without a closure there is none. A request costs what `HTTPServerMetrics` says, and for the first of a connection an allocation.
    public final class HTTPMetricsHandler: ChannelDuplexHandler, RemovableChannelHandler {
        /// What comes in.
        public typealias InboundIn = HTTPServerRequestPart
        /// What is handed on.
        public typealias InboundOut = HTTPServerRequestPart
        /// What goes out.
        public typealias OutboundIn = HTTPServerResponsePart
        /// What is handed on.
        public typealias OutboundOut = HTTPServerResponsePart

        /// A request whose response is not over.
        private struct Open {
            let exchange: HTTPServerMetrics.Exchange
            let route: String?
            var status: Int?
            var requestBytes = 0
            var responseBytes = 0

            func end(_ error: RequestError? = nil) {
                exchange.end(
                    route: route, status: status, error: error, requestBytes: requestBytes,
                    responseBytes: responseBytes)
            }
        }

        private let metrics: HTTPServerMetrics
        private let route: (@Sendable (HTTPRequestHead) -> String?)?
        /// In the order in which they came, which is that of the responses.
        private var open = CircularBuffer<Open>(initialCapacity: 1)
        /// Whether the body that comes in belongs to the last of them.
        private var isReceiving = false
        /// Whether the connection has left HTTP/1.
        private var hasSwitched = false

        /// Makes the handler of one connection.
        ///
        /// - Parameters:
        ///   - metrics: what to record in; the same for all connections.
        ///   - route: the pattern of the route that a request takes, never its path; nil for none.
        public init(_ metrics: HTTPServerMetrics, route: (@Sendable (HTTPRequestHead) -> String?)? = nil) {
            self.metrics = metrics
            self.route = route
        }

        /// Begins a request with its head, and counts its body.
        public func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            if !hasSwitched, let part = Unwrapping.unwrapInboundIn(data) as? HTTPServerRequestPart {
                switch part {
                case .head(let head):
                    open.append(
                        Open(
                            exchange: metrics.start(RequestMethod(head.method.rawValue)),
                            route: route.flatMap { $0(head) }))
                    isReceiving = true
                case .body(let bytes):
                    if isReceiving, !open.isEmpty {
                        open[open.index(before: open.endIndex)].requestBytes += bytes.readableBytes
                    }
                case .end: isReceiving = false
                }
            }
            context.fireChannelRead(data)
        }

        /// Counts a response, and ends its request.
        public func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
            if !hasSwitched, context.channel.isActive,
                let part = Unwrapping.unwrapInboundIn(data) as? HTTPServerResponsePart
            {
                note(part)
            }
            context.write(data, promise: promise)
        }

        private func note(_ part: HTTPServerResponsePart) {
            switch part {
            case .head(let head):
                let code = Int(head.status.code)
                guard code >= 200 || code == 101 else { return }
                if open.isEmpty { open.append(Open(exchange: metrics.start(.other), route: nil)) }
                open[open.startIndex].status = code
                let isTunnel = open[open.startIndex].exchange.method == .connect && code < 300
                guard code == 101 || isTunnel else { return }
                endFirst()
                // What came behind it will have no response.
                abort()
                hasSwitched = true
            case .body(let bytes):
                guard !open.isEmpty, open[open.startIndex].exchange.method != .head else { return }
                open[open.startIndex].responseBytes += bytes.readableBytes
            case .end:
                endFirst()
            }
        }

        private func endFirst() {
            guard !open.isEmpty else { return }
            if open.count == 1 { isReceiving = false }
            open.removeFirst().end()
        }

        /// Lets what follows an upgrade pass.
        public func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
            if case HTTPServerUpgradeEvents.upgradeComplete = event {
                abort()
                hasSwitched = true
            }
            context.fireUserInboundEventTriggered(event)
        }

        /// Ends the requests that will have no response.
        public func channelInactive(context: ChannelHandlerContext) {
            abort()
            context.fireChannelInactive()
        }

        /// Ends the requests whose responses will not be seen.
        public func handlerRemoved(context: ChannelHandlerContext) { abort() }

        private func abort() {
            for request in open { request.end(.connectionClosed) }
            open.removeAll()
        }
    }
#endif

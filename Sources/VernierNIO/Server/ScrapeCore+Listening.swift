#if NIO
    import NIOCore
    import NIOPosix
    import NIOSSL
    import Vernier
    import VernierExporter

    extension ScrapeCore {
        /// Where to listen, and on which event loops.
        private struct Place: Sendable {
            let host: String
            var port: Int
            let group: any EventLoopGroup
        }

        /// How long to wait before a listener that has closed by itself is opened again.
        private static let pause = TimeAmount.milliseconds(100)

        /// Starts to accept connections, and returns the port.
        func listen(host: String, port: Int, group: any EventLoopGroup) async throws -> Int {
            var place = Place(host: host, port: port, group: group)
            let channel = try await bind(place).get()
            place.port = channel.localAddress?.port ?? port
            keep(channel, at: place)
            return place.port
        }

        private func bind(_ place: Place) throws -> EventLoopFuture<any Channel> {
            guard let bootstrap = ServerBootstrap(validatingGroup: place.group) else {
                throw ServerError(
                    .invalidConfiguration,
                    "event loops of \(type(of: place.group)) cannot be listened on: pass a MultiThreadedEventLoopGroup, or none"
                )
            }
            return
                bootstrap
                .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
                .serverChannelOption(.backlog, value: ServerAddress.backlog)
                // The gate is asked before each connection.
                .serverChannelOption(.maxMessagesPerRead, value: 1)
                .serverChannelInitializer { channel in
                    channel.eventLoop.makeCompletedFuture {
                        try channel.pipeline.syncOperations.addHandler(AcceptGate(self.connections))
                    }
                }
                .childChannelOption(.allowRemoteHalfClosure, value: true)
                // What comes behind a request is one reading of the system at most.
                .childChannelOption(.maxMessagesPerRead, value: 1)
                .childChannelOption(.tcpOption(.tcp_nodelay), value: 1)
                .childChannelInitializer { channel in
                    channel.eventLoop.makeCompletedFuture {
                        let pipeline = channel.pipeline.syncOperations
                        let end = ConnectionEnd()
                        try pipeline.addHandler(end)
                        if let tls = self.tls { try pipeline.addHandler(NIOSSLServerHandler(context: tls)) }
                        try pipeline.addHandler(ScrapeConnection(core: self, end: end))
                    }
                }
                .bind(host: place.host, port: place.port)
        }

        private func keep(_ channel: any Channel, at place: Place) {
            listener.withLock { $0 = channel }
            // A stop that came before has not seen it.
            if isStopping { channel.close(promise: nil) }
            channel.closeFuture.whenComplete { [weak self] _ in self?.reopen(place, after: channel.eventLoop) }
        }

        /// Listens again where a listener has closed by itself: after an error of the system that NIO takes for final.
        ///
        /// Where the host has ended its event loops nothing that is scheduled is called any more.
        private func reopen(_ place: Place, after loop: any EventLoop, isFirst: Bool = true) {
            guard !isStopping else { return }
            loop.scheduleTask(in: Self.pause) { [weak self] in
                guard let self, !isStopping else { return }
                guard let bound = try? bind(place) else { return }
                bound.whenComplete { [weak self] result in
                    guard let self else {
                        if case .success(let channel) = result { channel.close(promise: nil) }
                        return
                    }
                    switch result {
                    case .success(let channel):
                        Platform.complain("the metrics server at port \(place.port) had been closed, and listens again")
                        keep(channel, at: place)
                    case .failure(let error):
                        if isFirst, !isStopping {
                            Platform.complain(
                                "the metrics server at port \(place.port) had been closed, and cannot listen again for now (\(error))"
                            )
                        }
                        reopen(place, after: loop, isFirst: false)
                    }
                }
            }
        }
    }
#endif

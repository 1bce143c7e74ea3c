#if NIO
    import NIOCore
    import NIOSSL
    import Vernier
    import VernierExporter

    /// Collects the requests of one connection and keeps its times, as `MetricsServer` does.
    ///
    /// Nothing is read while a request is answered, but for what came with it: the decoder keeps that until the next one's turn.
    final class ScrapeConnection: ChannelDuplexHandler {
        typealias InboundIn = ByteBuffer
        typealias OutboundIn = Never
        typealias OutboundOut = ByteBuffer

        /// What is waited for.
        private enum Phase {
            /// The rest of a request.
            case request
            /// The first octet of a next request.
            case idle
            /// An answer.
            case answer(ResponseLink)
            /// The peer's end; what it still sends is thrown away.
            case ending(remainingBytes: Int)
            /// Nothing any more.
            case ended
        }

        private let core: ScrapeCore
        private let end: ConnectionEnd
        private var decoder: HTTPRequestDecoder
        private var phase = Phase.request
        private var timer: Scheduled<Void>?
        private var context: ChannelHandlerContext?
        /// Whether something wanted to read while nothing is read.
        private var holdsRead = false
        private var inputHasEnded = false

        init(core: ScrapeCore, end: ConnectionEnd) {
            self.core = core
            self.end = end
            decoder = HTTPRequestDecoder(limits: core.limits.decoder)
        }

        func handlerAdded(context: ChannelHandlerContext) {
            self.context = context
            if context.channel.isActive { begin(context) }
        }

        func handlerRemoved(context: ChannelHandlerContext) {
            leave()
            self.context = nil
        }

        func channelActive(context: ChannelHandlerContext) {
            begin(context)
            context.fireChannelActive()
        }

        private func begin(_ context: ChannelHandlerContext) { wait(core.limits.requestTime) }

        func channelInactive(context: ChannelHandlerContext) {
            leave()
            context.fireChannelInactive()
        }

        private func leave() {
            timer?.cancel()
            if case .answer(let link) = phase { link.breakOff() }
            phase = .ended
        }

        // MARK: What comes in

        func read(context: ChannelHandlerContext) {
            if case .answer = phase { holdsRead = true } else { context.read() }
        }

        private func resumeReading() {
            guard holdsRead else { return }
            holdsRead = false
            context?.read()
        }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            let bytes = unwrapInboundIn(data).readableBytesView
            switch phase {
            case .ended: break
            case .ending(let remaining):
                guard bytes.count < remaining else { return end.close() }
                phase = .ending(remainingBytes: remaining - bytes.count)
            case .answer:
                // Nothing is read now, but when the peer sends no more NIO reads all at once that the system holds.
                guard decoder.waitingBytes + bytes.count <= MetricsServer.Limits.endingBytes else { return end.close() }
                decoder.append(contentsOf: bytes)
            case .idle:
                phase = .request
                wait(core.limits.requestTime)
                decoder.append(contentsOf: bytes)
                advance()
            case .request:
                decoder.append(contentsOf: bytes)
                advance()
            }
        }

        /// Has the next request answered if it is complete.
        private func advance() {
            do throws(HTTPRequestError) {
                guard let request = try decoder.next() else {
                    if inputHasEnded { end.close() } else { resumeReading() }
                    return
                }
                guard let context, core.connections.beginAnswer(ObjectIdentifier(context.channel)) else {
                    return end.close()
                }
                timer?.cancel()
                let link = ResponseLink(self, on: context.channel)
                phase = .answer(link)
                core.answer(request, to: link)
            } catch {
                refuse(error)
            }
        }

        func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
            if case ChannelEvent.inputClosed = event {
                // Who sends no more may still wait for an answer.
                inputHasEnded = true
                if case .answer = phase {} else { end.close() }
            }
            context.fireUserInboundEventTriggered(event)
        }

        func errorCaught(context: ChannelHandlerContext, error: any Error) {
            // A peer that ends TLS without saying so has sent all it wants to: `inputClosed` follows.
            if case NIOSSLError.uncleanShutdown = error { return }
            end.close()
        }

        // MARK: What goes out

        /// Writes a piece of an answer.
        func send(_ piece: ByteBuffer, for link: ResponseLink) {
            guard let context, case .answer(let current) = phase, current === link else {
                return link.noteWritten(false)
            }
            let promise = context.eventLoop.makePromise(of: Void.self)
            promise.futureResult.whenComplete { result in
                if case .success = result { link.noteWritten(true) } else { link.noteWritten(false) }
            }
            context.writeAndFlush(wrapOutboundOut(piece), promise: promise)
        }

        /// An answer is over.
        func answered(_ outcome: HTTPResponseEncoder.Outcome, by link: ResponseLink) {
            guard case .answer(let current) = phase, current === link else { return }
            switch outcome {
            case .aborted: end.close()
            case .close: finish()
            case .keepOpen:
                phase = decoder.isEmpty ? .idle : .request
                wait(decoder.isEmpty ? core.limits.idleTime : core.limits.requestTime)
                advance()
            }
        }

        /// Answers octets that are no request, and ends the connection softly.
        private func refuse(_ error: HTTPRequestError) {
            guard let context else { return }
            var encoder = HTTPResponseEncoder(bufferBytes: 1024)
            var answer = ByteBuffer()
            _ = encoder.encode(HTTPResponse(refusing: error), to: nil) { answer.writeBytes($0) }
            context.writeAndFlush(wrapOutboundOut(answer), promise: nil)
            finish()
        }

        /// Tells the peer that nothing more will come, and waits for the same from it.
        ///
        /// Closing at once would reset the connection, and the peer could lose the answer (RFC 9112, section 9.6).
        private func finish() {
            guard let context else { return }
            phase = .ending(remainingBytes: MetricsServer.Limits.endingBytes)
            wait(MetricsServer.Limits.endingTime)
            context.close(mode: .output, promise: nil)
            if inputHasEnded { end.close() } else { resumeReading() }
        }

        // MARK: Times

        private func wait(_ time: Duration) {
            timer?.cancel()
            timer = context?.eventLoop.assumeIsolated().scheduleTask(in: TimeAmount(time)) { self.expire() }
        }

        private func expire() {
            if case .request = phase, !decoder.isEmpty { refuse(.timedOut) } else { end.close() }
        }
    }

    /// Ends a connection at once, without the farewell of TLS: it stands before all other handlers.
    final class ConnectionEnd: ChannelInboundHandler {
        typealias InboundIn = Never

        private var context: ChannelHandlerContext?

        func handlerAdded(context: ChannelHandlerContext) { self.context = context }
        func handlerRemoved(context: ChannelHandlerContext) { self.context = nil }

        func close() { context?.close(promise: nil) }

        /// Ends a connection at once, from anywhere.
        static func close(_ connection: any Channel) {
            connection.eventLoop.execute {
                // One that has only just been accepted has no handlers yet.
                guard let end = try? connection.pipeline.syncOperations.handler(type: ConnectionEnd.self) else {
                    return connection.close(promise: nil)
                }
                end.close()
            }
        }
    }
#endif

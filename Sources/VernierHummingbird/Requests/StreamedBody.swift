#if Hummingbird
    import HTTPTypes
    import Hummingbird
    import NIOCore
    import Synchronization
    import Vernier
    import VernierInstrumentation

    /// A response whose body is written piece by piece: it ends its request when the last piece is written.
    ///
    /// It is referred to by the closure that writes the body, and so also ends the request when that is let go of without having been
    /// called: then not even the head could be written.
    final class StreamedBody: Sendable {
        private let exchange: HTTPServerMetrics.Exchange
        private let route: String?
        private let status: Int
        private let requestBytes: Int?
        private let line: RequestLine?
        /// What the duration refers to: the body is written outside of the scope in which the provider would know.
        private let exemplar: ExemplarLabels?
        private let bytes = Atomic(0)
        private let isBroken = Atomic(false)
        private let hasEnded = Atomic(false)

        init(
            _ exchange: HTTPServerMetrics.Exchange, route: String?, status: Int, requestBytes: Int?,
            _ line: RequestLine?, _ exemplar: ExemplarLabels?
        ) {
            self.exchange = exchange
            self.route = route
            self.status = status
            self.requestBytes = requestBytes
            self.line = line
            self.exemplar = exemplar
        }

        deinit { end(.connectionClosed) }

        /// The same body, which tells how it ends.
        func metered(_ body: ResponseBody) -> ResponseBody {
            ResponseBody(contentLength: body.contentLength) { writer in
                do {
                    try await body.write(MeteredBodyWriter(base: writer, body: self))
                    self.end(nil)
                } catch {
                    self.end(.connection(error) ?? RequestError(error))
                    throw error
                }
            }
        }

        /// Notes a piece that was written.
        func note(_ count: Int) {
            // Relaxed, as below: a sum, which the task that writes reads.
            bytes.wrappingAdd(count, ordering: .relaxed)
        }

        /// Notes that a piece could not be written.
        func noteBreak() {
            isBroken.store(true, ordering: .relaxed)
        }

        /// Ends the request, once.
        private func end(_ error: RequestError?) {
            // Relaxed: one caller finds it false; what it reads then was written by its own task, or before the last reference went.
            guard !hasEnded.exchange(true, ordering: .relaxed) else { return }
            let isBroken = isBroken.load(ordering: .relaxed)
            let error = isBroken ? (Task.isCancelled ? .cancelled : .connectionClosed) : error
            let sent = bytes.load(ordering: .relaxed)
            let end = {
                self.exchange.end(
                    route: self.route, status: self.status, error: error, requestBytes: self.requestBytes,
                    responseBytes: sent)
                self.line?.write(
                    self.exchange, route: self.route, status: self.status,
                    error: error ?? RequestError(failure: self.status), requestBytes: self.requestBytes,
                    responseBytes: sent)
            }
            if let exemplar { ExemplarProvider { exemplar }.withCurrent(end) } else { end() }
        }
    }

    /// Writes a body's pieces and counts them.
    struct MeteredBodyWriter: ResponseBodyWriter {
        var base: any ResponseBodyWriter
        let body: StreamedBody

        mutating func write(_ buffer: ByteBuffer) async throws {
            do {
                try await base.write(buffer)
            } catch {
                body.noteBreak()
                throw error
            }
            body.note(buffer.readableBytes)
        }

        mutating func write(contentsOf buffers: some Sequence<ByteBuffer>) async throws {
            let pieces = Array(buffers)
            do {
                try await base.write(contentsOf: pieces)
            } catch {
                body.noteBreak()
                throw error
            }
            body.note(pieces.reduce(0) { $0 + $1.readableBytes })
        }

        consuming func finish(_ trailingHeaders: HTTPFields?) async throws {
            let body = body
            do {
                try await base.finish(trailingHeaders)
            } catch {
                body.noteBreak()
                throw error
            }
        }
    }
#endif

#if AsyncHTTPClient
    import AsyncHTTPClient
    import NIOCore
    import VernierInstrumentation

    /// The body of a response, whose end is that of the request.
    struct MeteredBody: AsyncSequence, Sendable {
        typealias Element = ByteBuffer

        let base: HTTPClientResponse.Body
        let meter: RequestMeter

        func makeAsyncIterator() -> Iterator {
            meter.beginBody()
            return Iterator(base: base.makeAsyncIterator(), meter: meter)
        }

        struct Iterator: AsyncIteratorProtocol {
            var base: HTTPClientResponse.Body.AsyncIterator
            let meter: RequestMeter

            mutating func next() async throws -> ByteBuffer? {
                do {
                    let piece = try await base.next()
                    if let piece {
                        meter.add(bytes: piece.readableBytes)
                    } else {
                        // A task that is cancelled while it waits sees an end.
                        meter.end(Task.isCancelled ? .cancelled : nil)
                    }
                    return piece
                } catch {
                    meter.end(RequestError(sending: error))
                    throw error
                }
            }
        }
    }
#endif

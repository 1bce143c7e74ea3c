#if GRPC
    import GRPCCore
    import VernierInstrumentation

    /// The parts of a response, which counts messages and ends the call with the status.
    ///
    /// A response that nobody reads to its end, and nobody holds any more, ends the call as cancelled: see ``RPCCall``.
    struct MeteredParts<Message: Sendable>: AsyncSequence, Sendable {
        typealias Element = StreamingClientResponse<Message>.Contents.BodyPart
        typealias Failure = any Error

        let base: RPCAsyncSequence<Element, any Error>
        let call: RPCCall
        let deadline: CallDeadline

        func makeAsyncIterator() -> Iterator {
            Iterator(base: base.makeAsyncIterator(), call: call, deadline: deadline)
        }

        struct Iterator: AsyncIteratorProtocol {
            var base: RPCAsyncSequence<Element, any Error>.AsyncIterator
            let call: RPCCall
            let deadline: CallDeadline

            mutating func next() async throws -> Element? {
                try await next(isolation: #isolation)
            }

            mutating func next(isolation actor: isolated (any Actor)?) async throws(any Error) -> Element? {
                do {
                    let part = try await base.next(isolation: actor)
                    switch part {
                    case .message: call.addResponses()
                    // The status has come, and it was OK.
                    case .trailingMetadata: call.end(.ok)
                    case nil: call.end(deadline.judge(Task.isCancelled ? .cancelled : .ok, of: call))
                    }
                    return part
                } catch {
                    call.end(deadline.judge(RPCStatus(error), of: call))
                    throw error
                }
            }
        }
    }
#endif

#if GRPC
    import GRPCCore
    import Synchronization
    import VernierInstrumentation

    /// A call that a server answers: it tells what the service made of it from what its caller sees.
    ///
    /// gRPC marks a call as cancelled when its caller has given it up, when its time is over, and when the server begins to shut down. In the
    /// last case the caller goes on waiting and gets what the service answers; so it is looked whether the stream still takes anything.
    final class ServedCall: Sendable {
        let call: RPCCall
        private let cancellation: ServerContext.RPCCancellationHandle
        private let deadline: CallDeadline
        /// Whether the stream has failed; relaxed, as whoever learns of it in another way finds no more than another word for the same end.
        private let isBroken = Atomic(false)

        init(_ call: RPCCall, _ cancellation: ServerContext.RPCCancellationHandle, _ deadline: CallDeadline) {
            self.call = call
            self.cancellation = cancellation
            self.deadline = deadline
        }

        /// Notes that the stream gave or took nothing more.
        func noteBreak() { isBroken.store(true, ordering: .relaxed) }

        /// The call ends before there was a response to write.
        func end(_ error: any Error) {
            end(RPCStatus(error, isCancelled: cancellation.isCancelled || Task.isCancelled), isGivenUp: isBrokenOff)
        }

        /// The call ends with what a service has made of it, in which `writer` is still open.
        func end<Output: Sendable>(_ result: Result<Metadata, any Error>, _ writer: RPCWriter<Output>) async {
            let isGivenUp = await isGivenUp(writer)
            switch result {
            case .success: end(.ok, isGivenUp: isGivenUp)
            case .failure(let error):
                end(RPCStatus(error, isCancelled: isGivenUp || Task.isCancelled), isGivenUp: isGivenUp)
            }
        }

        private func end(_ status: RPCStatus, isGivenUp: Bool) {
            // Whose time is over sees that, and so does who has gone see that it has, whatever the service says.
            let isLate = cancellation.isCancelled && deadline.isOver(for: call)
            call.end(isLate ? .deadlineExceeded : deadline.judge(isGivenUp ? .cancelled : status, of: call))
        }

        private var isBrokenOff: Bool { cancellation.isCancelled && isBroken.load(ordering: .relaxed) }

        /// Whether the caller sees nothing of the answer.
        ///
        /// A stream is told to be cancelled just before it closes; so it is tried again after a moment.
        private func isGivenUp<Output: Sendable>(_ writer: RPCWriter<Output>) async -> Bool {
            guard cancellation.isCancelled else { return false }
            for pause in [0, 2, 8] where !isBrokenOff && !deadline.isOver(for: call) {
                if pause > 0 { try? await Task.sleep(for: .milliseconds(pause)) }
                do {
                    // No message: it fails where the stream is closed, and sends nothing elsewhere.
                    try await writer.write(contentsOf: EmptyCollection())
                } catch {
                    noteBreak()
                }
            }
            return isBrokenOff
        }
    }

    /// The messages of a request, which are counted.
    struct MeteredMessages<Message: Sendable>: AsyncSequence, Sendable {
        typealias Element = Message
        typealias Failure = any Error

        let base: RPCAsyncSequence<Message, any Error>
        let served: ServedCall

        func makeAsyncIterator() -> Iterator {
            Iterator(base: base.makeAsyncIterator(), served: served)
        }

        struct Iterator: AsyncIteratorProtocol {
            var base: RPCAsyncSequence<Message, any Error>.AsyncIterator
            let served: ServedCall

            mutating func next() async throws -> Message? {
                try await next(isolation: #isolation)
            }

            mutating func next(isolation actor: isolated (any Actor)?) async throws(any Error) -> Message? {
                do {
                    let message = try await base.next(isolation: actor)
                    if message != nil { served.call.addRequests() }
                    return message
                } catch {
                    served.noteBreak()
                    throw error
                }
            }
        }
    }
#endif

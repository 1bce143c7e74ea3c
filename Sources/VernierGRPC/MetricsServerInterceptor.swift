#if GRPC
    public import GRPCCore
    import Vernier
    public import VernierInstrumentation

    /// Measures the calls that a server of gRPC Swift answers: how long, how they end, and how many messages go each way.
    ///
    /// ```swift
    /// let server = GRPCServer(
    ///     transport: transport, services: [orders], interceptors: [MetricsServerInterceptor()])
    /// ```
    ///
    /// The families are those of ``RPCMetrics`` for a server. A call is timed to the end of its last message, whichever side streams. It ends
    /// with the status that the caller is sent: that of an `RPCError`, `UNKNOWN` for another error. One whose caller has given it up ends as
    /// `CANCELLED`, and as `DEADLINE_EXCEEDED` when its time is over, whatever the service made of it: the caller sees no other status then. A
    /// server that begins to shut down tells its services so in the same way; what they answer then counts as they answer it.
    ///
    /// It goes before other interceptors, so that it sees what they answer; one that makes a span for the call goes before it, so that
    /// exemplars name that: what the call refers to is asked when it begins. gRPC answers calls of methods that no service has without asking interceptors, so those are not counted, and
    /// the methods that are shown are those that are registered.
    ///
    /// - Complexity: some allocations a call, an atomic addition a message.
    public struct MetricsServerInterceptor: ServerInterceptor {
        private let metrics: RPCMetrics

        /// Makes an interceptor.
        ///
        /// - Parameter metrics: what to measure with; by default in the registry that is current now.
        public init(metrics: RPCMetrics = RPCMetrics(.server)) {
            self.metrics = metrics
        }

        /// Hands the call on and measures it.
        public func intercept<Input: Sendable, Output: Sendable>(
            request: StreamingServerRequest<Input>, context: ServerContext,
            next:
                @Sendable (StreamingServerRequest<Input>, ServerContext) async throws -> StreamingServerResponse<Output>
        ) async throws -> StreamingServerResponse<Output> {
            let call = metrics.start(context.descriptor.fullyQualifiedMethod)
            let served = ServedCall(call, context.cancellation, CallDeadline(request.metadata))
            var request = request
            request.messages = RPCAsyncSequence(wrapping: MeteredMessages(base: request.messages, served: served))
            var response: StreamingServerResponse<Output>
            do {
                response = try await next(request, context)
            } catch {
                served.end(error)
                throw error
            }
            switch response.accepted {
            case .failure(let error):
                served.end(error)
            case .success(var contents):
                let producer = contents.producer
                contents.producer = { writer in
                    let metered = CountingWriter(writer) { event in
                        switch event {
                        case .begin: break
                        case .written(let count): call.addResponses(count)
                        case .failed: served.noteBreak()
                        }
                    }
                    let result: Result<Metadata, any Error>
                    do {
                        result = .success(try await producer(RPCWriter(wrapping: metered)))
                    } catch {
                        result = .failure(error)
                    }
                    await served.end(result, writer)
                    return try result.get()
                }
                response.accepted = .success(contents)
            }
            return response
        }
    }
#endif

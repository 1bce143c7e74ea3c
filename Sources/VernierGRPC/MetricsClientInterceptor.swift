#if GRPC
    public import GRPCCore
    import Vernier
    public import VernierInstrumentation

    /// Measures the calls that a client of gRPC Swift makes: how long, how they end, and how many messages go each way.
    ///
    /// ```swift
    /// let client = GRPCClient(transport: transport, interceptors: [MetricsClientInterceptor()])
    /// ```
    ///
    /// The families are those of ``RPCMetrics`` for a client. A call is timed to the status that follows its last message. One whose response
    /// is let go of before that, or whose task is cancelled, counts as `CANCELLED`, or as `DEADLINE_EXCEEDED` when its time is over. gRPC asks interceptors for each attempt, so a call
    /// that is tried again counts as often as it is tried; one that never gets a connection has no attempt, and is not counted.
    ///
    /// - Complexity: some allocations a call, an atomic addition a message.
    public struct MetricsClientInterceptor: ClientInterceptor {
        private let metrics: RPCMetrics

        /// Makes an interceptor.
        ///
        /// - Parameter metrics: what to measure with; by default in the registry that is current now.
        public init(metrics: RPCMetrics = RPCMetrics(.client)) {
            self.metrics = metrics
        }

        /// Hands the call on and measures it.
        public func intercept<Input: Sendable, Output: Sendable>(
            request: StreamingClientRequest<Input>, context: ClientContext,
            next: (StreamingClientRequest<Input>, ClientContext) async throws -> StreamingClientResponse<Output>
        ) async throws -> StreamingClientResponse<Output> {
            let call = metrics.start(context.descriptor.fullyQualifiedMethod)
            let deadline = CallDeadline(request.metadata)
            var request = request
            let producer = request.producer
            request.producer = { writer in
                let metered = CountingWriter(writer) { event in
                    // Before the write returns the answer to the message may have come, and the call be over.
                    if case .begin(let count) = event { call.addRequests(count) }
                }
                try await producer(RPCWriter(wrapping: metered))
            }
            var response: StreamingClientResponse<Output>
            do {
                response = try await next(request, context)
            } catch {
                call.end(deadline.judge(RPCStatus(error), of: call))
                throw error
            }
            switch response.accepted {
            case .failure(let error):
                call.end(deadline.judge(RPCStatus(error), of: call))
            case .success(var contents):
                contents.bodyParts = RPCAsyncSequence(
                    wrapping: MeteredParts(base: contents.bodyParts, call: call, deadline: deadline))
                response.accepted = .success(contents)
            }
            return response
        }
    }
#endif

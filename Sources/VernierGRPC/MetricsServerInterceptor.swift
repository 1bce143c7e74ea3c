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
    /// with the status that the caller is sent: that of an `RPCError`, `UNKNOWN` for another error. One that is cancelled meanwhile ends as
    /// `CANCELLED`, or as `DEADLINE_EXCEEDED` when its time is over, whatever the service made of it: the caller sees no other status then.
    ///
    /// It goes before other interceptors, so that it sees what they answer; one that makes a span for the call goes before it, so that
    /// exemplars name that. gRPC answers calls of methods that no service has without asking interceptors, so those are not counted, and
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
            let cancellation = context.cancellation
            let deadline = CallDeadline(request.metadata)
            let end: @Sendable (RPCStatus) -> Void = { status in
                call.end(deadline.judge(cancellation.isCancelled ? .cancelled : status, of: call))
            }
            var request = request
            request.messages = RPCAsyncSequence(
                wrapping: request.messages.map { message in
                    call.addRequests()
                    return message
                })
            var response: StreamingServerResponse<Output>
            do {
                response = try await next(request, context)
            } catch {
                end(RPCStatus(error))
                throw error
            }
            switch response.accepted {
            case .failure(let error):
                end(RPCStatus(error))
            case .success(var contents):
                let producer = contents.producer
                contents.producer = { writer in
                    do {
                        let trailing = try await producer(
                            RPCWriter(wrapping: CountingWriter(writer) { call.addResponses($0) }))
                        end(.ok)
                        return trailing
                    } catch {
                        end(RPCStatus(error))
                        throw error
                    }
                }
                response.accepted = .success(contents)
            }
            return response
        }
    }
#endif

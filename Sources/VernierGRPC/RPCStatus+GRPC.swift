#if GRPC
    import GRPCCore
    import VernierInstrumentation

    extension RPCStatus {
        /// The status that gRPC makes of an error.
        init(_ error: any Error) {
            switch error {
            // gRPC has no word of its own for what it was told to give up.
            case let error as RPCError
            where error.code == .unknown && (Task.isCancelled || error.cause is CancellationError):
                self = .cancelled
            case let error as RPCError: self.init(code: error.code.rawValue)
            case let error as any RPCErrorConvertible: self.init(code: error.rpcErrorCode.rawValue)
            case is CancellationError: self = .cancelled
            default: self = Task.isCancelled ? .cancelled : .unknown
            }
        }
    }
#endif

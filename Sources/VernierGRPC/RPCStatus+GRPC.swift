#if GRPC
    import GRPCCore
    import VernierInstrumentation

    extension RPCStatus {
        /// The status that a client makes of an error.
        init(_ error: any Error) {
            let isCancellation = error is CancellationError || (error as? RPCError)?.cause is CancellationError
            self.init(error, isCancelled: Task.isCancelled || isCancellation)
        }

        /// The status that gRPC makes of an error, in a call that was cancelled or was not.
        ///
        /// gRPC has no word of its own for what it was told to give up: that is UNKNOWN to it, and so it tells a caller who waits.
        init(_ error: any Error, isCancelled: Bool) {
            switch error {
            case let error as RPCError where error.code == .unknown && isCancelled: self = .cancelled
            case let error as RPCError: self.init(code: error.code.rawValue)
            case let error as any RPCErrorConvertible: self.init(code: error.rpcErrorCode.rawValue)
            default: self = isCancelled ? .cancelled : .unknown
            }
        }
    }
#endif

#if GRPC
    import GRPCCore
    import VernierInstrumentation

    /// The time that a call was given, as it stands in its metadata, so that what ended by it is told from what was cancelled.
    ///
    /// gRPC cancels a call whose time is over, and asks interceptors no more.
    struct CallDeadline: Sendable {
        private let timeout: Duration?

        init(_ metadata: Metadata) {
            timeout = metadata[stringValues: "grpc-timeout"].first { _ in true }.flatMap { Self.duration($0) }
        }

        /// The status of a call that ended now: that which was found, or the deadline for one that was cancelled when its time was over.
        ///
        /// Caller and server count from moments that are a little apart, by the way of the request: a hundredth of a second and a twentieth
        /// of the time are let pass as equal.
        func judge(_ status: RPCStatus, of call: RPCCall) -> RPCStatus {
            status == .cancelled && isOver(for: call) ? .deadlineExceeded : status
        }

        /// Whether the time of a call is over now.
        func isOver(for call: RPCCall) -> Bool {
            guard let timeout else { return false }
            return call.elapsed + max(.milliseconds(10), timeout / 20) >= timeout
        }

        /// At most eight digits and a unit (gRPC over HTTP/2, "Requests").
        static func duration(_ text: String) -> Duration? {
            let digits = text.utf8.dropLast()
            guard (1...8).contains(digits.count), digits.allSatisfy({ (0x30...0x39).contains($0) }),
                let count = Int64(text.dropLast())
            else { return nil }
            switch text.utf8.last {
            case UInt8(ascii: "H"): return .seconds(count * 3_600)
            case UInt8(ascii: "M"): return .seconds(count * 60)
            case UInt8(ascii: "S"): return .seconds(count)
            case UInt8(ascii: "m"): return .milliseconds(count)
            case UInt8(ascii: "u"): return .microseconds(count)
            case UInt8(ascii: "n"): return .nanoseconds(count)
            default: return nil
            }
        }
    }
#endif

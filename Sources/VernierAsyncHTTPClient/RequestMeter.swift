#if AsyncHTTPClient
    import AsyncHTTPClient
    import NIOHTTP1
    import Vernier
    import VernierInstrumentation

    /// What one request has seen so far, and whether its end is told.
    ///
    /// It goes with the last of those who could read the response; if that is before the end, the request ends there.
    final class RequestMeter: Sendable {
        private struct State: Sendable {
            var status: Int?
            var received = 0
            var isReading = false
            var isEnded = false
        }

        private let exchange: HTTPClientMetrics.Exchange
        private let requestBytes: Int?
        private let state = Lock(State())

        init(_ exchange: HTTPClientMetrics.Exchange, requestBytes: Int?) {
            self.exchange = exchange
            self.requestBytes = requestBytes
        }

        deinit {
            let isReading = state.withLock { $0.isReading }
            end(isReading ? .cancelled : nil, isRead: isReading)
        }

        /// Notes the head of the response; one that has no body ends the request.
        func begin(_ response: HTTPClientResponse, method: RequestMethod) {
            state.withLock { $0.status = Int(response.status.code) }
            let hasNone =
                method == .head || response.status == .noContent || response.status == .notModified
                || response.headers.first(name: "content-length") == "0"
            if hasNone { end(nil, isRead: true) }
        }

        /// Notes that somebody reads the body.
        func beginBody() { state.withLock { $0.isReading = true } }

        /// Notes a piece of the body.
        func add(bytes: Int) { state.withLock { $0.received += bytes } }

        /// Tells the end, once.
        func end(_ error: RequestError?, isRead: Bool = true) {
            let told = state.withLock { state -> State? in
                guard !state.isEnded else { return nil }
                state.isEnded = true
                return state
            }
            guard let told else { return }
            exchange.end(
                status: told.status, error: error, requestBytes: requestBytes,
                responseBytes: told.status != nil && isRead ? told.received : nil)
        }
    }
#endif

#if AsyncHTTPClient
    public import AsyncHTTPClient
    public import Logging
    public import NIOCore
    import NIOHTTP1
    import Vernier
    public import VernierInstrumentation

    /// Sends requests through a client of AsyncHTTPClient and measures them: how long, how they end, sizes of bodies.
    ///
    /// ```swift
    /// let client = HTTPClient.shared.metered()
    /// let response = try await client.execute(HTTPClientRequest(url: "https://example.com/"), timeout: .seconds(10))
    /// for try await piece in response.body { print(piece.readableBytes) }
    /// ```
    ///
    /// The families are those of ``HTTPClientMetrics``. A request is timed to the end of its response's body:
    /// - The body is read to its end: it counts with its status; 400 and above is an error.
    /// - Request or body fail, or time is over, or the task is cancelled: it counts with that as `error_type`.
    /// - The body is let go of before its end: `cancelled` when reading had begun. Where nobody wanted to read it, the status says
    ///   how the request ended, and the size is not known.
    ///
    /// The body is one that the client does not know as its own: `collect(upTo:)` finds out that it is too long when it has read so much, not
    /// from its `Content-Length`, and trailers are not at hand.
    ///
    /// Requests that the client sends by itself, to follow a redirect, are part of the one that was asked for, under the server of that. The size
    /// of a request's body is known where there is none, `Content-Length` is among the fields, or the caller says it.
    public struct MeteredHTTPClient: Sendable {
        /// The client that sends the requests.
        public let client: HTTPClient
        /// What measures them.
        public let metrics: HTTPClientMetrics

        /// Measures the requests that are sent through this value, no others of the client.
        public init(_ client: HTTPClient, metrics: HTTPClientMetrics = HTTPClientMetrics()) {
            self.client = client
            self.metrics = metrics
        }

        /// Sends a request, as `HTTPClient.execute` does, and measures it.
        ///
        /// - Parameters:
        ///   - request: what to send.
        ///   - timeout: the time that the request has.
        ///   - logger: what the client logs to.
        ///   - requestBytes: the size of the request's body, if the caller knows it.
        /// - Returns: the response, whose body is still to be read.
        /// - Throws: what the client throws.
        /// - Complexity: some allocations a request; a lock that is mostly free, and no allocation of ours, a piece of the body.
        public func execute(
            _ request: HTTPClientRequest, timeout: TimeAmount, logger: Logger? = nil, requestBytes: Int? = nil
        ) async throws -> HTTPClientResponse {
            try await execute(request, deadline: .now() + timeout, logger: logger, requestBytes: requestBytes)
        }

        /// Sends a request that must end before a moment, as `HTTPClient.execute` does, and measures it.
        public func execute(
            _ request: HTTPClientRequest, deadline: NIODeadline, logger: Logger? = nil, requestBytes: Int? = nil
        ) async throws -> HTTPClientResponse {
            let method = RequestMethod(request.method.rawValue)
            let sent =
                requestBytes ?? request.headers.first(name: "content-length").flatMap { Int($0) }
                ?? (request.body == nil ? 0 : nil)
            let meter = RequestMeter(
                metrics.start(method, server: ServerName(url: request.url)), requestBytes: sent)
            do {
                var response = try await client.execute(request, deadline: deadline, logger: logger)
                meter.begin(response, method: method)
                response.body = .stream(MeteredBody(base: response.body, meter: meter))
                return response
            } catch {
                meter.end(RequestError(sending: error))
                throw error
            }
        }
    }

    extension HTTPClient {
        /// Sends requests through this client and measures them: see ``MeteredHTTPClient``.
        ///
        /// ```swift
        /// let client = HTTPClient.shared.metered()
        /// ```
        public func metered(by metrics: HTTPClientMetrics = HTTPClientMetrics()) -> MeteredHTTPClient {
            MeteredHTTPClient(self, metrics: metrics)
        }
    }
#endif

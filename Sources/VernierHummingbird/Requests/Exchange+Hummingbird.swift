#if Hummingbird
    #if canImport(Glibc)
        import Glibc
    #elseif canImport(Musl)
        import Musl
    #else
        import Darwin
    #endif
    import HTTPTypes
    public import Hummingbird
    import NIOCore
    import NIOHTTP1
    import Vernier
    public import VernierInstrumentation

    /// The ends of a request that a router's handlers answer.
    extension HTTPServerMetrics.Exchange {
        /// Ends the request that a handler answered, now or when its body is written.
        @usableFromInline
        func returned(_ response: inout Response, to request: Request, route: String?, _ line: RequestLine? = nil) {
            let (route, status) = (Self.pattern(route), response.status.code)
            let requestBytes = requestBytes(request)
            // The body of an answer to HEAD is not sent (RFC 9110, section 9.3.2).
            if method == .head || BodyKind.isInMemory(response.body) {
                let bytes = method == .head ? 0 : response.body.contentLength
                end(route: route, status: status, requestBytes: requestBytes, responseBytes: bytes)
                line?.write(
                    self, route: route, status: status, error: RequestError(failure: status),
                    requestBytes: requestBytes, responseBytes: bytes)
            } else {
                let stream = StreamedBody(
                    self, route: route, status: status, requestBytes: requestBytes, line, ExemplarProvider.current?())
                response.body = stream.metered(response.body)
            }
        }

        /// Ends the request whose handler threw.
        @usableFromInline
        func threw(_ error: any Error, to request: Request, route: String?, _ line: RequestLine?) {
            let (status, failure) = Self.answer(to: error)
            let (route, requestBytes) = (Self.pattern(route), requestBytes(request))
            end(route: route, status: status, error: failure, requestBytes: requestBytes, responseBytes: nil)
            line?.write(
                self, route: route, status: status, error: failure ?? status.flatMap(RequestError.init(failure:)),
                requestBytes: requestBytes, responseBytes: nil)
        }

        /// The status that Hummingbird answers an error with, and what the error is called where that does not say it.
        private static func answer(to error: any Error) -> (status: Int?, failure: RequestError?) {
            if let error = error as? any HTTPResponseError { return (error.status.code, nil) }
            if let error = error as? HTTPParserError {
                // The connection ended within the request's body, or what came was no HTTP: answered with 400, if at all.
                return error == .invalidEOFState ? (nil, .connectionClosed) : (400, nil)
            }
            // Of the client, or of another service that the handler asked: the error does not say which, and the status is 500 in both cases.
            if let error = error as? IOError, error.errnoCode == ECONNRESET || error.errnoCode == EPIPE {
                return (500, .connectionClosed)
            }
            return (500, RequestError(error))
        }

        /// The pattern of a route; for requests that no route took Hummingbird has a word without a slash.
        private static func pattern(_ path: String?) -> String? {
            guard let path, path.utf8.first == UInt8(ascii: "/") else { return nil }
            return path
        }

        /// What the client says is the size of its body, for methods that have one.
        private func requestBytes(_ request: Request) -> Int? {
            switch method {
            case .get, .head, .options, .trace, .connect: return nil
            default: break
            }
            guard let text = request.headers[.contentLength], let bytes = Int(text), bytes >= 0 else { return nil }
            return bytes
        }
    }

    extension RequestError {
        /// The failure that a server's status is by itself.
        init?(failure status: Int) {
            guard status >= 500 else { return nil }
            self.init(status: status)
        }
    }
#endif

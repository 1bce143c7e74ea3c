#if Hummingbird
    import HTTPTypes
    import Hummingbird
    import NIOCore
    import NIOHTTP1
    import Vernier
    import VernierInstrumentation

    /// The ends of a request that a router's handlers answer.
    extension HTTPServerMetrics.Exchange {
        /// Ends the request that a handler answered, now or when its body is written.
        func returned(_ response: inout Response, to request: Request, route: String?, _ line: RequestLine?) {
            let (route, status) = (Self.pattern(route), response.status.code)
            let requestBytes = route == nil ? nil : requestBytes(request)
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
        func threw(_ error: any Error, route: String?, _ line: RequestLine?) {
            let (status, failure) = Self.answer(to: error)
            let route = Self.pattern(route)
            // What its head promised may not have come.
            end(route: route, status: status, error: failure, requestBytes: nil, responseBytes: nil)
            line?.write(
                self, route: route, status: status, error: failure ?? status.flatMap(RequestError.init(failure:)),
                requestBytes: nil, responseBytes: nil)
        }

        /// The status that Hummingbird answers an error with, and what the error is called where that does not say it.
        private static func answer(to error: any Error) -> (status: Int?, failure: RequestError?) {
            if let error = error as? any HTTPResponseError { return (error.status.code, nil) }
            if let error = error as? HTTPParserError {
                // The connection ended within the request's body, or what came was no HTTP: answered with 400, if at all.
                return error == .invalidEOFState ? (nil, .connectionClosed) : (400, nil)
            }
            return (500, .connection(error) ?? RequestError(error))
        }

        /// The pattern of a route; for requests that no route took Hummingbird has a word without a slash.
        private static func pattern(_ path: String?) -> String? {
            guard let path, path.utf8.first == UInt8(ascii: "/") else { return nil }
            return path
        }

        /// What the client says is the size of its body, for methods that have one; asked of requests that a route took, as strangers may say anything.
        private func requestBytes(_ request: Request) -> Int? {
            switch method {
            case .get, .head, .options, .trace, .connect: return nil
            default: break
            }
            guard let text = request.headers[.contentLength], let bytes = Int(text), bytes >= 0 else { return nil }
            return bytes
        }
    }
#endif

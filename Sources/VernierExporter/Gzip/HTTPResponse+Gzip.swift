#if Gzip
    import Vernier

    extension HTTPResponse {
        /// The response with its streamed body compressed, where the request asks for that; else as it is.
        ///
        /// Without memory for a compressor the body goes out as it is. An answer to `HEAD` gets the field that says it is compressed, and
        /// no compressor.
        func compressed(for request: HTTPRequest, making deflater: () -> Deflater? = { Deflater() }) -> HTTPResponse {
            guard case .stream(let produce) = body, AcceptEncoding.prefersGzip(request.headers["Accept-Encoding"])
            else { return self }
            var response = self
            if request.method != "HEAD" {
                guard let deflater = deflater() else { return self }
                let place = DeflaterPlace(deflater)
                response.body = .stream { write in
                    let deflater = try place.take()
                    defer { place.put(deflater) }
                    try deflater.reset()
                    try produce { piece in try deflater.add(piece, to: write) }
                    try deflater.finish(to: write)
                }
            }
            response.headers.add(name: "Content-Encoding", value: "gzip")
            return response
        }
    }

    /// Where a response's compressor waits for the body to be made: mostly once, but a body may be made again, or twice at a time.
    final class DeflaterPlace: Sendable {
        private let waiting: Lock<Deflater?>

        init(_ deflater: Deflater) { waiting = Lock(deflater) }

        /// The compressor that waits, or another one.
        func take() throws(Deflater.Failure) -> Deflater {
            let taken = waiting.withLock { waiting in
                let taken = waiting
                waiting = nil
                return taken
            }
            guard let deflater = taken ?? Deflater() else { throw .noMemory }
            return deflater
        }

        /// Keeps a compressor for the next body.
        func put(_ deflater: Deflater) { waiting.withLock { $0 = deflater } }
    }
#endif

#if Hummingbird
    import HTTPTypes
    import Hummingbird
    import NIOCore
    import Vernier
    import VernierExporter

    /// Turns a request of Hummingbird's into one of the exporter's, and back.
    struct ScrapeRoute: Sendable {
        /// The path that the exporter's handler knows, wherever the router has its route.
        static let path = "/metrics"

        let handler: MetricsHandler

        func respond(to request: Request) async throws -> Response {
            var headers = HTTPHeaders()
            for field in request.headers { headers.add(name: field.name.rawName, value: field.value) }
            let method = request.head.method.rawValue
            guard
                var scrape = VernierExporter.HTTPRequest(
                    method: method, target: request.head.path ?? Self.path, headers: headers)
            else { throw HTTPError(.badRequest) }
            scrape.path = Self.path
            let answer = handler.respond(to: scrape)
            var fields = HTTPFields()
            for field in answer.headers.fields {
                if let name = HTTPField.Name(field.name) { fields.append(HTTPField(name: name, value: field.value)) }
            }
            let status = HTTPTypes.HTTPResponse.Status(code: answer.status.code, reasonPhrase: answer.status.reason)
            return Response(
                status: status, headers: fields, body: try await body(answer.body, isHead: method == "HEAD"))
        }

        /// The body, whose first piece is waited for, so that what fails before it is answered with 500.
        private func body(_ body: VernierExporter.HTTPResponse.Body, isHead: Bool) async throws -> ResponseBody {
            switch body {
            case .bytes(let bytes): return isHead ? ResponseBody() : ResponseBody(byteBuffer: ByteBuffer(bytes: bytes))
            case .stream(let write):
                // The length of a page is not known before it was made, which nobody does for HEAD.
                if isHead { return ResponseBody { try await $0.finish(nil) } }
                let page = PagePipe(write)
                guard let first = try await page.next() else { return ResponseBody() }
                guard let second = try await page.next() else { return ResponseBody(byteBuffer: first) }
                return ResponseBody { writer in
                    try await writer.write(contentsOf: [first, second])
                    while let piece = try await page.next() { try await writer.write(piece) }
                    try await writer.finish(nil)
                }
            }
        }
    }
#endif

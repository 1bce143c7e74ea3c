/// Writes responses as HTTP/1.1 octets through one small buffer.
///
/// A body of known length gets `Content-Length`; a streamed one goes out in chunks, or to an HTTP/1.0 peer until the connection
/// closes (RFC 9112, sections 6 and 7). The head and the first piece of the body leave together, and so does everything of a
/// response that fits into the buffer: one write. Memory is the buffer alone, whatever the length of the body; a warmed-up
/// encoder allocates nothing of its own.
public struct HTTPResponseEncoder: Sendable {
    /// What may happen to the connection after a response.
    public enum Outcome: Sendable, Hashable {
        /// The response is complete, and the connection may carry another one.
        case keepOpen
        /// The response is complete; the connection is to be closed, which may be what ends the body.
        case close
        /// The response is not complete: the peer went away or the body failed half-way. The connection is to be closed.
        case aborted
    }

    private enum Framing {
        case plain
        case chunked
    }

    /// The octets that a chunk needs besides its data: the four digits of its size and their line end.
    private static let chunkHead = 6
    /// What may have to follow the data: the chunk's line end and the last chunk.
    private static let chunkTail = 7

    private let capacity: Int
    private var buffer: [UInt8] = []
    private var framing = Framing.plain
    /// Where the size of the open chunk stands in `buffer`.
    private var openChunk: Int?
    private var hasWritten = false
    private var writeError: (any Error)?

    /// Makes an encoder with a buffer of that many bytes, brought into 1,024 to 65,536; it is allocated at the first use.
    public init(bufferBytes: Int = 65_536) {
        // The size of a chunk is written with four hexadecimal digits.
        capacity = min(max(bufferBytes, 1024), 65_536)
    }

    /// Writes a response, calling `write` with octets for the peer, each time with at most the buffer's size.
    ///
    /// - Parameters:
    ///   - response: What to write; no body is written to `HEAD`.
    ///   - request: What it answers, or nil for octets that were no request: the connection ends then.
    ///   - mayKeepOpen: Whether the server would keep the connection.
    ///   - write: Sends octets; an error ends the response, and nothing is written after it.
    /// - Returns: What may happen to the connection.
    public mutating func encode(
        _ response: HTTPResponse, to request: HTTPRequest?, mayKeepOpen: Bool = true, write: (RawSpan) throws -> Void
    ) -> Outcome {
        reset()
        do {
            return try encodeWhole(response, to: request, mayKeepOpen: mayKeepOpen, write: write)
        } catch {
            guard writeError == nil, !hasWritten else { return .aborted }
            reset()
            let failure = HTTPResponse.text(.internalServerError, "The response failed: \(error)\n")
            return (try? encodeWhole(failure, to: request, mayKeepOpen: mayKeepOpen, write: write)) ?? .aborted
        }
    }

    private mutating func reset() {
        buffer.removeAll(keepingCapacity: true)
        buffer.reserveCapacity(capacity)
        openChunk = nil
        hasWritten = false
        writeError = nil
    }

    private mutating func encodeWhole(
        _ response: HTTPResponse, to request: HTTPRequest?, mayKeepOpen: Bool, write: (RawSpan) throws -> Void
    ) throws -> Outcome {
        var keepsOpen = mayKeepOpen && request?.keepsConnectionOpen ?? false
        framing = .plain
        appendStatusLine(response.status)
        for field in response.headers.fields { appendField(field.name, field.value) }
        let hasNoBody = [204, 304].contains(response.status.code)
        switch response.body {
        case .bytes(let bytes):
            if !hasNoBody { appendField("Content-Length", String(bytes.count)) }
        case .stream where request?.method == "HEAD" || hasNoBody:
            break
        case .stream where request?.version == .http11:
            framing = .chunked
            appendField("Transfer-Encoding", "chunked")
        case .stream:
            keepsOpen = false
        }
        if !keepsOpen {
            appendField("Connection", "close")
        } else if request?.version == .http10 {
            appendField("Connection", "keep-alive")
        }
        appendLineEnd()
        if request?.method != "HEAD", !hasNoBody { try appendBody(response.body, write: write) }
        try finish(write: write)
        return keepsOpen ? .keepOpen : .close
    }

    private mutating func appendBody(_ body: HTTPResponse.Body, write: (RawSpan) throws -> Void) throws {
        switch body {
        case .bytes(let bytes):
            try bytes.withRawSpan { try append($0, write: write) }
        case .stream(let produce):
            try produce { piece in try append(piece, write: write) }
            // A body that swallowed the error of a write must not pass for a complete one.
            if let writeError { throw writeError }
        }
    }

    /// Adds a piece of the body, sending the buffer whenever it is full.
    private mutating func append(_ piece: RawSpan, write: (RawSpan) throws -> Void) throws {
        var offset = 0
        while offset < piece.byteCount {
            if framing == .chunked, openChunk == nil {
                openChunk = buffer.count
                buffer.append(contentsOf: "0000\r\n".utf8)
            }
            let room = capacity - buffer.count - HTTPResponseEncoder.chunkTail
            guard room > 0 else {
                try flush(write: write)
                continue
            }
            let count = min(room, piece.byteCount - offset)
            buffer.append(piece.extracting(offset..<(offset + count)))
            offset += count
        }
    }

    private mutating func finish(write: (RawSpan) throws -> Void) throws {
        closeChunk()
        if framing == .chunked { buffer.append(contentsOf: "0\r\n\r\n".utf8) }
        try send(write: write)
    }

    private mutating func flush(write: (RawSpan) throws -> Void) throws {
        closeChunk()
        try send(write: write)
    }

    private mutating func send(write: (RawSpan) throws -> Void) throws {
        if let writeError { throw writeError }
        guard !buffer.isEmpty else { return }
        hasWritten = true
        do {
            try buffer.withRawSpan(write)
        } catch {
            writeError = error
            throw error
        }
        buffer.removeAll(keepingCapacity: true)
    }

    /// Writes the size of the open chunk into its place and ends it.
    private mutating func closeChunk() {
        guard let start = openChunk else { return }
        openChunk = nil
        let size = buffer.count - start - HTTPResponseEncoder.chunkHead
        guard size > 0 else {
            // An empty chunk would end the body.
            buffer.removeSubrange(start...)
            return
        }
        for digit in 0..<4 {
            let value = UInt8(truncatingIfNeeded: size >> (12 - 4 * digit) & 0xF)
            buffer[start + digit] = value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "a") + value - 10
        }
        appendLineEnd()
    }

    private mutating func appendStatusLine(_ status: HTTPStatus) {
        buffer.append(contentsOf: "HTTP/1.1 ".utf8)
        buffer.append(contentsOf: String(status.code).utf8)
        buffer.append(.space)
        appendClean(status.reason)
        appendLineEnd()
    }

    private mutating func appendField(_ name: String, _ value: String) {
        appendClean(name)
        buffer.append(.colon)
        buffer.append(.space)
        appendClean(value)
        appendLineEnd()
    }

    /// Adds text to the head, where a control character would let a value write fields of its own.
    private mutating func appendClean(_ text: String) {
        if text.utf8.allSatisfy(\.isFieldValueCharacter) {
            buffer.append(contentsOf: text.utf8)
        } else {
            buffer.append(contentsOf: text.utf8.lazy.map { $0.isFieldValueCharacter ? $0 : .space })
        }
    }

    private mutating func appendLineEnd() {
        buffer.append(.carriageReturn)
        buffer.append(.lineFeed)
    }
}

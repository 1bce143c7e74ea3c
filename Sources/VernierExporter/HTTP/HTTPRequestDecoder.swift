/// Turns octets as they arrive into requests, within fixed bounds.
///
/// Feed it what was read, then take requests until there is none; pipelined ones come out one by one:
/// ```swift
/// var decoder = HTTPRequestDecoder()
/// decoder.append(bytes)
/// while let request = try decoder.next() { … }
/// ```
/// Between two calls it keeps at most one unfinished head, so its memory stays under the limits plus the last piece fed,
/// however slowly or lengthily a peer sends; each octet is looked at a fixed number of times. The rules are those of RFC 9112;
/// wherever it lets a server choose, this one takes the stricter way, so that it never reads a request in another way than a
/// proxy before it. After an error the same error is thrown for ever: the connection cannot be used any more.
public struct HTTPRequestDecoder: Sendable {
    /// The bounds of a decoder.
    public struct Limits: Sendable, Hashable {
        /// The longest request line in bytes, without its line end; longer ones are answered with 414.
        public var requestLineBytes: Int
        /// The most bytes of all header fields of a request together, line ends included; more are answered with 431.
        public var headerBytes: Int
        /// The most header fields of a request; more are answered with 431.
        public var headerCount: Int
        /// The largest body in bytes that is read and thrown away; larger ones are answered with 413.
        public var bodyBytes: Int

        /// Makes limits.
        public init(
            requestLineBytes: Int = 8192, headerBytes: Int = 16384, headerCount: Int = 64, bodyBytes: Int = 16384
        ) {
            self.requestLineBytes = requestLineBytes
            self.headerBytes = headerBytes
            self.headerCount = headerCount
            self.bodyBytes = bodyBytes
        }
    }

    private enum Stage {
        case requestLine
        case headers
        case body(remaining: Int)
        case failed(HTTPRequestError)
    }

    private let limits: Limits
    private var stage = Stage.requestLine
    private var buffer: [UInt8] = []
    /// The first octet in `buffer` that is not consumed.
    private var position = 0
    /// No line feed lies between `position` and here: a drip-fed line is not searched again from its start.
    private var searched = 0
    private var head = RequestHead()
    private var headerBytes = 0
    private var skippedEmptyLine = false

    /// Makes a decoder.
    public init(limits: Limits = Limits()) {
        self.limits = limits
    }

    /// Whether nothing of a next request has arrived.
    public var isEmpty: Bool {
        if case .requestLine = stage { position == buffer.count } else { false }
    }

    /// How many octets wait to be looked at.
    package var waitingBytes: Int { buffer.count - position }

    /// Adds octets that were read.
    public mutating func append(_ bytes: RawSpan) {
        compact()
        buffer.append(bytes)
    }

    /// Adds octets that were read.
    public mutating func append(contentsOf bytes: some Collection<UInt8>) {
        compact()
        buffer.append(contentsOf: bytes)
    }

    /// Returns the next complete request, or nil when more octets are needed.
    ///
    /// A body with `Content-Length` is read and thrown away before its request comes out.
    public mutating func next() throws(HTTPRequestError) -> HTTPRequest? {
        do {
            return try advance()
        } catch {
            stage = .failed(error)
            buffer = []
            (position, searched) = (0, 0)
            throw error
        }
    }

    private mutating func advance() throws(HTTPRequestError) -> HTTPRequest? {
        while true {
            switch stage {
            case .requestLine:
                guard let line = try nextLine(limit: limits.requestLineBytes, otherwise: .requestLineTooLong) else {
                    return nil
                }
                if line.isEmpty {
                    // RFC 9112, section 2.2: at least one empty line before a request is to be ignored.
                    guard !skippedEmptyLine else { throw .malformed("there are empty lines before the request line") }
                    skippedEmptyLine = true
                    continue
                }
                try head.readRequestLine(buffer[line])
                stage = .headers
            case .headers:
                let room = limits.headerBytes - headerBytes
                guard let line = try nextLine(limit: room, otherwise: .headersTooLarge) else { return nil }
                if line.isEmpty {
                    stage = .body(remaining: try head.bodyLength(limit: limits.bodyBytes))
                    continue
                }
                headerBytes += line.count + 2
                guard head.headers.fields.count < limits.headerCount else { throw .headersTooLarge }
                try head.readField(buffer[line])
            case .body(let remaining):
                let present = min(remaining, buffer.count - position)
                position += present
                searched = position
                guard present == remaining else {
                    stage = .body(remaining: remaining - present)
                    compact()
                    return nil
                }
                defer { startOver() }
                return head.request
            case .failed(let error):
                throw error
            }
        }
    }

    /// The range of the next line without its end, or nil when the end has not arrived.
    private mutating func nextLine(
        limit: Int, otherwise tooLong: HTTPRequestError
    ) throws(HTTPRequestError) -> Range<Int>? {
        guard let end = buffer[searched...].firstIndex(of: .lineFeed) else {
            searched = buffer.count
            // The last octet may be the carriage return of the line end.
            guard buffer.count - position - 1 <= limit else { throw tooLong }
            compact()
            return nil
        }
        // Before any other complaint, as above: what is wrong with a line must not depend on how much of it came at once.
        guard end - position - 1 <= limit else { throw tooLong }
        guard end > position, buffer[end - 1] == .carriageReturn else {
            throw .malformed("a line ends without a carriage return")
        }
        let line = position..<(end - 1)
        position = end + 1
        searched = position
        return line
    }

    private mutating func startOver() {
        stage = .requestLine
        head = RequestHead()
        headerBytes = 0
        skippedEmptyLine = false
    }

    /// Drops what is consumed; between two requests a small buffer stays, a large one goes.
    private mutating func compact() {
        guard position > 0 else { return }
        if position == buffer.count, buffer.capacity > 4096 {
            buffer = []
        } else {
            buffer.removeSubrange(..<position)
        }
        searched -= position
        position = 0
    }
}

/// What a scrape over HTTP brought.
package struct Scrape: Sendable {
    /// The status of the response; 0 when there was none.
    package var status = 0
    /// How long it took from connecting to the end.
    package var duration = Duration.zero
    /// What the body was.
    package var page = PageCount()

    /// Scrapes a page of this machine in OpenMetrics on the calling thread, keeping nothing of the body.
    ///
    /// - Parameter series: what the lines begin with that are counted as series.
    package static func run(port: Int, series: String = "") -> Scrape {
        let began = ContinuousClock.now
        var result = Scrape(series: series)
        defer { result.duration = .now - began }
        guard let socket = ClientSocket(port: port) else { return result }
        // HTTP/1.0, so that the body comes as it is and its end is the connection's.
        let request =
            "GET /metrics HTTP/1.0\r\nHost: 127.0.0.1\r\nAccept: application/openmetrics-text; version=1.0.0\r\n\r\n"
        guard socket.send(Array(request.utf8)) else { return result }
        var buffer = [UInt8](repeating: 0, count: 65_536)
        var head: [UInt8] = []
        var isBody = false
        while true {
            let count = socket.receive(into: &buffer)
            if count == 0 { break }
            if isBody {
                // SAFETY: integers have no padding; all of their bytes are initialised.
                unsafe result.page.add(buffer.span.bytes.extracting(first: count))
                continue
            }
            head += buffer.prefix(count)
            guard let end = endOfHead(head) else { continue }
            isBody = true
            result.status = status(head)
            // SAFETY: as above.
            unsafe result.page.add(head.span.bytes.extracting(end..<head.count))
        }
        result.duration = .now - began
        return result
    }

    /// Makes a scrape that brought nothing yet.
    package init(series: String = "") { page = PageCount(series: series) }

    private static func endOfHead(_ bytes: [UInt8]) -> Int? {
        let end = Array("\r\n\r\n".utf8)
        guard bytes.count >= end.count else { return nil }
        let start = (0...bytes.count - end.count).first { bytes[$0..<$0 + end.count].elementsEqual(end) }
        return start.map { $0 + end.count }
    }

    private static func status(_ head: [UInt8]) -> Int {
        String(decoding: head.prefix(while: { $0 != 13 }), as: UTF8.self)
            .split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0
    }
}

/// Counts the bytes, lines and series of a page that comes in pieces.
package struct PageCount: Sendable {
    /// How many bytes came.
    package private(set) var bytes = 0
    /// How many lines were ended.
    package private(set) var lines = 0
    /// How many lines begin with what was asked for.
    package private(set) var series = 0
    /// Whether the last line was the one that ends a page of OpenMetrics.
    package private(set) var isComplete = false
    private let wanted: [UInt8]
    private let end = Array("# EOF".utf8)
    private var column = 0
    private var isWanted = true
    private var isEnd = true

    /// Counts lines that begin with a text.
    package init(series: String = "") { wanted = Array(series.utf8) }

    /// Takes the next piece.
    package mutating func add(_ piece: RawSpan) {
        bytes += piece.byteCount
        for index in piece.byteOffsets {
            // SAFETY: the offset is one of the span's own.
            let byte = unsafe piece.unsafeLoad(fromUncheckedByteOffset: index, as: UInt8.self)
            if byte == UInt8(ascii: "\n") {
                lines += 1
                if isWanted && column >= wanted.count && !wanted.isEmpty { series += 1 }
                isComplete = isEnd && column == end.count
                (column, isWanted, isEnd) = (0, true, true)
                continue
            }
            if column < wanted.count, byte != wanted[column] { isWanted = false }
            if column >= end.count || byte != end[column] { isEnd = false }
            column += 1
        }
    }
}

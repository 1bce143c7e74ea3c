import Synchronization
import Vernier

@testable import VernierExporter

/// Pages for servers under test.
enum Pages {
    /// One short line.
    static let small: MetricsHandler.Page = { _, _, _, write in
        try Array("up 1\n".utf8).withRawSpan(write)
    }

    /// What the handler passed on, as a page.
    static let echo: MetricsHandler.Page = { format, names, timeout, write in
        let list = names.map { $0.sorted().joined(separator: ",") } ?? "all"
        let time = timeout.map { "\($0)" } ?? "none"
        try Array("\(format.syntax) \(list) \(time)\n".utf8).withRawSpan(write)
    }

    /// Many pieces of a size; the octets are letters in order, so that a lost one is seen.
    static func large(pieces: Int, bytes: Int) -> MetricsHandler.Page {
        let piece = letters(bytes)
        return { _, _, _, write in
            for _ in 0..<pieces { try piece.withRawSpan(write) }
        }
    }

    static func letters(_ count: Int) -> [UInt8] {
        (0..<count).map { UInt8(ascii: "a") + UInt8($0 % 26) }
    }
}

/// A page that waits until it is let go.
final class HeldPage: Sendable {
    private let entered = Semaphore()
    private let released = Semaphore()

    var page: MetricsHandler.Page {
        { [self] _, _, _, write in
            try Array("start\n".utf8).withRawSpan(write)
            entered.signal()
            released.wait()
            try Array("end\n".utf8).withRawSpan(write)
        }
    }

    /// Waits until a scrape has begun.
    func waitForScrape() -> Bool { entered.wait(until: .now + .seconds(5)) }

    func release() { released.signal() }
}

/// Servers for tests.
enum Servers {
    static func start(
        limits: (inout MetricsServer.Limits) -> Void = { _ in },
        address: ServerAddress = .tcp(host: "127.0.0.1", port: 0),
        page: @escaping MetricsHandler.Page = Pages.small
    ) throws -> MetricsServer {
        var configuration = MetricsServer.Configuration(address: address)
        limits(&configuration.limits)
        return try MetricsServer.start(
            configuration, handler: MetricsHandler(scrapesAtOnce: configuration.limits.scrapesAtOnce, page: page))
    }
}

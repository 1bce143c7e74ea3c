import Foundation

/// One run of everything that was asked for.
struct Comparison {
    private let options: Options
    private let folder: URL
    private let began = ContinuousClock.now

    /// The folder of this package, where this file was when it was compiled.
    private static let package = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    init(_ options: Options, in folder: URL) {
        self.options = options
        self.folder = folder
    }

    /// Measures, and returns all rows in the order of the table.
    func rows() throws -> [Row] {
        let (peers, missing) = try builtPeers()
        var rows = Machine.rows()
        rows += peers.map { Row($0.name, "version", "", $0.version ?? "") }
        rows += missing.map { Row($0.name, "version", "", "missing", $0.reason) }
        rows.append(Row("swift-metrics", "version", "", swiftMetricsVersion()))

        let rounds = Rounds(
            libraries: [Limits.machine, VernierLibrary.inProcess] + peers + [
                SwiftMetrics.noBackend, SwiftMetrics.testKit,
            ],
            count: options.isQuick ? 3 : 9, waits: options.isQuick ? 10 : 1000, progress: progress)
        rows.append(Row("run", "rounds", "", "\(rounds.count)"))
        var measured = try rounds.rows(wanted(Rounds.limits + Rounds.requests))
        for peer in peers { peer.finish() }

        let programs = [Peer.vernier] + peers
        let fresh = Fresh(peers: programs, count: options.isQuick ? 1 : 3, progress: progress)
        measured += try fresh.rows(wanted(Fresh.requests))
        let scrape = Scrape(
            peers: programs, rounds: options.isQuick ? 1 : 3, seconds: options.isQuick ? 1 : 5, progress: progress)
        if isWanted(Scrape.million) { measured += try scrape.millionRows() }
        if isWanted(Scrape.load) { measured += try scrape.loadRows() }
        measured = Self.naming(missing, in: measured)
        if options.isSlow {
            let package = Self.package.deletingLastPathComponent()
            measured += try Building(package: package, folder: folder, progress: progress).rows(
                times: options.isQuick ? 1 : 3)
        }
        let seconds = Int((ContinuousClock.now - began) / .seconds(1))
        rows.append(Row("run", "duration", "", "\(seconds)", "s"))
        return rows + measured
    }

    /// Builds every peer there is a folder for; those that cannot be built are named.
    private func builtPeers() throws -> (built: [Peer], missing: [Peer.Missing]) {
        let sources = Self.package.appending(path: "Peers")
        let cache = options.cache.map { URL(filePath: $0) } ?? folder.appending(path: "peers")
        var built: [Peer] = []
        var missing: [Peer.Missing] = []
        for name in try FileManager.default.contentsOfDirectory(atPath: sources.path).sorted()
        where FileManager.default.fileExists(atPath: sources.appending(path: "\(name)/build").path) {
            progress("building \(name)")
            switch try Peer.build(name, from: sources, in: cache) {
            case .success(let peer): built.append(peer)
            case .failure(let peer):
                Compare.say("compare: \(name) is missing: \(peer.reason)")
                missing.append(peer)
            }
        }
        return (built, missing)
    }

    /// Adds to each operation a row for each peer that could not do it.
    private static func naming(_ missing: [Peer.Missing], in rows: [Row]) -> [Row] {
        var result: [Row] = []
        for (index, row) in rows.enumerated() {
            result.append(row)
            guard index + 1 == rows.count || rows[index + 1].operation != row.operation else { continue }
            result += missing.map { Row($0.name, row.operation, "", "missing") }
        }
        return result
    }

    private func swiftMetricsVersion() -> String {
        struct Resolved: Decodable {
            struct Pin: Decodable {
                struct State: Decodable { var version: String? }
                var identity: String
                var state: State
            }
            var pins: [Pin]
        }
        let file = Self.package.appending(path: "Package.resolved")
        let resolved = (try? Data(contentsOf: file)).flatMap { try? JSONDecoder().decode(Resolved.self, from: $0) }
        let version = resolved?.pins.first { $0.identity == "swift-metrics" }?.state.version
        return "swift-metrics \(version ?? "of unknown version")"
    }

    /// The names of all operations that can be asked for.
    static let operations =
        (Rounds.limits + Rounds.requests + Fresh.requests).map(\.operation) + [Scrape.million, Scrape.load]

    private func isWanted(_ operation: String) -> Bool { options.only.map { operation.contains($0) } ?? true }

    private func wanted(_ requests: [Request]) -> [Request] { requests.filter { isWanted($0.operation) } }

    private func progress(_ what: String) {
        let seconds = Int((ContinuousClock.now - began) / .seconds(1))
        Compare.say("\(seconds) s: \(what)")
    }
}

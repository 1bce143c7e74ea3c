import Foundation

/// What servers of metrics take: a page of a million counters, and many requests for a page of ten thousand.
struct Scrape {
    var peers: [Peer]
    /// How many pairs of servers `wrk` compares, and for how many seconds each.
    var rounds: Int
    var seconds: Int
    var progress: (String) -> Void

    static let million = "a million counters over HTTP"
    static let load = "/metrics of 10,000 series under wrk"

    /// The processor time and the memory that a page of a million counters takes.
    func millionRows() throws -> [Row] {
        guard Self.isInstalled("curl") else {
            return [Row("run", Self.million, "", "missing", "curl is not installed")]
        }
        return try peers.flatMap { peer in
            progress("\(Self.million): \(peer.name)")
            let (process, url) = try peer.serve("million")
            defer { process.finish() }
            var rows: [Row] = []
            var times: [Double] = []
            let began = ContinuousClock.now
            // Slow libraries show it once.
            while times.count < 5, ContinuousClock.now - began < .seconds(3) || times.isEmpty {
                let before = Machine.processorTime(of: process.id)
                let resident = Machine.resident(of: "\(process.id)")
                let isRecorded = times.isEmpty && Machine.forgetPeak(of: process.id)
                try fetch(url)
                if isRecorded, let resident, let peak = Machine.peak(of: process.id) {
                    rows.append(
                        Row(
                            peer.name, Self.million, "memory beyond what it had", Double(max(0, peak - resident)) / 1e6,
                            "MB"))
                }
                guard let before, let after = Machine.processorTime(of: process.id) else { break }
                times.append((after - before) / .milliseconds(1))
            }
            if !times.isEmpty {
                rows.insert(Row(peer.name, Self.million, "processor time", times.median, "ms"), at: 0)
            }
            return rows
        }
    }

    /// Requests a second, the servers one after the other and then again, and how many times as many as the Go library's.
    func loadRows() throws -> [Row] {
        guard Self.isInstalled("wrk") else { return [Row("run", Self.load, "", "missing", "wrk is not installed")] }
        var rates: [String: [Double]] = [:]
        for round in 0..<rounds {
            for peer in peers {
                progress("\(Self.load): \(peer.name), \(round + 1) of \(rounds)")
                let (process, url) = try peer.serve("counters")
                defer { process.finish() }
                try fetch(url)
                rates[peer.name, default: []].append(try requestsPerSecond(url))
            }
        }
        return peers.flatMap { peer in
            let own = rates[peer.name] ?? []
            var rows = [Row(peer.name, Self.load, "wrk -t1 -c4", own.median, "requests/s")]
            if peer.name != Self.reference, let others = rates[Self.reference] {
                rows.append(
                    Row(
                        peer.name, Self.load, "wrk -t1 -c4", zip(own, others).map { $0 / $1 }.median,
                        "x \(Self.reference)"))
            }
            return rows
        }
    }

    private static let reference = "client_golang"

    /// Asks for a page as scrapers of the text format do, and throws it away.
    private func fetch(_ url: String) throws {
        let accept = "Accept: text/plain;version=0.0.4"
        let text = try Command([
            "curl", "-sS", "-o", "/dev/null", "-w", "%{http_code} %{size_download}", "-H", accept, url,
        ]).text()
        let words = text.split(separator: " ")
        guard words.count == 2, words[0] == "200", let bytes = Int(words[1]), bytes > 100_000 else {
            throw Command.Failure(description: "\(url) did not bring its page: \(text)")
        }
    }

    // A slow server is slow, and no error: by default `wrk` waits for two seconds.
    private func requestsPerSecond(_ url: String) throws -> Double {
        let output = try Command(["wrk", "-t1", "-c4", "-d\(seconds)s", "--timeout", "30s", url]).text()
        let lines = output.split(separator: "\n")
        let failed = lines.contains { $0.contains("Non-2xx") || $0.contains("Socket errors") }
        guard !failed, let line = lines.first(where: { $0.hasPrefix("Requests/sec:") }),
            let rate = line.split(separator: " ").last.flatMap({ Double($0) })
        else { throw Command.Failure(description: "wrk \(url): \(output)") }
        return rate
    }

    private static func isInstalled(_ program: String) -> Bool {
        (try? Command(["sh", "-c", "command -v \(program)"]).run().status) == 0
    }
}

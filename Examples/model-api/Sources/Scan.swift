import ExampleSupport

/// A search through a market: how many symbols it reads, how far back, and through how many filters they must pass.
struct Scan: Codable, Hashable, Sendable {
    var symbols: Double
    var days: Double
    var filters: Double

    static let bounds = "symbols are 1 to 10000, days 1 to 1000, and filters 0 to 20."

    /// Whether it is one that anybody would run; the models know nothing about others.
    var isSensible: Bool {
        (1...10_000).contains(symbols) && (1...1_000).contains(days) && (0...20).contains(filters)
    }
}

/// A scan that was run: what it found and how long it took.
struct FinishedScan: Codable, Sendable {
    var scan: Scan
    var results: Double
    var seconds: Double

    /// Scans of a made-up market, the same for the same seed.
    ///
    /// Each filter lets 85 % through; time goes into reading each day of each symbol. Both come with noise, as they do in life.
    static func made(_ count: Int, seed: UInt64) -> [FinishedScan] {
        var random = SeededGenerator(seed: seed)
        return (0..<count).map { _ in
            let scan = Scan(
                symbols: Double(Int.random(in: 100...1_000, using: &random)),
                days: Double(Int.random(in: 30...365, using: &random)),
                filters: Double(Int.random(in: 0...6, using: &random)))
            var share = 0.2
            for _ in 0..<Int(scan.filters) { share *= 0.85 }
            let results = max(0, (scan.symbols * share + random.normal(deviation: 4)).rounded())
            let seconds = 0.5 + scan.symbols * scan.days * 0.00004 + scan.filters * 0.1 + random.normal(deviation: 0.3)
            return FinishedScan(scan: scan, results: results, seconds: max(0.05, seconds))
        }
    }
}

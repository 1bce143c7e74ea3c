import ExampleSupport

/// What the program was asked to send.
struct Plan {
    /// The most requests that one run sends, so that it ends and its memory is bounded.
    static let mostRequests = 1_000_000

    let base: String
    let requests: [RequestTemplate]
    let count: Int
    let duration: Duration?
    let rate: Double?
    let concurrency: Int
    let timeout: Double
    let seed: UInt64
    let metricsFile: String?

    static let usage = """
        usage: load --url BASE (--count N | --for SECONDS) [options] REQUEST...

        Sends a mix of requests to a server and prints as JSON what was sent and how it was answered, counted exactly.
        SIGINT ends it early: what is under way is waited for, and the report is that of what was sent.

          REQUEST           'METHOD TARGET [BODY]', with 'WEIGHT*' before it for a share other than 1:
                            '3*GET /items?offset={0..5000}' 'POST /hooks/stop {"reason":"{1..9}"}'
                            {0..5000} becomes a number from 0 to 5000, another one each time
          --url BASE        the server, such as http://127.0.0.1:8080
          --count N         sends N requests, at most a million, which is also the bound of --for
          --for SECONDS     sends for that long
          --rate R          sends R requests a second; without it, as fast as they are answered
          --concurrency C   how many are under way at once, 1 to 512 (default 4)
          --timeout S       gives up on an answer after S seconds (default 10)
          --seed N          another order and other numbers (default 1); the same ones for the same N
          --metrics FILE    writes the metrics of the client there, as a page of text
        """

    /// Reads the options.
    init(_ options: Options) throws(Options.Problem) {
        guard var base = options.text("url"), base.hasPrefix("http://") || base.hasPrefix("https://") else {
            throw Options.Problem("--url takes the server, such as http://127.0.0.1:8080")
        }
        while base.hasSuffix("/") { base.removeLast() }
        self.base = base
        var requests: [RequestTemplate] = []
        for word in options.words { requests.append(try RequestTemplate(word)) }
        guard !requests.isEmpty else { throw Options.Problem("name at least one request; see --help") }
        self.requests = requests
        let count = try options.number("count", in: 1...Self.mostRequests)
        duration = try options.number("for", in: 0.001...86_400.0).map { .seconds($0) }
        guard count != nil || duration != nil else {
            throw Options.Problem("say when to end, with --count or --for")
        }
        self.count = count ?? Self.mostRequests
        rate = try options.number("rate", in: 0.001...1e6)
        concurrency = try options.number("concurrency", in: 1...512, default: 4)
        timeout = try options.number("timeout", in: 0.001...3600.0, default: 10)
        seed = try options.number("seed", in: 0...UInt64.max, default: 1)
        metricsFile = options.text("metrics")
    }

    static let options: Set = ["url", "count", "for", "rate", "concurrency", "timeout", "seed", "metrics"]
}

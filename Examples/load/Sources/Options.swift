/// What the program was asked to send.
struct Options {
    /// Arguments that do not fit.
    struct Problem: Error, CustomStringConvertible {
        let description: String
    }

    /// The most requests that one run sends, so that it ends and its memory is bounded.
    static let mostRequests = 1_000_000

    var isHelp = false
    var base = ""
    var requests: [RequestTemplate] = []
    var count = Options.mostRequests
    var duration: Duration?
    var rate: Double?
    var concurrency = 4
    var timeout = 10.0
    var seed: UInt64 = 1
    var metricsFile: String?

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

    /// Reads the arguments without the program's name.
    init(_ arguments: some Sequence<String>) throws(Problem) {
        var rest = arguments.makeIterator()
        var isBounded = false
        func number<Number: LosslessStringConvertible & Comparable>(
            _ text: String?, _ option: String, _ range: ClosedRange<Number>
        ) throws(Problem) -> Number {
            guard let number = text.flatMap({ Number($0) }), range.contains(number) else {
                throw Problem(description: "\(option) takes a number from \(range.lowerBound) to \(range.upperBound)")
            }
            return number
        }
        while let argument = rest.next() {
            switch argument {
            case "--help", "-h":
                isHelp = true
                return
            case "--url": base = rest.next() ?? ""
            case "--count":
                count = try number(rest.next(), argument, 1...Self.mostRequests)
                isBounded = true
            case "--for":
                duration = .seconds(try number(rest.next(), argument, 0.001...86_400.0))
                isBounded = true
            case "--rate": rate = try number(rest.next(), argument, 0.001...1e6)
            case "--concurrency": concurrency = try number(rest.next(), argument, 1...512)
            case "--timeout": timeout = try number(rest.next(), argument, 0.001...3600.0)
            case "--seed": seed = try number(rest.next(), argument, 0...UInt64.max)
            case "--metrics": metricsFile = rest.next()
            case _ where argument.hasPrefix("-"): throw Problem(description: "\(argument) is not an option; see --help")
            default: requests.append(try RequestTemplate(argument))
            }
        }
        guard base.hasPrefix("http://") || base.hasPrefix("https://") else {
            throw Problem(description: "--url takes the server, such as http://127.0.0.1:8080")
        }
        while base.hasSuffix("/") { base.removeLast() }
        guard !requests.isEmpty else { throw Problem(description: "name at least one request; see --help") }
        guard isBounded else { throw Problem(description: "say when to end, with --count or --for") }
    }
}

/// Times operations in rounds: each library once, then all again, so that what changes on the machine changes for all.
struct Rounds {
    var libraries: [any Library]
    var count: Int
    /// How often in all it waits for a quiet machine before it measures two threads.
    var waits: Int
    var progress: (String) -> Void

    /// What is timed, in the order of the table.
    static let requests: [Request] =
        [
            "counter increment", "counter increment by a float", "finite labels", "open labels", "histogram observe",
            "gauge set", "gauge add",
        ].flatMap { [Request(operation: $0, variant: "1 thread"), Request(operation: $0, variant: "2 threads")] }
        + ["text of 10,000 counters", "text of 1,000 histograms"].map { Request(operation: $0) }

    /// What of the machine is timed beside it.
    static let limits: [Request] =
        ["1 thread", "2 threads", "4 threads"].map { Request(operation: "bare atomic add", variant: $0) }
        + [Request(operation: "bare atomic add, a word a thread", variant: "2 threads")]

    /// The medians of all rounds, the least and the most, and for each the ratio to a bare addition right before it.
    func rows(_ requests: [Request]) throws -> [Row] {
        let bare = Limits.bare()
        let quiet = Quiet(bare, waits: waits)
        var rows: [Row] = []
        for request in requests {
            progress("\(request.operation) \(request.variant)")
            var values: [String: [(nanoseconds: Double, ratio: Double)]] = [:]
            // One round more, which warms up.
            for round in 0...count {
                for library in libraries {
                    if request.variant == "2 threads" { quiet.wait() }
                    let unit = bare.nanoseconds()
                    for answer in try library.answers(to: request) where round > 0 {
                        values[library.name, default: []].append((answer.value, answer.value / unit))
                    }
                }
            }
            for library in libraries {
                guard let values = values[library.name] else { continue }
                rows += Self.rows(library.name, request, values)
            }
        }
        if quiet.measurements > 0 { rows.append(quiet.row) }
        return rows
    }

    private static func rows(
        _ library: String, _ request: Request, _ values: [(nanoseconds: Double, ratio: Double)]
    ) -> [Row] {
        let times = values.map(\.nanoseconds)
        let start = request.variant.isEmpty ? "" : "\(request.variant), "
        return [
            Row(library, request.operation, request.variant, times.median, "ns"),
            Row(library, request.operation, request.variant, values.map(\.ratio).median, "x bare"),
            Row(library, request.operation, "\(start)least", times.min() ?? .nan, "ns"),
            Row(library, request.operation, "\(start)most", times.max() ?? .nan, "ns"),
        ]
    }
}

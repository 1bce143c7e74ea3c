/// What each measurement wants a process of its own for: memory, and making series, which leaves them behind.
struct Fresh {
    var peers: [Peer]
    var count: Int
    var progress: (String) -> Void

    /// What is measured, in the order of the table.
    static let requests = ["memory of a counter series", "memory of a histogram series", "making a series"].map {
        Request(operation: $0)
    }

    /// The medians of some processes, which take turns.
    func rows(_ requests: [Request]) throws -> [Row] {
        var rows: [Row] = []
        for request in requests {
            progress(request.operation)
            var values: [String: [String: [Double]]] = [:]
            var units: [String: String] = [:]
            for _ in 0..<count {
                for peer in peers {
                    for answer in try peer.freshAnswers(to: request) {
                        values[peer.name, default: [:]][answer.variant, default: []].append(answer.value)
                        units[answer.variant] = answer.unit
                    }
                }
            }
            for peer in peers {
                for (variant, values) in (values[peer.name] ?? [:]).sorted(by: { $0.key < $1.key }) {
                    rows.append(Row(peer.name, request.operation, variant, values.median, units[variant] ?? ""))
                }
            }
        }
        return rows
    }
}

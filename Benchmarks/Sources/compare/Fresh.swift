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
        let bare = Limits.bare()
        var rows: [Row] = []
        for request in requests {
            progress(request.operation)
            var values: [String: [Answer]] = [:]
            for _ in 0..<count {
                for peer in peers {
                    let unit = bare.nanoseconds()
                    for answer in try peer.freshAnswers(to: request) {
                        values[peer.name, default: []].append(answer)
                        guard answer.unit == "ns" else { continue }
                        values[peer.name]?.append(answer.ratio(to: unit))
                    }
                }
            }
            for peer in peers {
                let all = values[peer.name] ?? []
                let kinds = all.map { [$0.variant, $0.unit] }
                for (index, kind) in kinds.enumerated() where kinds.firstIndex(of: kind) == index {
                    let same = all.filter { [$0.variant, $0.unit] == kind }.map(\.value)
                    rows.append(Row(peer.name, request.operation, kind[0], same.median, kind[1]))
                }
            }
        }
        return rows
    }
}
